"""Ask nothing of servers inside a private network, whatever a page or a feed names."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.guard import AddressGuard


class AddressMiddleware:
    """Refuses requests that the guard does not let pass.

    Stands before the robots.txt middleware, which makes requests of its own, and sees redirects.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the guard that the settings describe."""
        return cls(AddressGuard.of(crawler.settings))

    def process_request(self, request: Request) -> None:
        """Let *request* pass or raise, as `AddressGuard.check` has it."""
        self._guard.check(request.url)


class PeerMiddleware(AddressMiddleware):
    """Refuse responses that came from an internal address, whatever name led there."""

    def process_request(self, request: Request) -> None:
        """Let every *request* pass."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Let *response* pass or raise.

        A proxy is the operator's own choice: what it answers for is not seen here.

        Raises:
            InternalAddressError: an internal server sent it.
        """
        if response.ip_address is not None and "proxy" not in request.meta:
            self._guard.check_peer(response.ip_address, request.url)
        return response
