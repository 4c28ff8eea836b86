"""Say how far a crawl is: a live line on a terminal, else a line a minute in the log."""

import logging
import sys
from contextlib import ExitStack
from typing import NoReturn, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler
from tqdm import tqdm
from tqdm.contrib import DummyTqdmFile

from crawler.summary import Summary

logger = logging.getLogger(__name__)

LIVE_INTERVAL = 0.5  # seconds


class Progress:
    """Reports the counts while a crawl runs, and counts what pipelines could not take."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._interval = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        self._bar: tqdm[NoReturn] | None = None
        self._open = ExitStack()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the beginning and the end of the crawl."""
        progress = cls(crawler)
        crawler.signals.connect(progress.start, signals.spider_opened)
        crawler.signals.connect(progress.stop, signals.spider_closed)
        crawler.signals.connect(progress.count_error, signals.item_error)
        return progress

    def start(self) -> None:
        """Begin to report: to the terminal if there is one."""
        if sys.stderr.isatty():
            bar = tqdm(unit=" pages", file=sys.stderr, leave=False)
            self._bar = self._open.enter_context(bar)
            self._write_log_above()
        interval = LIVE_INTERVAL if self._bar is not None else self._interval
        if interval:
            task = create_looping_call(self.show)
            task.start(interval, now=False)
            self._open.callback(task.stop)

    def _write_log_above(self) -> None:
        # tqdm's own redirection makes a new handler, without the level and filters of the old
        handler = get_scrapy_root_handler()
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
            handler.setStream(DummyTqdmFile(sys.stderr))
            self._open.callback(handler.setStream, sys.stderr)

    def stop(self) -> None:
        """End the reports."""
        self._open.close()

    def show(self) -> None:
        """Report the counts so far."""
        summary = Summary.of(self._crawler.stats.get_stats())
        if self._bar is None:
            logger.info("%d of %d pages, %s", summary.done, summary.to_fetch, summary.counts())
        else:
            self._bar.total = summary.to_fetch or None
            self._bar.set_postfix_str(summary.counts(), refresh=False)
            self._bar.update(summary.done - self._bar.n)
            self._bar.refresh()

    def count_error(self) -> None:
        """Count an item that a pipeline failed on."""
        self._crawler.stats.inc_value("items/errors")
