"""Keep what a server says from moving the cursor, or from writing lines of its own into the log."""

import logging
import re
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)
"""Also what turns the direction of writing or is not seen; a tabulator does no harm."""

LINE_END = "\n"
MARGIN = "\n    "
"""Begins each further line of a record, so that none looks like a record of its own."""

_tracebacks = logging.Formatter()


class PlainRecords(logging.Filter):
    """Escape control characters in the message and the traceback of every record.

    A line end is one of them where it comes with an argument; those that Scrapy itself puts into
    a message stay, with a margin behind them.
    """

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
        if LINE_END in message and LINE_END not in str(record.msg):
            message = message.replace(LINE_END, r"\n")
        record.msg, record.args = plain(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = plain(_tracebacks.formatException(record.exc_info))
        return True


def plain(text: str) -> str:
    """Return *text* with control characters escaped and its lines behind a margin."""
    escaped = CONTROL.sub(lambda found: repr(found[0])[1:-1], text)
    return escaped.rstrip(LINE_END).replace(LINE_END, MARGIN)
