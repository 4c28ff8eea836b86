"""Scrapy's log messages about items, in one line each."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class OneLineFormatter(LogFormatter):
    """Say what became of a page without repeating the page."""

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
