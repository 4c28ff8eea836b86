"""End a crawl in which nothing happens any more, and show what it waits for."""

import asyncio
import faulthandler
import logging
import os
import signal
import sys
import time
from threading import Event, Thread
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.errors import StallError
from crawler.storage import end_crawl
from crawler.summary import ERROR

PROGRESS = (
    signals.request_scheduled,
    signals.request_reached_downloader,
    signals.request_left_downloader,
    signals.response_received,
    signals.item_scraped,
    signals.item_dropped,
    signals.item_error,
    signals.spider_error,
    signals.spider_closed,
)
GRACE = 10.0  # seconds for each way to end

logger = logging.getLogger(__name__)


class Watchdog:
    """A thread that looks whether there was progress in the last ``STALL_LIMIT`` seconds.

    What a crawl waits for has limits of its own; this is for what should not be: a result that is
    lost, a call that does not return. Nothing is lost by the end, as by that of any crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        # a host that asks for it may be left in peace for so long
        self._limit = settings.getfloat("STALL_LIMIT") + settings.getfloat("CRAWL_DELAY_MAX")
        self._grace = min(GRACE, self._limit)
        self._last = time.monotonic()
        self._over = Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to all that is progress."""
        dog = cls(crawler)
        crawler.signals.connect(dog.start, signals.spider_opened)
        crawler.signals.connect(dog.stop, signals.engine_stopped)
        for one in PROGRESS:
            crawler.signals.connect(dog.note, one)
        return dog

    def start(self) -> None:
        """Begin to watch."""
        loop = asyncio.get_running_loop()
        self.note()
        Thread(target=self._watch, args=(loop,), name="watchdog", daemon=True).start()

    def note(self) -> None:
        """Note that there is progress."""
        self._last = time.monotonic()

    def stop(self) -> None:
        """Watch no more."""
        self._over.set()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        while (left := self._last + self._limit - time.monotonic()) > 0:
            if self._over.wait(left):
                return
        self._end(loop)

    def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the crawl in order, else like a second Ctrl-C, else the process."""
        error = StallError(f"nothing happened for {self._limit:g} s")
        logger.critical("%s; what the crawl waits for follows", error)
        faulthandler.dump_traceback()
        loop.call_soon_threadsafe(self._end_in_order, error)
        for number in (signal.SIGTERM, signal.SIGTERM):
            if self._over.wait(self._grace):
                return
            os.kill(os.getpid(), number)
        if not self._over.wait(self._grace):
            os._exit(ERROR)

    def _end_in_order(self, error: StallError) -> None:
        for task in asyncio.all_tasks():
            task.print_stack(file=sys.stderr)
        end_crawl(self._crawler, error)
