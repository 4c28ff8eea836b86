import asyncio
import datetime as dt
from pathlib import Path

from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response
from scrapy.spidermiddlewares.httperror import HttpError

from cleaners import Article, CleaningError, NoContentError
from crawler.fetch import Fetch
from crawler.link import Link
from crawler.middlewares.robots import ClosedError
from crawler.packed import KEY, Packed
from crawler.spiders.article import ArticleSpider
from crawler.state import Asked
from crawler.storage import storage_of
from tests.crawler.spiders import (
    FEED,
    ExampleSpider,
    failure,
    make,
    pages,
    stat,
)


class FixedExtraction:
    """Gives the same outcome for every page."""

    def __init__(self, outcome: Article | CleaningError) -> None:
        self.outcome = outcome
        self.cpu = 0.0

    async def clean(self, *_: object) -> Article | CleaningError:
        return self.outcome

    def close(self) -> None:
        """Close nothing."""


PACKED = Packed(b"<p>x, packed", [b"gzip"])
LINK = Link(pages(1)[0], dt.date(2025, 11, 1), "Tram runs", "feed", FEED.url)


def parse(spider: ArticleSpider, outcome: Article | CleaningError) -> list[Fetch]:
    spider.extraction.close()
    vars(spider.pages)["extraction"] = FixedExtraction(outcome)
    request = Request(LINK.url, meta={KEY: PACKED})
    response = HtmlResponse(
        "https://www.ex.com/final", body=b"<p>x", headers={"Age": "1"}, request=request
    )

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
    assert fetch.packed is PACKED
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
