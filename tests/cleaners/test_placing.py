import pytest

from cleaners import placing
from cleaners.blocks import Block
from cleaners.page import open_page
from cleaners.placing import letters, locate
from tests.cleaners.pages import PROSE, page, paragraphs


def blocks_of(body: str) -> list[Block]:
    return list(open_page(page(body), "u").blocks)


def test_pull_quote_does_not_take_the_place_of_its_paragraph() -> None:
    quote = "a final decision on fares is expected"
    blocks = blocks_of(f"<p>{quote}</p>{paragraphs(*PROSE)}")
    assert locate("\n".join(PROSE), blocks) == [False, True, True, True, True]


def test_short_line_counts_only_at_its_place() -> None:
    blocks = blocks_of(f"<p>Fares</p>{paragraphs(PROSE[0])}<h2>Fares</h2>{paragraphs(PROSE[3])}")
    assert locate(f"{PROSE[0]}\nFares\n{PROSE[3]}", blocks) == [False, True, True, True]


def test_paragraph_whose_middle_was_changed_is_found() -> None:
    blocks = blocks_of(f"<p>{PROSE[0]} (opens in new tab) {PROSE[1]}</p>")
    assert locate(f"{PROSE[0]} {PROSE[1]}", blocks) == [True]


def test_search_that_costs_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "MAX_SEARCH", 0)
    blocks = blocks_of(f"{paragraphs(PROSE[0])}<p>{PROSE[1]} And more.</p>")
    assert locate("\n".join(PROSE), blocks) == [True, False]


@pytest.mark.parametrize("text", ["The_Pier’s 2nd – Größe", "the piers, 2nd GRÖSSE"])
def test_only_letters_and_digits_are_compared(text: str) -> None:
    assert letters(text) == "thepiers2ndgrösse"


def test_only_letters_of_ascii_are_compared() -> None:
    assert letters("The_Pier’s 2nd\n\x1c– line!") == "thepiers2ndline"
