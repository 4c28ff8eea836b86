import dataclasses
import datetime as dt

import pytest
from scrapy.http import Response

from cleaners import Article, Site
from crawler.hints import headers_of, page_of, refusal_of, with_hints
from crawler.link import Link

DAY = dt.date(2025, 11, 3)
LINK = Link("https://ex.com/1", DAY, "Tram runs", "sitemap")
BARE = Article(url="https://ex.com/1", source="ex", title="", text="x")


def page(body: bytes, content_type: str) -> bytes | str:
    return page_of(Response("https://ex.com/", headers={"Content-Type": content_type}, body=body))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read(codec: str) -> None:
    assert page("<p>Brücke</p>".encode(codec), "text/html") == "<p>Brücke</p>"


def test_what_is_no_page_is_refused_by_name() -> None:
    error = refusal_of(Response("https://ex.com/1", body=b"%PDF-1.7"))
    assert str(error) == "a PDF, not a page: https://ex.com/1"
    assert refusal_of(Response("https://ex.com/1", body=b"<html>")) is None


def test_listing_gives_date_and_headline_where_the_page_has_none() -> None:
    article = with_hints(BARE, LINK)
    assert (article.published, article.date_source) == (DAY, "sitemap")
    assert article.title == "Tram runs"


def test_impossible_date_of_a_page_is_none() -> None:
    article = with_hints(dataclasses.replace(BARE, published=dt.date(1, 1, 1)), LINK)
    assert (article.published, article.date_source) == (DAY, "sitemap")


def test_page_knows_better_than_the_listing() -> None:
    own = dataclasses.replace(BARE, title="Own", published=dt.date(2025, 1, 1), date_source="meta")
    assert with_hints(own, LINK) == own


def test_listing_without_hints_changes_nothing() -> None:
    assert with_hints(BARE, Link("https://ex.com/1")) == BARE


def test_time_of_a_listing_is_told_in_the_publishers_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(name="ex", layouts=(), domains=("ex.com",), timezone="Asia/Kolkata")
    monkeypatch.setattr("crawler.hints.site_for", {BARE.url: site}.get)
    noon = dt.datetime(2025, 11, 3, 12, tzinfo=dt.UTC)
    article = with_hints(BARE, Link(BARE.url, noon, "", "feed"))
    assert article.published == noon
    assert str(article.published) == "2025-11-03 17:30:00+05:30"


def test_time_of_a_listing_is_told_in_the_zone_of_the_country() -> None:
    night = dt.datetime(2025, 11, 3, 1, tzinfo=dt.UTC)
    bare = dataclasses.replace(BARE, url="https://ex.com.br/1")
    article = with_hints(bare, Link(bare.url, night, "", "feed"))
    assert str(article.published) == "2025-11-02 22:00:00-03:00"


def test_charset_of_the_header_counts_for_bytes_without_one_of_their_own() -> None:
    assert page("мост".encode("cp1251"), "text/html; charset=windows-1251") == "мост"


def test_utf_8_stays_bytes_whatever_the_header_says() -> None:
    assert page("мост".encode(), "text/html; charset=windows-1251") == "мост".encode()


def test_bytes_stay_bytes_where_the_header_is_silent_or_no_help() -> None:
    body = "мост".encode("cp1251")
    assert page(body, "text/html") == body
    assert page(body, "text/html; charset=utf-8") == body
    assert page(body, "text/html; charset=unicode_escape") == body
    assert page(body, "application/pdf; charset=windows-1251") == body
    assert page(b"\xff\xfea\x00", "text/html; charset=windows-1251") == b"\xff\xfea\x00"


def test_headers_are_kept_as_received() -> None:
    response = Response("https://ex.com/", headers={"Via": ["a", "b"], "Age": "1"})
    assert headers_of(response) == (("Via", "a"), ("Via", "b"), ("Age", "1"))
