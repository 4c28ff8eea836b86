import asyncio
import datetime as dt
from pathlib import Path

import pytest
from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse, Response

from crawler.discovery.listing import Listing
from crawler.errors import ArgumentError, UnusableError
from crawler.link import Link
from crawler.spiders.article import ArticleSpider
from crawler.spiders.news import NewsSpider
from crawler.spiders.urls import UrlsSpider
from crawler.state import Finish
from crawler.storage import storage_of
from crawler.summary import ERROR, Summary
from tests.crawler.spiders import (
    FEED,
    SETTINGS,
    SITE,
    ExampleSpider,
    begin,
    feed,
    make,
    pages,
    read,
    stat,
    urls,
)
from tests.crawler.storing import a_crawler


def test_site_spider_begins_with_its_listings(tmp_path: Path) -> None:
    assert urls(begin(make(ExampleSpider, tmp_path))) == [FEED.url, *ExampleSpider.sitemaps]


def test_articles_are_asked_for_newest_first(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    assert read(spider, feed(1, 3, 2)) == pages(3, 2, 1)


def test_known_pages_are_counted_and_not_asked_for(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    state = storage_of(spider.crawler).state
    state.discover("example", [Link(pages(1)[0])])
    state.finish("example", pages(1)[0], Finish(ending="refused"))
    assert read(spider, feed(1, 2)) == pages(2)
    assert stat(spider, "articles/known") == 1


def test_refetch_asks_for_known_pages_too(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path, refetch="1")
    storage_of(spider.crawler).state.finish("example", pages(1)[0], Finish(ending="refused"))
    assert read(spider, feed(1)) == pages(1)


def test_unfinished_pages_of_an_earlier_run_come_again(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path, since="2025-11-02", limit="1")
    found = [Link(pages(day)[0], dt.date(2025, 11, day)) for day in (1, 2)]
    storage_of(spider.crawler).state.discover("example", found)
    assert urls(begin(spider)) == pages(2)


def test_pages_of_other_days_are_left_alone(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path, since="2025-11-02", until="2025-11-03")
    assert read(spider, feed(1, 2, 3, 4)) == pages(3, 2)
    assert stat(spider, "links/out_of_range") == 2


def test_pages_of_other_domains_are_left_alone(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    body = feed(1).body.replace(b"/a/1", b"https://other.org/a/1")
    assert read(spider, feed(1).replace(body=body)) == []
    assert stat(spider, "links/off_site") == 1


def test_limit_asks_for_as_many_pages_as_articles_are_missing(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path, limit="2")
    assert read(spider, feed(1, 2, 3, 4)) == pages(4, 3)
    spider.crawler.stats.set_value("articles/written", 1)
    assert urls(spider.steps.next_requests()) == pages(2)
    spider.crawler.stats.set_value("articles/written", 2)
    assert spider.steps.next_requests() == []


def test_limit_reads_listings_one_by_one(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path, limit="2")
    assert urls(begin(spider)) == [FEED.url]
    assert read(spider, feed(1)) == list(ExampleSpider.sitemaps)
    assert urls(spider.steps.next_requests()) == pages(1)


def test_news_reads_no_section_pages_where_its_feed_has_not_changed(tmp_path: Path) -> None:
    spider = make(NewsSpider, tmp_path, site=SITE)
    read(spider, feed(1))
    again = NewsSpider.from_crawler(spider.crawler, site=SITE)
    again.extraction.close()
    home(again, "<a href='/politics'>x</a>")
    asyncio.run(again.listings.parse(Response(FEED.url, status=304), FEED))
    rest = [url for _ in range(12) for url in urls(again.steps.next_requests())]
    assert f"{SITE}politics" not in rest


def test_spider_goes_on_until_nothing_is_left(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    crawled: list[Request] = []
    engine = type("Engine", (), {"crawl": lambda _, request: crawled.append(request)})()
    vars(spider.crawler)["_engine"] = engine
    read_only = feed(1)
    asyncio.run(spider.listings.parse(read_only, FEED))
    with pytest.raises(DontCloseSpider):
        spider.steps.go_on()
    spider.steps.go_on()
    assert urls(crawled) == pages(1)


def test_fault_between_two_steps_is_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spider = make(ExampleSpider, tmp_path)

    def fail() -> list[Request]:
        raise ZeroDivisionError

    monkeypatch.setattr(spider.steps, "next_requests", fail)
    crawler = spider.crawler
    crawler.signals.send_catch_log(signals.spider_idle, spider=spider)  # as the engine does
    stats = {**crawler.stats.get_stats(), "finish_reason": "finished", "articles/written": 1}
    assert Summary.of(stats).exit_code() == ERROR


def test_news_looks_at_robots_txt_and_home_page_first(tmp_path: Path) -> None:
    spider = make(NewsSpider, tmp_path, site="www.ex.com")
    assert urls(begin(spider)) == ["https://www.ex.com/robots.txt", "https://www.ex.com"]
    assert (spider.source, spider.folder) == ("ex-com", "ex-com")
    assert spider.allowed_domains == ("ex.com",)


def home(spider: ArticleSpider, body: str) -> list[str]:
    begin(spider)
    response = HtmlResponse(SITE, body=body, encoding="utf-8")
    return read(spider, response, Listing(SITE, "home"))


def test_news_reads_the_feeds_that_the_home_page_announces(tmp_path: Path) -> None:
    spider = make(NewsSpider, tmp_path, site=SITE)
    link = f"<link rel='alternate' type='application/rss+xml' href='{FEED.url}'>"
    assert home(spider, f"<head>{link}</head>") == [FEED.url]
    assert all("sitemap" in url for url in read(spider, feed(1))[:1])


def test_news_tries_the_usual_places_and_stops_at_the_first_that_is_right(tmp_path: Path) -> None:
    spider = make(NewsSpider, tmp_path, site=SITE)
    first = home(spider, "<body></body>")
    assert first == [f"{SITE}feed", f"{SITE}news-sitemap.xml"]
    guess = Listing(f"{SITE}feed", "feed", guess=True)
    assert read(spider, feed(1), guess) == [f"{SITE}sitemap-news.xml"]


def test_news_reads_section_pages_where_there_is_neither_feed_nor_sitemap(tmp_path: Path) -> None:
    spider = make(NewsSpider, tmp_path, site=SITE)
    hrefs = ("/2025/11/01/tram-runs", "/politics", "/world", "/sports")
    home(spider, "".join(f"<a href='{href}'>x</a>" for href in hrefs))
    rest = [urls(spider.steps.next_requests()) for _ in range(9)]
    assert [f"{SITE}politics", f"{SITE}world"] in rest
    assert [f"{SITE}2025/11/01/tram-runs"] in rest


def test_news_reads_only_the_listings_that_the_user_names(tmp_path: Path) -> None:
    given = {"feed": f"{FEED.url},https://ex.com/b.xml", "section": "https://ex.com/politics"}
    spider = make(NewsSpider, tmp_path, site=SITE, **given)
    expected = [FEED.url, "https://ex.com/b.xml", "https://ex.com/politics"]
    assert urls(begin(spider)) == expected
    assert spider.steps.next_requests() == []


def test_news_takes_the_site_from_a_listing(tmp_path: Path) -> None:
    spider = make(NewsSpider, tmp_path, sitemap="https://news.ex.co.uk/sitemap.xml")
    assert spider.allowed_domains == ("ex.co.uk",)


@pytest.mark.parametrize("site", ["", "nonsense", "ftp://ex.com", "https://[::1"])
def test_news_needs_a_site(site: str, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"^site: "):
        make(NewsSpider, tmp_path, site=site)


def test_urls_are_fetched_under_the_name_of_their_publisher(tmp_path: Path) -> None:
    spider = make(UrlsSpider, tmp_path, urls="https://ex.com/1 https://other.org/2")
    assert urls(begin(spider)) == ["https://ex.com/1", "https://other.org/2"]
    pending = storage_of(spider.crawler).state.pending("ex-com")
    assert [link.url for link in pending] == ["https://ex.com/1"]
    assert spider.folder == ""


@pytest.mark.parametrize("name", ["POLL", "UPDATES"])
def test_setting_that_cannot_be_used_is_told_before_anything_is_asked(
    tmp_path: Path, name: str
) -> None:
    crawler = a_crawler(tmp_path, ExampleSpider, **{**SETTINGS, name: "often"})
    with pytest.raises(UnusableError, match=rf"^{name}: "):
        ExampleSpider.from_crawler(crawler)


def test_urls_needs_some(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"^urls: missing"):
        make(UrlsSpider, tmp_path)


def test_arguments_of_scrapyd_are_passed_over(tmp_path: Path) -> None:
    assert make(ExampleSpider, tmp_path, _job="7").arguments.limit is None
