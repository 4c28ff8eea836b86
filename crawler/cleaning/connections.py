"""Connections that lead where the guard of a crawl lets them lead, redirects and names too."""

import ipaddress
import socket
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from crawler.addresses import Address, is_global
from crawler.guard import AddressGuard


class PeerError(Exception):
    """A name led to an internal address, which is the first argument."""


class GuardedAdapter(HTTPAdapter):
    """Looks at the address of every request, and at the server that it leads to.

    A proxy is the operator's own choice: what it answers for is not seen here.
    """

    def __init__(self, guard: AddressGuard) -> None:
        super().__init__()
        self._guard = guard

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        """Send *request*, if it may be sent.

        Raises:
            NotWebError: it is none of the web's, as `AddressGuard.check` has it.
            PortError: no web server is expected at its port.
            InternalAddressError: it leads inside a private network.
        """
        address = request.url or ""
        self._guard.check(address)
        try:
            return super().send(request, *args, **options)
        except PeerError as error:
            self._guard.check_peer(error.args[0], address)
            raise

    def get_connection_with_tls_context(
        self, request: PreparedRequest, *args: Any, **options: Any
    ) -> HTTPConnectionPool:
        """Return the connections for *request*, to public servers where it is no exception."""
        pool = super().get_connection_with_tls_context(request, *args, **options)
        if not isinstance(pool, HTTPConnectionPool):
            raise TypeError(f"no connections of HTTP: {pool}")
        if pool.proxy is None and not self._guard.allows(request.url or ""):
            is_secure = isinstance(pool, HTTPSConnectionPool)
            pool.ConnectionCls = PublicHTTPSConnection if is_secure else PublicHTTPConnection
        return pool


class PublicHTTPConnection(HTTPConnection):
    """Is closed before a byte is sent where it leads to an internal address."""

    def _new_conn(self) -> socket.socket:
        return public(super()._new_conn())


class PublicHTTPSConnection(HTTPSConnection):
    """The same with TLS."""

    def _new_conn(self) -> socket.socket:
        return public(super()._new_conn())


def public(connection: socket.socket) -> socket.socket:
    """Return *connection*, which leads to the internet.

    Raises:
        PeerError: it does not, and is closed.
    """
    peer: Address = ipaddress.ip_address(connection.getpeername()[0].partition("%")[0])
    if is_global(peer):
        return connection
    connection.close()
    raise PeerError(peer)
