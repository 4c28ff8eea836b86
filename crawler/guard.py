"""Which addresses may be asked: those of the internet, at the ports of the web, and exceptions."""

from collections.abc import Collection
from typing import Self
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.settings import BaseSettings

from crawler.addresses import DEFAULT_PORTS, Address, is_global, is_internal, server_of

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


class AddressGuard:
    """Refuses internal addresses, odd ports and schemes that are not the web's.

    The setting ``ALLOW_INTERNAL`` names servers, ``host:port``, that may be reached all the same;
    ``ALLOW_PORTS`` names ports of any server.
    """

    def __init__(self, allowed: frozenset[str] = frozenset(), ports: Collection[int] = ()) -> None:
        self._allowed = allowed
        self._ports = {*DEFAULT_PORTS.values(), *ports}

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Take the exceptions from the settings ``ALLOW_INTERNAL`` and ``ALLOW_PORTS``."""
        ports = map(int, settings.getlist("ALLOW_PORTS"))
        return cls(frozenset(settings.getlist("ALLOW_INTERNAL")), tuple(ports))

    def allows(self, address: str) -> bool:
        """Whether the server of *address* may be reached wherever it is."""
        return server_of(address) in self._allowed

    def check(self, address: str) -> None:
        """Let *address* pass or raise.

        Raises:
            NotWebError: it has another scheme, no host, credentials, or is too long.
            PortError: no web server is expected at its port.
            InternalAddressError: it must not be asked.
        """
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
        if port is None or not parts.hostname or "@" in parts.netloc:
            raise NotWebError(f"not an address of the web: {address}")
        if len(address) > MAX_LENGTH:
            start = address[:MAX_LENGTH]
            raise NotWebError(f"an address of {len(address)} characters: {start}")
        if self.allows(address):
            return
        if is_internal(parts.hostname):
            raise InternalAddressError("an internal address", address)
        if port not in self._ports:
            raise PortError(address, port)

    def check_peer(self, peer: Address, address: str) -> None:
        """Let the server that *address* led to pass or raise.

        Raises:
            InternalAddressError: it is internal, whatever its name.
        """
        if not is_global(peer) and not self.allows(address):
            raise InternalAddressError(f"{peer} answered, an internal address", address)
