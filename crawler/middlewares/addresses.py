"""Ask nothing of servers inside a private network, whatever a page or a feed names."""

from collections.abc import Collection
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.addresses import DEFAULT_PORTS, is_global, is_internal, server_of

MAX_LENGTH = 2048  # characters; Scrapy's URLLENGTH_LIMIT does not see where a redirect leads


class NotWebError(IgnoreRequest):
    """An address is none of the web's: another scheme, no host, credentials; it is named."""


class PortError(IgnoreRequest):
    """An address has a port on which no web server is expected; it is named."""

    def __init__(self, address: str, port: int) -> None:
        self.advice = f"allow it with -s ALLOW_PORTS={port}"
        super().__init__(f"port {port}: {address}; {self.advice}")


class InternalAddressError(IgnoreRequest):
    """An address is none of the internet's; the message names it and how to allow it."""

    def __init__(self, what: str, address: str) -> None:
        self.advice = f"allow it with -s ALLOW_INTERNAL={server_of(address)}"
        super().__init__(f"{what}: {address}; {self.advice}")


class AddressMiddleware:
    """Refuse requests to internal addresses, to odd ports and in schemes that are not the web's.

    Stands before the robots.txt middleware, which makes requests of its own, and sees redirects.
    The setting ``ALLOW_INTERNAL`` names servers, ``host:port``, that may be reached all the same;
    ``ALLOW_PORTS`` names ports of any server.
    """

    def __init__(self, allowed: frozenset[str], ports: Collection[int] = ()) -> None:
        self._allowed = allowed
        self._ports = {*DEFAULT_PORTS.values(), *ports}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the exceptions from the settings ``ALLOW_INTERNAL`` and ``ALLOW_PORTS``."""
        ports = map(int, crawler.settings.getlist("ALLOW_PORTS"))
        return cls(frozenset(crawler.settings.getlist("ALLOW_INTERNAL")), tuple(ports))

    def process_request(self, request: Request) -> None:
        """Let *request* pass or raise.

        Raises:
            NotWebError: it has another scheme, no host, credentials, or is too long.
            PortError: no web server is expected at its port.
            InternalAddressError: it must not be sent.
        """
        parts = urlsplit(request.url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
        if port is None or not parts.hostname or "@" in parts.netloc:
            raise NotWebError(f"not an address of the web: {request.url}")
        if len(request.url) > MAX_LENGTH:
            start = request.url[:MAX_LENGTH]
            raise NotWebError(f"an address of {len(request.url)} characters: {start}")
        if server_of(request.url) in self._allowed:
            return
        if is_internal(parts.hostname):
            raise InternalAddressError("an internal address", request.url)
        if port not in self._ports:
            raise PortError(request.url, port)


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
