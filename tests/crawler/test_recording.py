from pathlib import Path

import pytest

from cleaners import NoContentError
from crawler.cleaning.pages import RawPage
from crawler.goldens import Golden
from crawler.recording import is_slug, place, record
from crawler.review import review
from tests.golden import TRAM


def page(body: bytes, *, name: str = "a.html", url: str = TRAM.url) -> RawPage:
    return RawPage(name=name, body=body, url=url)


def test_recorded_page_agrees_with_its_drafts(tmp_path: Path) -> None:
    golden = Golden(tmp_path / "generic" / "tram.html")
    record(golden, page(TRAM.body))
    assert (golden.body, golden.text, golden.url) == (TRAM.body, TRAM.text, TRAM.url)
    assert (review(golden).diff(), golden.without) == ("", ())


def test_page_in_its_place_already_gets_its_drafts(copy: Golden) -> None:
    copy.text_file.unlink()
    copy.json_file.unlink()
    record(copy, page(copy.body))
    assert copy.text == TRAM.text


def test_nothing_is_written_over(copy: Golden) -> None:
    with pytest.raises(FileExistsError, match=r"plain-article\.txt.*plain-article\.html"):
        record(copy, page(b"<p>x</p>"))
    assert copy.body == TRAM.body


def test_page_without_an_article_is_not_recorded(tmp_path: Path) -> None:
    golden = Golden(tmp_path / "generic" / "tram.html")
    with pytest.raises(NoContentError):
        record(golden, page(b"<p> </p>"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("old/ferry.html", "generic/ferry"), (TRAM.url, "generic/tram-line-four-returns")],
)
def test_golden_is_called_after_the_file_else_the_address(name: str, expected: str) -> None:
    assert place(Path("fixtures"), page(TRAM.body, name=name)).id == expected


@pytest.mark.parametrize(
    ("name", "is_one"), [("rope-bridge-2", True), ("Rope", False), ("a--b", False), ("", False)]
)
def test_slug_is_lower_case_words_and_hyphens(name: str, is_one: bool) -> None:
    assert is_slug(name) is is_one
