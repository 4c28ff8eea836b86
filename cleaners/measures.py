"""How much text, links and prose each block of a page holds, and which can be article text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Block
from cleaners.containers import Containers, Floats, Ints
from cleaners.text import about_words
from cleaners.wording import ENDS

LONGEST = 2_000  # words of a block; more of one say no more of those around it
GOOD_WORDS = 12  # a paragraph of fewer words is no evidence of an article
GOOD_LINKS = 0.35
MENU_LINKS = 0.9
MENU_WORDS = 8
FEW = 2  # candidates; a page of fewer is of a few lines


@dataclass(frozen=True, slots=True)
class Measures:
    """Of every block of a page: its words, its links, and its words where it is prose, else 0."""

    words: Floats
    links: Floats
    good: Floats
    containers: Containers

    @property
    def all_good(self) -> float:
        """Words of prose on the page, at least one."""
        return max(float(self.good.sum()), 1.0)


def measure(blocks: Sequence[Block]) -> Measures:
    """Count the words, links and prose of each block."""
    counts = [about_words(block.text) for block in blocks]
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
