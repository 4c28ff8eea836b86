"""End a crawl in order before its disk is full, and when there is no memory or no file left."""

import logging
import shutil
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawler.errors import DataDirError, MachineError
from crawler.storage import FULL, end_crawl, writable

NO_ROOM = "no_room"  # reason of closing
UNITS = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"), (1, "bytes"))

logger = logging.getLogger(__name__)


class Machine:
    """Looks after every response whether ``MIN_FREE_BYTES`` are free: only they bring new files.

    What is under way is still stored, which the free space is meant for.
    """

    def __init__(self, crawler: Crawler, root: Path) -> None:
        self._crawler = crawler
        self._root = root
        self._least = crawler.settings.getint("MIN_FREE_BYTES")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Look before the crawl begins.

        Raises:
            DataDirError: too little is free.
        """
        machine = cls(crawler, writable(Path(crawler.settings["DATA_DIR"])))
        if lack := machine.lack():
            raise DataDirError(lack)
        crawler.signals.connect(machine.look, signals.response_received)
        crawler.signals.connect(machine.blame, signals.spider_error)
        return machine

    def lack(self) -> str:
        """Return what is wrong, in words; empty where there is room."""
        free = shutil.disk_usage(self._root).free
        if free >= self._least:
            return ""
        return f"DATA_DIR: {size(free)} free in {self._root}, MIN_FREE_BYTES is {size(self._least)}"

    def look(self) -> None:
        """End the crawl where there is no more room."""
        stats = self._crawler.stats
        if stats.get_value(FULL) is None and (lack := self.lack()):
            stats.set_value(FULL, lack)
            logger.critical("the crawl ends: %s", lack)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=NO_ROOM))

    def blame(self, failure: Failure) -> None:
        """End the crawl where the machine is to blame for what went wrong with a page."""
        if isinstance(failure.value, MachineError):
            end_crawl(self._crawler, failure.value)


def size(number: int) -> str:
    """Return a number of bytes for people: ``1.5 GiB``."""
    unit, name = next((unit for unit in UNITS if number >= unit[0]), UNITS[-1])
    return f"{round(number / unit, 1):g} {name}"
