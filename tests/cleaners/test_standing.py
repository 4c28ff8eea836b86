import numpy as np

from cleaners.blocks import Block
from cleaners.page import open_page
from cleaners.standing import bits, find_heading
from tests.cleaners.pages import PROSE, page, paragraphs

TITLE = "Morning boat to leave later"


def blocks_of(body: str) -> list[Block]:
    return list(open_page(page(body), "u").blocks)


def test_bits_are_columns() -> None:
    assert bits(np.array([0b101, 0b010]), 3).tolist() == [[1, 0, 1], [0, 1, 0]]


def test_headline_is_the_only_block_with_its_words() -> None:
    blocks = blocks_of(f"<h1>{TITLE.upper()}!</h1>{paragraphs(*PROSE)}")
    assert find_heading(blocks, np.array([1, 2, 3, 4]), TITLE) == 0


def test_of_two_headlines_the_one_before_the_prose_counts() -> None:
    blocks = blocks_of(f"<h1>{TITLE}</h1>{paragraphs(*PROSE)}<p>{TITLE}</p>")
    assert find_heading(blocks, np.array([1, 2, 3, 4]), TITLE) == 0


def test_page_without_a_headline_has_none() -> None:
    assert find_heading(blocks_of(paragraphs(*PROSE)), np.array([0, 1, 2, 3]), "") == -1
