"""A crawl is entered into the state when it begins, and completed when it ends."""

from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler
from sqlalchemy.exc import OperationalError

from crawler.extensions.runs import Runs
from crawler.link import Link
from crawler.spiders.article import ArticleSpider
from crawler.state import Finish, Run
from crawler.storage import storage_of
from crawler.summary import ERROR, Summary
from tests.crawler.storing import a_crawler


class BugleSpider(ArticleSpider):
    name = "bugle"


@pytest.fixture
def crawl(tmp_path: Path) -> Crawler:
    limits = {f"EXTRACTION_{name}": 1 for name in ("PROCESSES", "CPU", "TIMEOUT", "MEMORY_MB")}
    crawler = a_crawler(tmp_path, BugleSpider, SITEMAP_LIMIT=1, LISTING_LIMIT=1, **limits)
    crawler.spider = BugleSpider.from_crawler(crawler)
    crawler.spider.extraction.close()
    return crawler


def last(crawler: Crawler) -> Run:
    [run] = storage_of(crawler).state.runs("bugle")
    return run


def test_crawl_under_way_has_no_end(crawl: Crawler) -> None:
    Runs.from_crawler(crawl).begin()
    assert (last(crawl).spider, last(crawl).ended, last(crawl).exit_code) == ("bugle", None, None)


def test_crawl_is_completed_with_its_counts(crawl: Crawler) -> None:
    runs = Runs.from_crawler(crawl)
    runs.begin()
    numbers = {
        "articles/written": 3,
        "articles/failed/timeout": 2,
        "articles/failed/HTTP 404": 1,
        "articles/refused/NoContentError": 4,
        "downloader/response_bytes": 5_000_000_000,
    }
    for name, number in numbers.items():
        crawl.stats.set_value(name, number)
    crawl.stats.set_value("finish_reason", "finished")
    storage_of(crawl).close()  # as it is when the spider ends
    runs.end()
    run = last(crawl)
    assert (run.exit_code, run.ending) == (0, "ok")
    assert run.counts == {
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "known": 0,
        "refused": 4,
        "failed": 3,
        "bytes": 5_000_000_000,
    }


def test_pages_that_were_listed_are_told_with_those_on_disk(crawl: Crawler) -> None:
    runs = Runs.from_crawler(crawl)
    runs.begin()
    assert isinstance(crawl.spider, BugleSpider)
    crawl.spider.finder.listed = {f"https://ex.com/{name}" for name in "abcd"}
    state = storage_of(crawl).state
    for name, ending in (("a", "written"), ("b", "duplicate"), ("c", "refused")):
        state.finish("bugle", f"https://ex.com/{name}", Finish(ending=ending))  # type: ignore[arg-type]  # they are endings
    state.discover("bugle", [Link("https://ex.com/d")])
    runs.end()
    summary = Summary.of(crawl.stats.get_stats())
    assert (summary.listed, summary.listed_written) == (4, 2)


def test_end_that_cannot_be_stored_is_a_fault(
    crawl: Crawler, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runs = Runs.from_crawler(crawl)
    runs.begin()

    def fail(*_: object) -> None:
        raise OperationalError("", {}, OSError("disk full"))

    with monkeypatch.context() as patch:
        patch.setattr("crawler.state.runs.end", fail)
        runs.end()
    assert "the end of the crawl could not be stored: " in caplog.text
    crawl.stats.set_value("finish_reason", "finished")
    assert Summary.of(crawl.stats.get_stats()).exit_code() == ERROR
    assert last(crawl).ended is None


def test_other_spiders_are_no_crawls_of_a_site() -> None:
    runs = Runs.from_crawler(get_crawler())
    runs.begin()
    runs.end()
