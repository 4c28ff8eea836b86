import dataclasses
import datetime as dt
from importlib import metadata
from unicodedata import normalize

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cleaners.article import Article, Entry
from crawler.errors import SettingError
from crawler.textfile import (
    HEADERS,
    FastOneLine,
    Header,
    OneLine,
    as_header,
    dumped,
    front_matter,
    render,
    text_of,
    version,
)
from tests.crawler.storing import FETCHED, TEXT, an_article

ZONE = dt.timezone(dt.timedelta(hours=5, minutes=30))
FULL = Article(
    url="https://example.org/a?x=1",
    source="example",
    title="=cmd: ‘Bridge’ — opens",
    text="Lead.\n\nText.",
    lead="Lead.",
    canonical_url="https://example.org/a",
    authors=("A. Writer", "B. Writer"),
    published=dt.datetime(2024, 5, 4, 23, 30, tzinfo=ZONE),
    modified=dt.date(2024, 5, 5),
    date_source="json-ld",
    section="Local",
    tags=("bridge",),
    language="en",
    access="free",
    captions=("The bridge.",),
    layout_changed=True,
    guarded=True,
)


def fields(article: Article) -> dict[str, object]:
    parsed: dict[str, object] = yaml.safe_load(front_matter(article, FETCHED))
    return parsed


def test_fields_stand_in_a_fixed_order() -> None:
    assert " ".join(fields(FULL)) == (
        "title url canonical_url source authors published modified date_source section tags "
        "language access lead captions fetched layout_changed guarded dateline"
    )


def test_empty_fields_are_left_out() -> None:
    article = an_article(canonical_url=an_article().url)
    assert " ".join(fields(article)) == "title url source published date_source fetched dateline"


def test_pages_and_what_is_missing_stand_in_the_header() -> None:
    article = dataclasses.replace(FULL, pages=2, next_page="https://example.org/a?page=3")
    found = fields(article)
    assert (found["pages"], found["incomplete"], found["next_page"]) == (
        2,
        True,
        "https://example.org/a?page=3",
    )


def test_entries_stand_in_the_header_with_their_times_and_beginnings() -> None:
    entries = (
        Entry(text="Text.", headline="Noon", time=dt.date(2024, 5, 4), printed="12:00"),
        Entry(text="word " * 40),
    )
    assert fields(dataclasses.replace(FULL, entries=entries))["entries"] == [
        {"time": "2024-05-04", "printed": "12:00", "begins": "Noon"},
        {"begins": f"{('word ' * 16).strip()}…"},
    ]


def test_publication_keeps_its_offset() -> None:
    assert fields(FULL)["published"] == "2024-05-04T23:30:00+05:30"


def test_impossible_date_is_left_out_and_the_fetch_named_as_evidence() -> None:
    found = fields(an_article(published=dt.date(1, 1, 1)))
    assert found["date_source"] == "fetched"
    assert "published" not in found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x85", "\u2028", "\u2029", "\x1c"])
def test_field_stays_on_its_line(end: str) -> None:
    article = dataclasses.replace(FULL, title=f"one{end}two{end}")
    assert front_matter(article, FETCHED).splitlines()[1].startswith("url: ")
    assert fields(article)["title"] == article.title


def test_accent_after_an_escape_stays_apart_from_it() -> None:
    title = "\x9a\u0300"
    assert fields(dataclasses.replace(FULL, title=title))["title"] == title


@given(title=st.text(min_size=1))
def test_title_stays_intact_in_the_header(title: str) -> None:
    assert fields(dataclasses.replace(FULL, title=title))["title"] == normalize("NFC", title)


@given(title=st.text(st.characters(max_codepoint=0xFFFF)))
def test_both_writers_of_the_header_write_the_same(title: str) -> None:
    header = {"title": title, "tags": [title, "b"], "pages": 2, "incomplete": True}
    assert dumped(header, FastOneLine) == dumped(header, OneLine)


def test_half_a_surrogate_pair_is_a_question_mark_in_the_header() -> None:
    assert fields(dataclasses.replace(FULL, title="One \ud83d two"))["title"] == "One ? two"


def test_emoji_stands_as_it_is_in_the_header() -> None:
    assert "title: One 😀 two\n" in front_matter(
        dataclasses.replace(FULL, title="One 😀 two"), FETCHED
    )


@pytest.mark.parametrize("header", HEADERS)
def test_rendering_twice_gives_the_same_bytes(header: Header) -> None:
    assert render(FULL, header, FETCHED) == render(FULL, header, FETCHED)


@pytest.mark.parametrize("header", HEADERS)
@given(text=st.text(min_size=1).filter(lambda text: not text.startswith(("---\n", "date "))))
def test_text_is_found_again_under_any_header(header: Header, text: str) -> None:
    written = render(dataclasses.replace(FULL, text=text), header, FETCHED).decode()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert text_of(written) == normalize("NFC", lines)


def test_date_header_is_one_line() -> None:
    assert render(an_article(text="Text."), "date", None) == b"date 2024-05-04\n\nText.\n"


def test_date_header_of_an_undated_article_says_so() -> None:
    assert render(an_article(text="a", published=None), "date", None) == b"date undated\n\na\n"


def test_file_without_header_is_the_text() -> None:
    assert render(an_article(), "none", FETCHED).decode() == f"{TEXT}\n"


def test_text_is_composed_and_has_unix_line_ends() -> None:
    assert render(an_article(text="e\u0301\r\nb\rc"), "none", None).decode() == "é\nb\nc\n"


def test_half_a_character_does_not_end_a_crawl() -> None:
    assert render(an_article(text="a\ud83d"), "none", None) == b"a?\n"


def test_version_is_that_of_the_installed_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", "{} 1.2.3".format)
    assert version.__wrapped__() == "dateline 1.2.3"


def test_checkout_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", fail)
    assert version.__wrapped__() == "unknown"


def test_unknown_header_is_named() -> None:
    with pytest.raises(SettingError, match=r"TEXT_HEADER: not one of yaml, date, none: json"):
        as_header("json")
