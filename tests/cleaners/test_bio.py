from cleaners.bio import without_bio
from cleaners.page import open_page
from cleaners.trim import trim
from tests.cleaners.pages import PROSE, page

AUTHORS = ("Ana Ruiz",)


def texts(*paragraphs: str, authors: tuple[str, ...] = AUTHORS) -> list[str]:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    lines = trim(open_page(page(body), "u").blocks, set(), None)
    return [line.text for line in without_bio(lines, authors) if line.text]


def test_last_paragraph_about_the_author_goes() -> None:
    assert texts(PROSE[0], "Ana Ruiz covers harbours for the Courier.") == [PROSE[0]]


def test_notes_on_two_authors_go() -> None:
    notes = ("Ana Ruiz covers harbours.", "Jo Roe is a reporter.")
    assert texts(PROSE[0], *notes, authors=("Jo Roe", "Ana Ruiz")) == [PROSE[0]]


def test_initials_behind_the_text_go() -> None:
    assert texts(PROSE[0], "(aru/dpa)", authors=()) == [PROSE[0]]


def test_paragraph_about_the_author_inside_the_text_stays() -> None:
    told = "Ana Ruiz was on the ferry herself."
    assert texts(told, PROSE[0]) == [told, PROSE[0]]


def test_text_of_nothing_else_stays() -> None:
    assert texts("Ana Ruiz covers harbours.") == ["Ana Ruiz covers harbours."]


def test_author_of_one_word_is_no_name_to_go_by() -> None:
    told = "Courier readers may write to us."
    assert texts(PROSE[0], told, authors=("Courier",)) == [PROSE[0], told]
