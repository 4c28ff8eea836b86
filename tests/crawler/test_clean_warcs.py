"""``scrapy clean`` on WARC files such as those of CC-NEWS."""

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.cleaning.warcs import WarcFile, Warcs, is_below, is_warc
from tests.crawler.newspaper import article
from tests.crawler.warcs import HTML, Page, member, warc

Scrapy = Callable[..., int]
Output = pytest.CaptureFixture[str]

BRIDGE = "https://www.bugle.example/2026/03/news-of-the-bridge"
ORCHARD = "https://courier.example/orchard.html?a=1"
TEXTS = {topic: article(topic, "2026-03-01").encode() for topic in ("bridge", "orchard")}


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


PAGES = (
    Page(kind="request", url=BRIDGE, body=b"GET / HTTP/1.1\r\n\r\n"),
    Page(url=BRIDGE, body=TEXTS["bridge"]),
    Page(kind="metadata", url=BRIDGE, body=b"outlink: a"),
    Page(
        url=ORCHARD,
        body=chunked(gzip.compress(TEXTS["orchard"])),
        headers=(("content-encoding", "gzip"), ("Transfer-Encoding", "chunked")),
    ),
    Page(url="https://courier.example/", body=b"<html><p>Front page</p></html>"),
    Page(url="https://courier.example/gone", status="404 Not Found"),
    Page(url="https://courier.example/feed", body=b"<?xml version='1.0'?><rss></rss>"),
    Page(url="https://courier.example/a.json", body=b'{"text": "<p>no page</p>"}'),
    Page(kind="revisit", url=BRIDGE),
    Page(kind="resource", url="dns:courier.example", body=b"192.0.2.1"),
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "CC-NEWS-20260302050607-00042.warc.gz"
    path.write_bytes(warc(PAGES))
    return path


def objects(capsys: Output) -> tuple[list[dict[str, object]], str]:
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err.splitlines()[-1]


def test_pages_of_a_file_become_articles_and_all_else_is_counted(
    scrapy: Scrapy, capsys: Output, news: Path
) -> None:
    assert scrapy("clean", "--json", str(news)) == 0
    found, told = objects(capsys)
    assert [one.get("url") for one in found] == [BRIDGE, ORCHARD, None]
    assert "the orchard has changed" in str(found[1]["text"])
    assert told == (
        "2 articles, 1 refused (1 NoContentError), 0 damaged, 0 torn, 8 skipped (2 not HTML,"
        " 1 warcinfo, 1 request, 1 metadata, 1 HTTP 404, 1 revisit, 1 dns)"
    )


def test_refused_page_is_named_by_file_and_offset(
    scrapy: Scrapy, capsys: Output, news: Path
) -> None:
    scrapy("clean", "--json", str(news))
    refused = objects(capsys)[0][-1]
    offset = len(warc(PAGES[:4]))
    assert refused["input"] == f"{news} at {offset}"
    assert "https://courier.example/" in str(refused["why"])


def test_files_are_named_by_source_and_address(scrapy: Scrapy, news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert scrapy("clean", str(news), "-o", str(out)) == 0
    names = sorted(path.name.rpartition("_")[0] for path in out.iterdir())
    assert names == ["bugle-example_news-of-the-bridge", "courier-example_orchard"]


def test_records_of_one_address_never_overwrite_each_other(scrapy: Scrapy, tmp_path: Path) -> None:
    later = Page(url=BRIDGE, body=TEXTS["bridge"], date="2026-03-02T05:06:08Z")
    other = Page(url=BRIDGE, body=TEXTS["orchard"])
    path = tmp_path / "a.warc"
    path.write_bytes(warc([PAGES[1], PAGES[1], later, other], gzipped=False))
    assert scrapy("clean", str(path), "-o", str(tmp_path / "out")) == 0
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_header_states_when_the_page_was_fetched(
    scrapy: Scrapy, news: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert scrapy("clean", str(news), "-o", str(out), "--with-metadata") == 0
    assert all("fetched: '2026-03-02T05:06:07+00:00'" in p.read_text() for p in out.iterdir())


def test_date_after_the_fetch_is_none(scrapy: Scrapy, capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([Page(url=BRIDGE, body=TEXTS["bridge"], date="2025-01-01T00:00:00Z")]))
    assert scrapy("clean", "--json", str(path)) == 0
    assert objects(capsys)[0][0]["date"] is None


def test_domain_chooses_among_the_pages(scrapy: Scrapy, capsys: Output, news: Path) -> None:
    assert scrapy("clean", "--json", str(news), "--domain", "Bugle.example") == 0
    found, told = objects(capsys)
    assert [one["url"] for one in found] == [BRIDGE]
    assert "5 other domain" in told


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://example.org/a", True),
        ("https://news.example.org./a", True),
        ("https://badexample.org/a", False),
        ("https://example.org.bad.example/a", False),
        ("https://[broken/a", False),
    ],
)
def test_domain_holds_for_hosts_below_it(url: str, wanted: bool) -> None:
    assert is_below(url, frozenset({"example.org"})) is wanted


def test_torn_and_damaged_records_are_named_counted_and_exit_code_1(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    damaged, last = bytearray(member(PAGES[1])), member(PAGES[3])
    damaged[-6] ^= 0xFF
    start = warc([PAGES[1]])
    path = tmp_path / "a.warc.gz"
    path.write_bytes(start + damaged + last + last[:-20])
    assert scrapy("clean", str(path), "-o", str(tmp_path / "out")) == 1
    lines = capsys.readouterr().err.splitlines()
    places = (len(start), len(start + damaged + last))
    assert lines[0].startswith(f"refused {path}: DamagedRecordError: {path} at {places[0]}: ")
    assert lines[1].startswith(f"refused {path}: TornRecordError: {path} at {places[1]}: ")
    assert lines[2] == "2 articles, 0 refused, 1 damaged, 1 torn, 1 skipped (1 warcinfo)"


def test_page_that_the_archive_cut_off_is_refused(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    cut = Page(url=BRIDGE, body=TEXTS["bridge"], warc=(("WARC-Truncated", "length"),))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([cut]))
    assert scrapy("clean", "--json", str(path)) == 1
    [refused], _ = objects(capsys)
    assert refused["reject"] == "TruncatedRecordError"
    assert refused["why"] == f"cut off by the archive (length): {BRIDGE}"


def test_page_whose_packing_ends_in_the_middle_is_damaged(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    body = gzip.compress(TEXTS["bridge"])[:-30]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([Page(url=BRIDGE, body=body, headers=(("Content-Encoding", "gzip"),))]))
    assert scrapy("clean", "--json", str(path)) == 1
    [refused], told = objects(capsys)
    assert refused["why"] == f"its gzip body ends in the middle: {BRIDGE}"
    assert told.startswith("0 articles, 0 refused, 1 damaged")


def test_large_page_is_refused(
    scrapy: Scrapy, capsys: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.cleaning.warcs.MAX_FILE", 100)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([PAGES[1]]))
    assert scrapy("clean", "--json", str(path)) == 1
    assert objects(capsys)[0][0]["reject"] == "PageTooLargeError"


@pytest.mark.parametrize("gzipped", [True, False])
def test_standard_input_may_be_an_archive(
    scrapy: Scrapy, capsys: Output, monkeypatch: pytest.MonkeyPatch, gzipped: bool
) -> None:
    content = warc(PAGES, gzipped=gzipped)
    pipe = SimpleNamespace(isatty=lambda: False, buffer=io.BytesIO(content))
    monkeypatch.setattr(sys, "stdin", pipe)
    assert scrapy("clean", "--json") == 0
    found, told = objects(capsys)
    assert (len(found), told.startswith("2 articles, 1 refused")) == (3, True)


@pytest.mark.parametrize(
    "start", [b"", b"<html>", gzip.compress(b"<html>", mtime=0), b"\x1f\x8b\x08"]
)
def test_page_is_no_archive(start: bytes) -> None:
    assert not is_warc(start)


def test_folder_of_pages_and_archives_is_cleaned_in_one_go(
    scrapy: Scrapy, capsys: Output, news: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    news.rename(folder / news.name)
    (folder / "tram.html").write_text(article("tramway"), encoding="utf-8")
    assert scrapy("clean", "--input-dir", str(folder), "-o", str(tmp_path / "out")) == 0
    assert capsys.readouterr().err.splitlines()[-1].startswith("3 articles, 1 refused")
    assert (tmp_path / "out" / "tram.txt").exists()


def test_missing_archive_is_told_as_such(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "--json", "no-such.warc.gz") == 1
    assert objects(capsys)[0][0]["reject"] == "FileNotFoundError"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--url", "https://a.example/b"), "--url, --content-type and --dump are no options"),
        (("--dump",), "are no options of WARC files"),
        ((), "several pages need -o"),
    ],
)
def test_what_does_not_fit_an_archive_is_wrong_usage(
    scrapy: Scrapy, capsys: Output, news: Path, arguments: tuple[str, ...], why: str
) -> None:
    assert scrapy("clean", *arguments, str(news)) == 2
    assert why in capsys.readouterr().err


def test_domain_needs_an_archive(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "--domain", "a.example", "a.html") == 2
    assert "--domain chooses from the pages of WARC files" in capsys.readouterr().err


def test_archive_is_no_page_to_explain(scrapy: Scrapy, capsys: Output, news: Path) -> None:
    assert scrapy("explain", str(news)) == 2
    assert "holds many pages; `scrapy clean` reads them" in capsys.readouterr().err


def test_control_characters_of_an_address_do_not_reach_the_terminal(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([Page(url="https://a.example/\x1b[2J", body=b"<p>nothing</p>")]))
    assert scrapy("clean", str(path), "-o", str(tmp_path / "out")) == 1
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "https://a.example/\\x1b[2J" in err


def test_plain_text_without_a_type_is_no_page(tmp_path: Path) -> None:
    pages = [
        Page(url=BRIDGE, body=b"Just text", headers=()),
        Page(url=BRIDGE, body=b"Text and <b>tags</b>", headers=HTML),
        Page(url=BRIDGE, body="\ufeff<p>Wide</p>".encode("utf-16-le"), headers=()),
        Page(url=BRIDGE, body=b"<?xml version='1.0'?><!DOCTYPE html><html>", headers=()),
        Page(url=BRIDGE, body=b"<!-- a --> <!doctype html>", headers=(("Content-Type", "a/b"),)),
    ]
    path = tmp_path / "a.warc"
    path.write_bytes(warc(pages, gzipped=False))
    warcs = Warcs()
    found = list(warcs.pages(WarcFile(name="a", path=path)))
    assert len(found) == 4
    assert warcs.skipped == {"warcinfo": 1, "not HTML": 1}
    assert warcs.position == path.stat().st_size
