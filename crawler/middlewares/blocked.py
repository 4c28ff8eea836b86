"""Stop asking a server that does not want to be asked, and wait as long as it says."""

import datetime as dt
from collections import Counter
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.addresses import server_of
from crawler.hosts import hosts_of

BLOCKING = {401, 403, 407, 429, 451}
WAITING = {429, 503}  # statuses that come with Retry-After


class BlockedMiddleware:
    """Have a host left alone after ``BLOCKED_LIMIT`` refusals in a row.

    ``Retry-After``, which Scrapy never reads, becomes the delay between requests, up to
    ``AUTOTHROTTLE_MAX_DELAY``; AutoThrottle shortens it again when pages come.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._limit = crawler.settings.getint("BLOCKED_LIMIT")
        self._longest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._refusals: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the limits from the settings."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Count refusals and note how long to wait."""
        host = server_of(request.url)
        if response.status in BLOCKING:
            self._refusals[host] += 1
            if self._refusals[host] == self._limit:
                hosts_of(self.crawler).leave(request, self._limit)
        elif urlsplit(request.url).path != "/robots.txt":
            del self._refusals[host]
        if response.status in WAITING:
            self._wait(request, response)
        return response

    def _wait(self, request: Request, response: Response) -> None:
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        seconds = min(retry_after(header, dt.datetime.now(dt.UTC)), self._longest)
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is not None and seconds > slot.delay:
            slot.delay = seconds


def retry_after(header: str, now: dt.datetime) -> float:
    """Return the seconds that a ``Retry-After`` asks for; 0 where it says nothing."""
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):  # a year of twenty digits, found by fuzzing
        return 0.0
    zone = moment.tzinfo or dt.UTC
    return max(0.0, (moment.replace(tzinfo=zone) - now).total_seconds())
