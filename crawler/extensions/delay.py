"""Honour the ``Crawl-delay`` of a robots.txt, which Scrapy reads and then forgets."""

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class CrawlDelay:
    """Never ask a host more often than its robots.txt wants, whatever AutoThrottle finds."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = (
            crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        )
        self._longest = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to robots.txt files, and to AutoThrottle's changes after every response."""
        delay = cls(crawler)
        crawler.signals.connect(delay.note, signals.robots_parsed)
        crawler.signals.connect(delay.keep, signals.response_downloaded)
        return delay

    def note(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the delay that a robots.txt asks for."""
        asked = robotparser.crawl_delay(self._agent)
        if asked is None or not asked > self._crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return  # NaN, which some robots.txt say, is not more than anything
        host = urlsplit(request.url).hostname or ""
        if asked > self._longest:
            logger.warning("%s asks for a delay of %g s, CRAWL_DELAY_MAX is less", host, asked)
        self._delays[host] = min(asked, self._longest)
        logger.info("%s asks for %g s between two requests", host, asked)
        settings = {"delay": self._delays[host], "jitter": 0.0, "concurrency": 1}
        self._crawler.engine.downloader.per_slot_settings[host] = settings
        self._hold(host)

    def keep(self, response: Response, request: Request) -> None:
        """Take back what AutoThrottle may have shortened."""
        self._hold(request.meta.get("download_slot", ""))

    def _hold(self, host: str) -> None:
        slot = self._crawler.engine.downloader.slots.get(host)
        if slot is not None and host in self._delays:
            slot.delay = max(slot.delay, self._delays[host])
            slot.jitter = 0.0  # it would go below the delay half of the time
