"""Enter a crawl into the state when it begins, and complete it when it ends."""

import logging
from collections.abc import Mapping
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.spiders.article import ArticleSpider
from crawler.state import State
from crawler.storage import storage_of
from crawler.summary import ENDS, Summary

logger = logging.getLogger(__name__)

ON_DISK = frozenset({"written", "moved", "duplicate"})
"""Statuses of links whose article is on disk, under this address or another."""


class Runs:
    """One row a crawl; one that is killed has no end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._number: int | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the beginning and the end of the crawl."""
        runs = cls(crawler)
        crawler.signals.connect(runs.begin, signals.spider_opened)
        # after all that listens to the end of the spider, such as feed exports
        crawler.signals.connect(runs.end, signals.engine_stopped)
        return runs

    def begin(self) -> None:
        """Enter the crawl."""
        spider = self._crawler.spider
        if isinstance(spider, ArticleSpider):
            state = storage_of(self._crawler).state
            self._number = state.begin_run(spider.source, spider.name)

    def end(self) -> None:
        """Complete the crawl, and count what became of the pages that were listed."""
        spider = self._crawler.spider
        if self._number is None or not isinstance(spider, ArticleSpider):
            return
        state = storage_of(self._crawler).state
        try:
            self._count_listed(state, spider)
            stats = self._crawler.stats.get_stats()
            summary = Summary.of(stats)
            code = summary.exit_code()
            state.end_run(self._number, code, ENDS[code], counts_of(summary, stats))
        except SQLAlchemyError as error:
            logger.critical("the end of the crawl could not be stored: %s", error)
            self._crawler.stats.inc_value("faults/count")
        finally:
            state.close()

    def _count_listed(self, state: State, spider: ArticleSpider) -> None:
        listed = spider.finder.listed
        found = state.statuses(spider.source, sorted(listed)).values()
        stats = self._crawler.stats
        stats.set_value("links/listed_in_range", len(listed))
        stats.set_value("links/listed_written", sum(status in ON_DISK for status in found))


def counts_of(summary: Summary, stats: Mapping[str, object]) -> Mapping[str, int]:
    """Return the counts of a crawl by the names of the columns."""
    received = stats.get("downloader/response_bytes", 0)
    return {
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "known": summary.known,
        "refused": sum(summary.refused.values()),
        "failed": sum(summary.failed.values()),
        "bytes": received if isinstance(received, int) else 0,
    }
