import json

import pytest

from cleaners.page import open_page
from cleaners.wording import NAMES, SIGNS, count_copies, count_signs, look, says, wording
from tests.cleaners.pages import PROSE, page


def groups(text: str) -> set[str]:
    names = (*SIGNS, "by")
    found = says(text.lower().split(), text)
    return {name for name, held in zip(names, found, strict=True) if held}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Read also the story of the boat", "more"),
        ("lire aussi notre dossier", "more"),
        ("читайте также", "more"),
        ("© 2024 The Bugle", "copy"),
        ("Write to @bugledesk", "about"),
        ("Anna is a reporter in Quay", "about"),
        ("von Petra Quill", "by"),
        ("12:40 at the quay", "date"),
    ],
)
def test_short_line_says_what_it_is_about(text: str, group: str) -> None:
    assert group in groups(text)


def test_long_text_says_nothing() -> None:
    assert not any(says((), "Read also the story of the boat"))


def test_look_counts_sentences_and_marks() -> None:
    seen = dict(zip(NAMES, look('"One, two. Three? Four." 5:', 4), strict=False))
    assert (seen["sentences"], seen["commas"], seen["opens_quote"]) == (2, 1, True)
    assert (seen["ends_colon"], seen["ends_sentence"], seen["starts_upper"]) == (True, False, False)


def test_copies_are_counted_by_their_start() -> None:
    assert count_copies(["a", "b", "a"]) == [(0, 2), (0, 1), (1, 2)]


def test_every_text_is_a_row() -> None:
    opened = open_page(page("<p>x</p>"), "u")
    assert wording([*PROSE, "x"], opened, "").shape == (len(PROSE) + 1, len(NAMES))
    assert wording([], opened, "").shape == (0, len(NAMES))


def test_words_of_the_headline_and_the_description_are_found() -> None:
    head = "<meta name=description content='Boats leave late'>"
    opened = open_page(page("<p>x</p>", head=head), "u")
    [row] = wording(["Late boats"], opened, "Boats again")
    assert row[NAMES.index("like_title")] == 0.5
    assert row[NAMES.index("like_description")] == 1


def test_stated_body_of_a_teaser_is_no_evidence() -> None:
    linked = json.dumps({"@type": "Article", "articleBody": PROSE[0]})
    head = f"<script type='application/ld+json'>{linked}</script>"
    [row] = wording([PROSE[0]], open_page(page("<p>x</p>", head=head), "u"), "")
    assert row[NAMES.index("in_stated_body")] == -1


@pytest.mark.parametrize("sign", ["", "é"])
def test_signs_are_counted_in_ascii_and_beyond(sign: str) -> None:
    assert count_signs(f"A, B, c. Is 20? No! Yes. 5{sign}") == (4, 2, 5, 3)
