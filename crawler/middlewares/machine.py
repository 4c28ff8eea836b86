"""A request that failed for want of something on this machine, and not because of a server."""

import os
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from twisted.internet.error import ConnectBindError

from crawler.errors import MachineError
from crawler.storage import end_crawl


class MachineMiddleware:
    """Ends the crawl where no connection can be made at all; its pages wait for the next."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Remember the crawl to be ended."""
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Take no connection for the machine's fault where not even a socket was to be had.

        Raises:
            MachineError: it was so.
        """
        if isinstance(exception, ConnectBindError):
            why = os.strerror(exception.osError) if exception.osError else str(exception)
            error = MachineError(f"no connection can be opened: {why}")
            end_crawl(self._crawler, error)
            raise error from exception
