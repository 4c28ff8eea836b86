import argparse
import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import responses
from scrapy.exceptions import UsageError

from crawler.cleaning.download import Downloader
from crawler.cleaning.inputs import PageUrl, fetch_listed, select_pages
from crawler.cleaning.pages import PageFile, RawPage, Refusal
from crawler.cleaning.warcs import Warcs

DOWNLOADER = Downloader(user_agent="dateline", timeout=5, max_size=1000)


def options(**given: str | bool) -> argparse.Namespace:
    nothing = {"URL": "", "input_file": "", "input_dir": "", "url": "", "content_type": ""}
    return argparse.Namespace(**{**nothing, "dump": False, **given})


def test_file_is_taken_with_what_is_said_of_it() -> None:
    opts = options(url="https://bugle.example/a", content_type="text/html")
    [page] = select_pages(["old/a.html"], opts).values()
    assert page == PageFile(
        name="old/a.html",
        path=Path("old/a.html"),
        url="https://bugle.example/a",
        content_type="text/html",
    )


@pytest.mark.parametrize(("name", "dump"), [("a.txt", False), ("a.html", True)])
def test_text_file_or_option_makes_a_dump(name: str, dump: bool) -> None:
    [page] = select_pages([name], options(dump=dump)).values()
    assert isinstance(page, PageFile)
    assert page.is_dump


def test_address_is_fetched_later() -> None:
    [page] = select_pages([], options(URL="https://bugle.example/a")).values()
    assert page == PageUrl(name="https://bugle.example/a")


def test_standard_input_is_read_where_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = SimpleNamespace(isatty=lambda: False, buffer=io.BytesIO(b"<p>x</p>"))
    monkeypatch.setattr(sys, "stdin", pipe)
    [page] = select_pages([], options()).values()
    assert page == RawPage(name="-", body=b"<p>x</p>")


def test_terminal_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(UsageError, match="name a FILE"):
        select_pages([], options())


def test_list_names_each_page_once_without_notes(tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_text("# town\nhttps://bugle.example/a\n\n b.html \nb.html\n", encoding="utf-8")
    pages = select_pages([], options(input_file=str(listed))).values()
    assert [page.name for page in pages] == ["https://bugle.example/a", "b.html"]


def test_pages_of_a_folder_are_named_by_their_place(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "a.html").touch()
    assert [str(name) for name in select_pages([], options(input_dir=str(tmp_path)))] == [
        "town/a.html"
    ]


@pytest.mark.parametrize(
    ("args", "given", "why"),
    [
        (["--recall"], {}, "unknown option --recall"),
        (["a.html"], {"URL": "https://bugle.example/a"}, "one of"),
        ([], {"input_dir": "a", "input_file": "b"}, "one of"),
        (["a.html", "b.html"], {"url": "https://bugle.example/a"}, "--url"),
        (["x/a.html", "y/a.html"], {}, "two inputs are called a.html"),
        ([], {"input_dir": "no-such-folder"}, "no such folder: no-such-folder"),
        ([], {"input_dir": str(Path(__file__).parent)}, "no page"),
        ([], {"input_file": "no-such-list"}, "no such file: no-such-list"),
        ([], {"input_file": str(Path(__file__).parent)}, "Is a directory"),
    ],
)
def test_contradictions_are_errors_of_usage(
    args: list[str], given: dict[str, str | bool], why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        select_pages(args, options(**given))


@responses.activate
def test_two_pages_of_one_host_are_fetched_with_a_pause() -> None:
    responses.get("https://bugle.example/a", body="a")
    responses.get("https://bugle.example/b", body="b")
    responses.get("https://courier.example/c", status=404)
    waits: list[float] = []
    names = ("https://bugle.example/a", "https://courier.example/c", "https://bugle.example/b")
    listed = [PageUrl(name=name) for name in names]
    found = list(fetch_listed(listed, DOWNLOADER, delay=1.5, warcs=Warcs(), wait=waits.append))
    assert [page.body if isinstance(page, RawPage) else "" for page in found] == [b"a", "", b"b"]
    assert waits == [1.5]


@responses.activate
def test_page_that_cannot_be_fetched_is_a_refusal() -> None:
    responses.get("https://courier.example/c", status=404)
    [found] = fetch_listed(
        [PageUrl(name="https://courier.example/c")], DOWNLOADER, delay=0, warcs=Warcs()
    )
    assert isinstance(found, Refusal)
    assert (found.reject, found.why) == ("StatusError", "404 Not Found: https://courier.example/c")


def test_file_passes_through_unread() -> None:
    page = PageFile(name="a.html", path=Path("a.html"))
    assert list(fetch_listed([page], DOWNLOADER, delay=0, warcs=Warcs())) == [page]
