import datetime as dt
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response, XmlResponse

from crawler.discovery.listing import Listing
from crawler.link import Link
from crawler.spiders.article import ArticleSpider
from crawler.state import Finish
from crawler.storage import storage_of
from tests.crawler.spiders import FEED, SITE, ExampleSpider, failure, feed, make, pages, read, stat


def test_sitemap_index_leads_to_sitemaps_in_range(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path, since="2025-11-02")
    records = "".join(
        f"<sitemap><loc>/{day}.xml</loc><lastmod>2025-11-{day:02}</lastmod></sitemap>"
        for day in (1, 2, 3)
    )
    body = f"<sitemapindex>{records}</sitemapindex>"
    response = XmlResponse(SITE, body=body, encoding="utf-8")
    assert read(spider, response, Listing(SITE, "sitemap")) == [f"{SITE}3.xml", f"{SITE}2.xml"]


def test_damaged_sitemap_gives_what_came(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    body = b"<urlset><url><loc>/a/1</loc></url>" + b" " * 9999
    found = read(make(ExampleSpider, tmp_path), Response(SITE, body=body), Listing(SITE, "sitemap"))
    assert found == pages(1)
    assert "its end is cut off" in caplog.text


def test_listing_that_is_none_is_counted(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    assert read(spider, HtmlResponse(FEED.url, body=b"<html>Not here")) == []
    assert stat(spider, "listings/failed/no listing") == 1


def ask(spider: ArticleSpider, listing: Listing = FEED) -> Request:
    """Return the request for a listing, as another crawl of the spider would make it."""
    again = type(spider).from_crawler(spider.crawler)
    again.extraction.close()
    return again.listings.request(listing)


def test_listing_is_asked_with_the_validators_of_the_last_time(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    response = feed(1).replace(headers={"ETag": '"a"'})
    assert (ask(spider).headers, ask(spider).meta.get("handle_httpstatus_list")) == ({}, None)
    read(spider, response)
    assert ask(spider).headers == {b"If-None-Match": [b'"a"']}
    assert ask(spider).meta["handle_httpstatus_list"] == [304]


def test_validators_are_kept_only_of_a_listing_that_was_taken_whole(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    body = b"<urlset><url><loc>/a/1</loc></url>" + b" " * 9999
    cut = Response(SITE, body=body, headers={"ETag": '"a"'})
    read(spider, cut, Listing(SITE, "sitemap"))
    assert ask(spider, Listing(SITE, "sitemap")).headers == {}


def test_listing_whose_links_could_not_be_stored_is_not_called_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spider = make(ExampleSpider, tmp_path)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("crawler.state.listings.keep", fail)
        vars(spider.crawler)["_engine"] = Engine()
        with pytest.raises(OSError, match="disk full"):
            read(spider, feed(1).replace(headers={"ETag": '"a"'}))
    state = storage_of(spider.crawler).state
    assert (state.pending("example"), state.polls("example")) == ([], {})


class Engine:
    """An engine that can only be asked to end."""

    async def close_spider_async(self, *, reason: str) -> None:
        """End nothing."""


def test_refetch_asks_for_listings_whole(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    read(spider, feed(1).replace(headers={"ETag": '"a"'}))
    again = ExampleSpider.from_crawler(spider.crawler, refetch="yes")
    again.extraction.close()
    assert again.listings.request(FEED).headers == {}


def test_index_that_has_not_changed_leads_to_the_sitemaps_it_named(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    index, child = Listing(SITE, "sitemap"), Listing(f"{SITE}1.xml", "sitemap")
    records = "<sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/2025-10.xml</loc></sitemap>"
    body = f"<sitemapindex>{records}</sitemapindex>"
    read(spider, XmlResponse(SITE, body=body, encoding="utf-8"), index)
    spider.listings.lose(failure(DownloadTimeoutError()), child)
    for since, expected in (("", [f"{SITE}2025-10.xml", child.url]), ("2025-12-01", [child.url])):
        again = ExampleSpider.from_crawler(spider.crawler, since=since)
        again.extraction.close()
        assert read(again, Response(SITE, status=304), index) == expected


def test_page_that_a_feed_names_and_a_sitemap_calls_changed_is_asked_for(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    state = storage_of(spider.crawler).state
    today = dt.datetime.now(dt.UTC)
    link = Link(pages(1)[0], today.date() - dt.timedelta(days=1))
    state.discover("example", [link])
    state.finish("example", link.url, Finish(ending="refused", fetched=today))
    assert read(spider, feed(1)) == []
    later = today + dt.timedelta(seconds=5)
    entry = f"<url><loc>{link.url}</loc><lastmod>{later.isoformat()}</lastmod></url>"
    sitemap = XmlResponse(SITE, body=f"<urlset>{entry}</urlset>", encoding="utf-8")
    assert read(spider, sitemap, Listing(SITE, "sitemap")) == [link.url]


def test_picture_as_section_page_is_counted(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    assert read(spider, Response(SITE, body=b"\x89PNG"), Listing(SITE, "section")) == []
    assert stat(spider, "listings/failed/no listing") == 1


def test_listing_that_does_not_come_is_counted_unless_it_was_a_guess(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    spider.listings.lose(failure(DownloadTimeoutError()), FEED)
    spider.listings.lose(failure(DownloadTimeoutError()), Listing(FEED.url, "feed", guess=True))
    assert stat(spider, "listings/failed/timeout") == 1
