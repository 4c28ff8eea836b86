"""Count what tells of a crawl's health: articles by their marks, faults nobody else counts."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.spiders.article import ArticleSpider
from crawler.storage import storage_of

FAULTS = ("scrapy.utils.signal", "scrapy.extensions.feedexport")
"""Loggers of Scrapy whose errors are faults that it logs and otherwise forgets: what a handler of
a signal raises, and a feed that could not be stored."""

MARKS = ("layout_changed", "guarded")


class Evidence:
    """Counts for `crawler.summary`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._faults = _FaultCounter(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the whole crawl."""
        evidence = cls(crawler)
        crawler.signals.connect(evidence.start, signals.spider_opened)
        crawler.signals.connect(evidence.count_marks, signals.item_scraped)
        crawler.signals.connect(evidence.stop, signals.engine_stopped)
        for name in FAULTS:
            logging.getLogger(name).addHandler(evidence._faults)
        return evidence

    def start(self) -> None:
        """Note what earlier crawls of the site finished."""
        spider = self._crawler.spider
        if isinstance(spider, ArticleSpider):
            known = storage_of(self._crawler).state.known(spider.source)
            self._crawler.stats.set_value("links/known_before", known)

    def count_marks(self, item: Mapping[str, object]) -> None:
        """Count an article that its site's rules did not fit."""
        for mark in MARKS:
            if item.get(mark):
                self._crawler.stats.inc_value(f"articles/{mark}")

    async def stop(self) -> None:
        """Count no more, once all that listens to the end has been called."""
        await asyncio.sleep(0)
        for name in FAULTS:
            logging.getLogger(name).removeHandler(self._faults)


class _FaultCounter(logging.Handler):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(logging.ERROR)
        self._crawler = crawler

    def emit(self, record: logging.LogRecord) -> None:
        self._crawler.stats.inc_value("faults/count")
