"""The generic chooser: block scores choose the text, and trafilatura is asked where they doubt."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Block, Element
from cleaners.features import Features, describe
from cleaners.opinion import region_text
from cleaners.page import Page
from cleaners.placing import locate
from cleaners.scorer import doubt, score, score_again
from cleaners.structured import plain
from cleaners.text import count_words
from cleaners.tree import Node

HOLDERS = frozenset({"article", "main", "body", "html"})
SIGN_UP_TEXT = 600  # characters; a box of more holds the article
KEEP = 0.5  # score from which a block is kept
ROW_WORDS = 40  # one long row does not outweigh a table
DOUBT = 0.3  # share of unsure words from which trafilatura is asked
BODY_SHARE = 0.5  # of the words of JSON-LD's articleBody; below it trafilatura chose another region
BODY_WORDS = 60


def mark_noise(page: Page) -> list[Block]:
    """Return the blocks of *page*, those in sign-up boxes with a dropped zone.

    Forms alone are no sign: some sites wrap the whole page in one.
    """
    boxes = {box_around(field) for field in page.all("input") if takes_address(field)}
    if not boxes:
        return list(page.blocks)
    return [
        replace(block, zone="drop:sign-up")
        if any(element.node in boxes for element in block.element.chain())
        else block
        for block in page.blocks
    ]


def takes_address(field: Node) -> bool:
    """Whether *field* is for a mail address or a password."""
    attributes = field.attributes
    return attributes.get("type") in {"email", "password"} or "email" in (
        attributes.get("name") or ""
    )


def box_around(field: Node) -> Node:
    """Return the largest element around *field* that is no more than a box."""
    box, above = field, field.parent
    while above is not None and above.tag not in HOLDERS and len(above.text()) <= SIGN_UP_TEXT:
        box, above = above, above.parent
    return box


def choose_region(page: Page, blocks: Sequence[Block], title: str) -> list[bool]:
    """Return for each block whether it belongs to the article.

    Where JSON-LD carries a body of which less than half was chosen, the blocks of that body are
    taken: choosing the wrong region costs more than all later rules.
    """
    if not blocks:
        return []
    region = choose_by_score(page, blocks, title)
    body = max((plain(node.get("articleBody")) for node in page.articles), key=len, default="")
    if count_words(body) < BODY_WORDS:
        return region
    stated = locate(body, blocks)
    shared = [here and there for here, there in zip(region, stated, strict=True)]
    missed = kept_words(shared, blocks) < BODY_SHARE * kept_words(stated, blocks)
    return stated if missed else region


def choose_by_score(page: Page, blocks: Sequence[Block], title: str) -> list[bool]:
    """Return for each block whether its score keeps it; where none is kept, trafilatura decides."""
    features = describe(page, blocks, title)
    scores = score(features)
    if doubt(features, scores) >= DOUBT:
        scores = score_again(features, scores, ask(page, blocks, features))
    all_scores = np.zeros(len(blocks))
    all_scores[features.candidates] = scores
    kept = keep_whole(blocks, all_scores.tolist())
    return kept if any(kept) else locate(region_text(blocks, page.url), blocks)


def ask(page: Page, blocks: Sequence[Block], features: Features) -> NDArray[np.bool_]:
    """Return for each candidate whether trafilatura chooses it."""
    candidates = [blocks[place] for place in features.candidates]
    return np.array(locate(region_text(candidates, page.url), candidates), np.bool_)


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
                kept[place] = not blocks[place].zone
    return kept


def kept_words(kept: Sequence[bool], blocks: Sequence[Block]) -> int:
    """Count the words of the kept blocks."""
    return sum(count_words(block.text) for block, keep in zip(blocks, kept, strict=True) if keep)
