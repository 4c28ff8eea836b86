from cleaners.page import open_page
from cleaners.signup import in_sign_up_box
from tests.cleaners.pages import PROSE, article, page, paragraphs

LETTER = "<section><h3>Our letter</h3><p>Every Friday.</p><form><input type=email></form></section>"


def boxed(html: bytes) -> list[str]:
    opened = open_page(html, "u")
    found = in_sign_up_box(opened, opened.blocks, [True] * len(opened.blocks))
    return [block.text for block, inside in zip(opened.blocks, found, strict=True) if inside]


def test_box_is_found_as_a_whole() -> None:
    assert boxed(article(LETTER)) == ["Our letter", "Every Friday."]


def test_form_around_the_whole_page_is_no_box() -> None:
    box = "<div><p>Your address</p><input type=email></div>"
    assert boxed(page(f"<form>{box}{paragraphs(*PROSE, *PROSE, *PROSE)}</form>")) == [
        "Your address"
    ]


def test_search_field_makes_no_box() -> None:
    assert boxed(article("<div><p>Search the archive</p><input name=q></div>")) == []
