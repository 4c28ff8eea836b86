import json

import pytest

from cleaners.features import NAMES, Features, describe
from cleaners.page import open_page
from cleaners.text import about_words
from cleaners.wording import share_of
from tests.cleaners.pages import PROSE, page, paragraphs

TITLE = "Morning boat to leave later"
MENU = "<nav><ul>" + "".join(f"<li><a href=/{n}>Item {n}</a>" for n in range(20)) + "</ul></nav>"


def described(body: str, head: str = "") -> Features:
    opened = open_page(page(body, head=head), "u")
    return describe(opened, opened.blocks, TITLE)


def column(features: Features, name: str) -> list[float]:
    return [round(value, 3) for value in features.rows[:, NAMES.index(name)].tolist()]


def test_menu_is_no_candidate() -> None:
    features = described(f"{MENU}<article><h1>{TITLE}</h1>{paragraphs(*PROSE)}</article>")
    assert len(features.candidates) == 1 + len(PROSE)
    assert features.rows.shape == (1 + len(PROSE), len(NAMES))


def test_every_block_of_a_tiny_page_is_a_candidate() -> None:
    assert len(described("<p>one</p><p>two</p>").candidates) == 2


def test_page_of_headline_and_prose_is_anchored() -> None:
    features = described(f"<article><h1>{TITLE}</h1>{paragraphs(*PROSE)}</article>")
    assert column(features, "behind_title") == [0, 1, 2, 3, 4]
    assert column(features, "like_title")[0] == 1
    assert column(features, "good_share_1")[1] == 1


def test_page_without_the_headline_says_so() -> None:
    assert set(column(described(paragraphs(*PROSE)), "behind_title")) == {-31}


def test_stated_body_marks_its_blocks() -> None:
    linked = json.dumps({"@type": "Article", "articleBody": " ".join(PROSE) * 2})
    head = f"<script type='application/ld+json'>{linked}</script>"
    features = described(
        paragraphs(*PROSE, "Ten other words stand here, and none of them is stated."), head
    )
    assert column(features, "in_stated_body")[:4] == [1, 1, 1, 1]
    assert column(features, "in_stated_body")[4] == 0


def test_copies_are_counted() -> None:
    features = described(paragraphs(PROSE[0], PROSE[1], PROSE[0]))
    assert column(features, "copies_before") == [0, 0, 1]
    assert column(features, "copies") == [2, 1, 2]


@pytest.mark.parametrize(("text", "words"), [("one two", 2), ("渡轮公司星期一宣布", 5), ("x", 1)])
def test_words_are_counted_by_script(text: str, words: int) -> None:
    assert about_words(text) == words


def test_short_line_is_neither_in_nor_out_of_the_body() -> None:
    assert share_of(["two", "words"], {("a", "b", "c")}) == 0.5
