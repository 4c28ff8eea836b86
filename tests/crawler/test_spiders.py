import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider, DownloadTimeoutError
from scrapy.http import HtmlResponse, Response, XmlResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from cleaners import Article, CleaningError, NoContentError
from crawler.discovery.listing import Listing
from crawler.errors import ArgumentError, UnusableError
from crawler.fetch import Fetch
from crawler.link import Link
from crawler.middlewares.robots import ClosedError
from crawler.spiders.article import ArticleSpider
from crawler.spiders.news import NewsSpider
from crawler.spiders.urls import UrlsSpider
from crawler.state import Asked, Finish
from crawler.storage import storage_of
from crawler.summary import ERROR, Summary
from tests.crawler.storing import a_crawler

SpiderT = TypeVar("SpiderT", bound=ArticleSpider)

FEED = Listing("https://www.ex.com/feed", "feed")
SITE = "https://www.ex.com/"


class ExampleSpider(ArticleSpider):
    name = "example"
    allowed_domains = ("ex.com",)
    feeds = (FEED.url,)
    sitemaps = ("https://www.ex.com/sitemap.xml",)


def make(kind: type[SpiderT], data: Path, **arguments: str) -> SpiderT:
    crawler = a_crawler(data, kind, **SETTINGS)
    spider = kind.from_crawler(crawler, **arguments)
    crawler.spider = spider
    OPEN.append(spider)
    return spider


OPEN: list[ArticleSpider] = []


@pytest.fixture(autouse=True)
def _closing() -> Iterator[None]:
    yield
    while OPEN:
        spider = OPEN.pop()
        spider.closed("finished")
        storage_of(spider.crawler).close()


SETTINGS = {
    "SITEMAP_LIMIT": 9,
    "LISTING_LIMIT": 99,
    "SITEMAP_MAXSIZE": 9999,
    "SECTION_LIMIT": 2,
    "PAGES_IN_FLIGHT": 32,
    "EXTRACTION_PROCESSES": 1,
    "EXTRACTION_CPU": 10,
    "EXTRACTION_TIMEOUT": 60,
    "EXTRACTION_MEMORY_MB": 2048,
}


def urls(requests: list[Request]) -> list[str]:
    return [request.url for request in requests]


def begin(spider: ArticleSpider) -> list[Request]:
    async def collect() -> list[Request]:
        return [request async for request in spider.start()]

    return asyncio.run(collect())


def failure(error: Exception) -> Failure:
    return Failure(error)  # type: ignore[no-untyped-call]  # Twisted types only part of it


def feed(*days: int) -> XmlResponse:
    items = "".join(
        f"<item><link>/a/{day}</link><pubDate>{day:02} Nov 2025 08:00:00 GMT</pubDate></item>"
        for day in days
    )
    body = f"<rss version='2.0'><channel>{items}</channel></rss>"
    return XmlResponse(FEED.url, body=body, encoding="utf-8")


def read(spider: ArticleSpider, response: Response, listing: Listing = FEED) -> list[str]:
    """Read a listing and return the addresses asked for next."""
    asyncio.run(spider.listings.parse(response, listing))
    return urls(spider.steps.next_requests())


def pages(*days: int) -> list[str]:
    return [f"https://www.ex.com/a/{day}" for day in days]


def stat(spider: ArticleSpider, name: str) -> object:
    return spider.crawler.stats.get_value(name)


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


def test_news_reads_no_section_pages_where_its_feed_has_not_changed(tmp_path: Path) -> None:
    spider = make(NewsSpider, tmp_path, site=SITE)
    read(spider, feed(1))
    again = NewsSpider.from_crawler(spider.crawler, site=SITE)
    again.extraction.close()
    home(again, "<a href='/politics'>x</a>")
    asyncio.run(again.listings.parse(Response(FEED.url, status=304), FEED))
    rest = [url for _ in range(12) for url in urls(again.steps.next_requests())]
    assert f"{SITE}politics" not in rest


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


class FixedExtraction:
    """Gives the same outcome for every page."""

    def __init__(self, outcome: Article | CleaningError) -> None:
        self.outcome = outcome
        self.cpu = 0.0

    async def clean(self, *_: object) -> Article | CleaningError:
        return self.outcome

    def close(self) -> None:
        """Close nothing."""


LINK = Link(pages(1)[0], dt.date(2025, 11, 1), "Tram runs", "feed", FEED.url)


def parse(spider: ArticleSpider, outcome: Article | CleaningError) -> list[Fetch]:
    spider.extraction.close()
    vars(spider.pages)["extraction"] = FixedExtraction(outcome)
    response = HtmlResponse("https://www.ex.com/final", body=b"<p>x", headers={"Age": "1"})

    async def collect() -> list[Fetch]:
        found = [found async for found in spider.pages.parse(response, LINK)]
        return [fetch for fetch in found if isinstance(fetch, Fetch)]

    return asyncio.run(collect())


ARTICLE = Article(url="https://www.ex.com/final", source="ex-com", title="", text="x")


def test_page_becomes_a_fetch_with_article_and_hints(tmp_path: Path) -> None:
    [fetch] = parse(make(ExampleSpider, tmp_path), ARTICLE)
    assert isinstance(fetch.outcome, Article)
    assert (fetch.outcome.title, fetch.outcome.published) == (LINK.title, LINK.published)
    assert (fetch.url, fetch.requested_url) == ("https://www.ex.com/final", LINK.url)
    assert (fetch.status, fetch.headers, fetch.body) == (200, (("Age", "1"),), b"<p>x")
    assert (fetch.source, fetch.link) == ("example", LINK)
    assert fetch.fetched.tzinfo is dt.UTC


def test_page_without_article_becomes_a_fetch_with_the_reason(tmp_path: Path) -> None:
    error = NoContentError("nothing")
    [fetch] = parse(make(ExampleSpider, tmp_path), error)
    assert fetch.outcome is error


def test_article_that_turns_out_to_be_of_another_day_is_left_for_a_later_run(
    tmp_path: Path,
) -> None:
    spider = make(ExampleSpider, tmp_path, since="2025-11-02")
    state = storage_of(spider.crawler).state
    state.discover("example", [LINK])
    assert parse(spider, ARTICLE) == []
    assert stat(spider, "articles/out_of_range") == 1
    assert state.pending("example", Asked(since=dt.date(2025, 11, 2))) == []
    assert state.pending("example") == [LINK]


def lose(spider: ArticleSpider, error: Exception) -> list[Link]:
    state = storage_of(spider.crawler).state
    state.discover(spider.source, [LINK])
    spider.pages.lose(failure(error), LINK)
    return state.pending(spider.source)


def test_page_that_robots_txt_closes_is_no_failure_and_stays(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    assert lose(spider, ClosedError(f"closed by robots.txt: {LINK.url}")) == [LINK]
    counted = {name for name in spider.crawler.stats.get_stats() if name.startswith("articles/")}
    assert counted == {"articles/closed"}


def test_page_that_is_gone_is_finished(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    assert lose(spider, HttpError(Response(LINK.url, status=410))) == []
    assert stat(spider, "articles/failed/HTTP 410") == 1


def test_page_that_fails_for_now_stays_for_the_next_run(tmp_path: Path) -> None:
    spider = make(ExampleSpider, tmp_path)
    assert lose(spider, DownloadTimeoutError()) == [LINK]
    assert stat(spider, "articles/failed/timeout") == 1


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
