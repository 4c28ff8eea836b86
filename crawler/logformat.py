"""Scrapy's log messages about items, in one line each."""

import logging
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class OneLineFormatter(LogFormatter):
    """Say what became of a page without repeating the page."""

    def __init__(self, level: int = logging.DEBUG) -> None:
        self._tells_all = level <= logging.DEBUG

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the level of the log from the settings."""
        handler = logging.Handler(crawler.settings["LOG_LEVEL"])  # which knows levels by name too
        return cls(handler.level)

    def crawled(  # type: ignore[override]  # Scrapy takes None for silence, but does not type it
        self, request: Request, response: Response, spider: Spider
    ) -> LogFormatterResult | None:
        """Say what came where anybody reads it: Scrapy makes a record of the line all the same."""
        return super().crawled(request, response, spider) if self._tells_all else None

    def scraped(
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Name the file that was written."""
        path = item.get("path", item) if isinstance(item, dict) else item
        return {"level": logging.INFO, "msg": "wrote %(path)s", "args": {"path": path}}

    def dropped(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        """Say why a page was dropped; the reason names its address."""
        result = super().dropped(item, exception, response, spider)
        return {**result, "msg": "%(exception)s", "args": {"exception": exception}}
