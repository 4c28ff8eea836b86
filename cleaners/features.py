"""What is known of each block that can be article text: its words, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners import standing as places
from cleaners import wording as words_of
from cleaners.blocks import Block
from cleaners.containers import Containers, Floats, Ints
from cleaners.page import Page
from cleaners.standing import SHARES, Measures, standing
from cleaners.wording import ENDS, Matrix, word_count, wording

LONGEST = 2_000  # words of a block; more of one say no more of those around it
GOOD_WORDS = 12  # a paragraph of fewer words is no evidence of an article
GOOD_LINKS = 0.35
MENU_LINKS = 0.9
MENU_WORDS = 8
FEW = 2  # candidates; a page of fewer is of a few lines
NAMES = (*places.NAMES, *words_of.NAMES)


@dataclass(frozen=True, slots=True)
class Features:
    """One row a candidate block; `NAMES` says what the columns are."""

    rows: Matrix
    candidates: Ints
    """Places of the candidates among the page's blocks."""

    words: Floats
    """Words of each candidate."""

    containers: Containers
    """Of all blocks."""


def describe(page: Page, blocks: Sequence[Block], title: str) -> Features:
    """Return what is known of every candidate among *blocks*.

    A candidate is a block in the part of the page that holds half of its prose, or prose itself;
    menus and footers are left out, but count as neighbours.
    """
    measures = measure(blocks)
    containers = measures.containers
    goods = containers.counts(measures.good)
    tops = [containers.inside(containers.deepest(goods, share)) for share in SHARES]
    chosen = pick_candidates(measures, tops)
    texts = [blocks[number].text for number in chosen]
    columns = [*standing(blocks, measures, tops, chosen, title), wording(texts, page, title)]
    rows = np.concatenate(columns, 1, dtype=np.float32)
    return Features(rows, chosen, measures.words[chosen], containers)


def measure(blocks: Sequence[Block]) -> Measures:
    """Count the words, links and prose of each block."""
    counts = [word_count(block.text) for block in blocks]
    words = np.minimum(np.array(counts, np.float64), LONGEST)
    links = np.array([block.link_share for block in blocks])
    ends = np.array([block.text[-1] in ENDS for block in blocks], np.bool_)
    is_good = (words >= GOOD_WORDS) & (links < GOOD_LINKS) & ends
    return Measures(words, links, np.where(is_good, words, 0.0), Containers(blocks))


def pick_candidates(measures: Measures, tops: Sequence[NDArray[np.bool_]]) -> Ints:
    """Return the places of the blocks that can be article text."""
    _, most, half = tops
    menu = (measures.links > MENU_LINKS) & (measures.words < MENU_WORDS) & ~half
    found = np.nonzero(((measures.good > 0) | most | half) & ~menu)[0]
    return found if len(found) > FEW else np.arange(len(measures.words))
