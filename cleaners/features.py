"""What is known of each block that can be article text: its words, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaners import standing as places
from cleaners import wording as words_of
from cleaners.blocks import Block
from cleaners.containers import Floats, Ints
from cleaners.page import Page
from cleaners.standing import stand
from cleaners.wording import Matrix, wording

NAMES = (*places.NAMES, *words_of.NAMES)


@dataclass(frozen=True, slots=True)
class Features:
    """One row a candidate block; `NAMES` says what the columns are."""

    rows: Matrix
    candidates: Ints
    """Places of the candidates among the page's blocks."""

    words: Floats
    """Words of each candidate."""


def describe(page: Page, blocks: Sequence[Block], title: str) -> Features:
    """Return what is known of every candidate among *blocks*.

    A candidate is a block in the part of the page that holds half of its prose, or prose itself;
    menus and footers are left out, but count as neighbours.
    """
    rows, chosen, words = stand(blocks, title)
    texts = [blocks[number].text for number in chosen]
    rows = np.concatenate([rows, wording(texts, page, title)], 1)
    return Features(rows, chosen, words)
