"""Leave alone a host that does not answer, or that was asked enough."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.hosts import Hosts, hosts_of


class HostMiddleware:
    """Refuse requests to such hosts before they wait for their turn, a second each.

    Those that wait already are refused by `crawler.downloading`, which counts.
    """

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the limits from the settings ``HOST_BUDGET`` and ``HOST_FAILURES``."""
        return cls(hosts_of(crawler))

    def process_request(self, request: Request) -> None:
        """Let *request* pass or raise.

        Raises:
            HostDownError: its host is down.
            HostBudgetError: its host was asked enough.
        """
        self._hosts.check(request)
