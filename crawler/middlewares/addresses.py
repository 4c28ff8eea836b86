"""Ask nothing of servers inside a private network, whatever a page or a feed names."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.addresses import DEFAULT_PORTS, is_global, is_internal


class NotWebError(IgnoreRequest):
    """An address is none of the web's: another scheme, no host, credentials; it is named."""


class InternalAddressError(IgnoreRequest):
    """An address is none of the internet's; the message names it and how to allow it."""

    def __init__(self, what: str, address: str) -> None:
        self.advice = f"allow it with -s ALLOW_INTERNAL={server_of(address)}"
        super().__init__(f"{what}: {address}; {self.advice}")


class AddressMiddleware:
    """Refuse requests to internal addresses and in other schemes than those of the web.

    Stands before the robots.txt middleware, which makes requests of its own, and sees redirects.
    The setting ``ALLOW_INTERNAL`` names servers, ``host:port``, that may be reached all the same.
    """

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the exceptions from the setting ``ALLOW_INTERNAL``."""
        return cls(frozenset(crawler.settings.getlist("ALLOW_INTERNAL")))

    def process_request(self, request: Request) -> None:
        """Let *request* pass or raise.

        Raises:
            NotWebError: it has another scheme, no host, or credentials.
            InternalAddressError: it must not be sent.
        """
        parts = urlsplit(request.url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
            raise NotWebError(f"not an address of the web: {request.url}")
        if is_internal(parts.hostname) and server_of(request.url) not in self._allowed:
            raise InternalAddressError("an internal address", request.url)


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
        peer = response.ip_address
        if peer is None or is_global(peer) or "proxy" in request.meta:
            return response
        if server_of(request.url) in self._allowed:
            return response
        raise InternalAddressError(f"{peer} answered, an internal address", request.url)


def server_of(address: str) -> str:
    """Return host and port of *address*: ``example.com:443``."""
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port or DEFAULT_PORTS.get(parts.scheme, 0)}"
