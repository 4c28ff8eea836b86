"""What each host was asked in one crawl, and whether it answered."""

import logging
from collections import Counter
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.addresses import server_of

logger = logging.getLogger(__name__)

UNAVAILABLE = frozenset({502, 503, 504, *range(520, 528), 530})
"""Statuses of a server that is not there, most of them of the proxy before it."""


class HostDownError(IgnoreRequest):
    """A host gave no answer too often in a row; the message names the URL."""


class BlockedError(IgnoreRequest):
    """A server refused too many requests in a row; the message names the URL."""


class HostBudgetError(IgnoreRequest):
    """A host was asked as often as one crawl may; the message names the URL."""


class Hosts:
    """Counts by host and port.

    A host that gives no answer ``HOST_FAILURES`` times in a row, and one that was asked
    ``HOST_BUDGET`` times, are asked nothing more in this crawl. 0 is no limit.
    """

    def __init__(self, *, budget: int, failures: int) -> None:
        self._budget = budget
        self._failures = failures
        self._asked: Counter[str] = Counter()
        self._silent: Counter[str] = Counter()
        self._refusing: dict[str, int] = {}

    def check(self, request: Request) -> None:
        """Let *request* pass or raise.

        Raises:
            BlockedError: its host refuses every request.
            HostDownError: its host is down.
            HostBudgetError: its host was asked enough.
        """
        server = server_of(request.url)
        if server in self._refusing:
            times = f"{self._refusing[server]} requests in a row"
            raise BlockedError(f"{server} refused {times}: {request.url}")
        if 0 < self._failures <= self._silent[server]:
            times = f"{self._failures} times in a row"
            raise HostDownError(f"{server} did not answer {times}: {request.url}")
        if 0 < self._budget <= self._asked[server]:
            raise HostBudgetError(f"{server} was asked {self._budget} times: {request.url}")

    def leave(self, request: Request, refusals: int) -> None:
        """Ask the host nothing more: it refused so many requests in a row."""
        server = server_of(request.url)
        self._refusing[server] = refusals
        logger.warning("%s refuses every request: it is asked nothing more", server)

    def note_request(self, request: Request) -> None:
        """Count a request that is sent."""
        server = server_of(request.url)
        self._asked[server] += 1
        if self._asked[server] == self._budget:
            logger.warning("%s was asked %d times: it is asked nothing more", server, self._budget)

    def note_answer(self, request: Request, status: int) -> None:
        """Note that the host answered; with some statuses that is no answer."""
        if status in UNAVAILABLE:
            self.note_silence(request)
        else:
            del self._silent[server_of(request.url)]

    def note_silence(self, request: Request) -> None:
        """Count that the host gave no answer: no address, no connection, nothing in time."""
        server = server_of(request.url)
        self._silent[server] += 1
        if self._silent[server] == self._failures:
            logger.warning("%s does not answer: it is asked nothing more", server)


_OF: WeakKeyDictionary[Crawler, Hosts] = WeakKeyDictionary()


def hosts_of(crawler: Crawler) -> Hosts:
    """Return the counts of a crawl."""
    if crawler not in _OF:
        settings = crawler.settings
        budget, failures = settings.getint("HOST_BUDGET"), settings.getint("HOST_FAILURES")
        _OF[crawler] = Hosts(budget=budget, failures=failures)
    return _OF[crawler]
