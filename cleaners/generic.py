"""The generic chooser: block scores choose the text, and trafilatura is asked where they doubt."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Block, Element
from cleaners.containers import Floats
from cleaners.features import Features, describe
from cleaners.opinion import region_text
from cleaners.page import Page
from cleaners.placing import locate
from cleaners.scorer import MAX_WEIGHT, doubt, score
from cleaners.text import count_words

KEEP = 0.5  # score from which a block is kept
ROW_WORDS = 40  # one long row does not outweigh a table
DOUBT = 0.3  # share of unsure words from which trafilatura is asked
LONG = 3_000  # words, 100 a block at most, from which it is wrong as often as right, and slow
LOST = 0.8  # share of unsure words from which it is asked of a long page, too
HOPELESS = 0.1  # score up to which trafilatura is not shown a block: it could not bring it in
SAY = 0.4  # weight of what trafilatura says beside the scores
COPIES = 10  # of one paragraph; more would outweigh whatever else the page says
COPIED_WORDS = 8  # a shorter text may stand on a page as often as it will


def choose_region(page: Page, blocks: Sequence[Block], title: str) -> list[bool]:
    """Return for each block whether its score keeps it; where none is kept, trafilatura decides.

    Of a paragraph that stands on the page over and over, the last copies are not looked at.
    """
    long = [block.text for block in blocks if block.text.count(" ") >= COPIED_WORDS]
    if len(long) - len(set(long)) < COPIES:  # none can stand there so often
        return choose(page, blocks, title)
    heeded = [number <= COPIES for number in numbers_of_copies(blocks)]
    kept = iter(choose(page, list(compress(blocks, heeded)), title))
    return [look and next(kept) for look in heeded]


def numbers_of_copies(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield for each block how many longer ones with its text there are up to it; 0 for a short."""
    seen: dict[str, int] = {}
    for block in blocks:
        text = block.text
        number = 0
        if text.count(" ") >= COPIED_WORDS:
            number = seen[text] = seen.get(text, 0) + 1
        yield number


def choose(page: Page, blocks: Sequence[Block], title: str) -> list[bool]:
    """Return for each block whether its score keeps it."""
    if not blocks:
        return []
    features = describe(page, blocks, title)
    scores = score(features)
    if is_unsure(features, scores):
        scores = heed(scores, ask(page.url, blocks, features, scores))
    all_scores = np.zeros(len(blocks))
    all_scores[features.candidates] = scores
    kept = keep_whole(blocks, all_scores.tolist())
    return kept if any(kept) else locate(region_text(blocks, page.url), blocks)


def is_unsure(features: Features, scores: Floats) -> bool:
    """Whether *scores* leave enough open for trafilatura to be asked; much more on a long page."""
    size = np.minimum(features.words, MAX_WEIGHT).sum()
    return doubt(features, scores) >= (DOUBT if size < LONG else LOST)


def heed(scores: Floats, region: NDArray[np.bool_]) -> Floats:
    """Return the scores with trafilatura's word counted in, where it chose anything.

    Trees that knew its choice, and the scores around a block, did worse on every set.
    """
    return (1 - SAY) * scores + SAY * region if region.any() else scores


def ask(url: str, blocks: Sequence[Block], features: Features, scores: Floats) -> NDArray[np.bool_]:
    """Return for each candidate whether trafilatura chooses it from those not `HOPELESS`."""
    hopeful = np.nonzero(scores >= HOPELESS)[0]
    shown = [blocks[place] for place in features.candidates[hopeful]]
    chosen = np.zeros(len(scores), np.bool_)
    chosen[hopeful] = locate(region_text(shown, url), shown)
    return chosen


def keep_whole(blocks: Sequence[Block], scores: Sequence[float]) -> list[bool]:
    """Return which blocks their scores keep; a table or list that is kept loses no row or item."""
    kept = [score >= KEEP for score in scores]
    groups: defaultdict[Element | None, list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if block.tag in {"tr", "li"}:
            groups[block.element.parent].append(place)
    for places in groups.values():
        if len({kept[place] for place in places}) == 1:
            continue
        words = [min(count_words(blocks[place].text), ROW_WORDS) for place in places]
        total = sum(scores[p] * w for p, w in zip(places, words, strict=True))
        if total >= KEEP * sum(words):
            for place in places:
                kept[place] = True
    return kept
