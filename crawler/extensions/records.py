"""Keep control characters out of the log: a page's title must not move the cursor."""

import logging
import re
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Also what turns the direction of writing; line feed and tabulator are Scrapy's own."""


class PlainRecords(logging.Filter):
    """Escape control characters in the message of every record."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Filter Scrapy's handler once it stands in its final form."""
        records = cls()
        crawler.signals.connect(records.install, signals.spider_opened)
        return records

    def install(self) -> None:
        """Add the filter to the handler that writes the log; without one there is no log."""
        handler = get_scrapy_root_handler()
        if handler is not None:
            handler.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Escape the message; every record passes."""
        message = record.getMessage()
        escaped = CONTROL.sub(lambda found: repr(found[0])[1:-1], message)
        if escaped != message:
            record.msg, record.args = escaped, None
        return True
