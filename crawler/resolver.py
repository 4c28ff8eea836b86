"""Look up names, but never find a server inside a private network.

Twisted connects to exactly the address that this resolver gives out, so a name that changes its
address between two look-ups (DNS rebinding) gets no further than one that never does.
"""

from collections.abc import Collection, Sequence
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.addresses import is_global, literal


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver without the internal addresses.

    Exceptions are the hosts of ``ALLOW_INTERNAL``, and proxies, which are the operator's own
    choice. Their ports are looked at where requests are.

    Attributes:
        refused: the internal address of each name that was refused. Twisted drops the message of
            the error on its way to the request, so the download handler looks it up here.
    """

    def __init__(
        self,
        reactor: ReactorBase,
        cache_size: int,
        timeout: float,
        allowed: Collection[str] = (),
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.refused: dict[str, str] = {}
        self._allowed = frozenset(allowed)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Take the exceptions from the setting ``ALLOW_INTERNAL``."""
        settings = crawler.settings
        servers = settings.getlist("ALLOW_INTERNAL")
        named = {server.rpartition(":")[0].strip("[]").lower() for server in servers}
        size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, size, settings.getfloat("DNS_TIMEOUT"), named | proxies())

    def getHostByName(  # noqa: N802  # the name is Twisted's
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        """Return the address of *name*; it fails with `DNSLookupError` where it is internal."""
        found = super().getHostByName(name, timeout)
        found.addCallback(self._only_public, name)
        return found

    def _only_public(self, address: str, name: str) -> str:
        found = literal(address)
        if name.lower() in self._allowed or (found is not None and is_global(found)):
            return address
        self.refused[name.lower()] = address
        raise DNSLookupError(f"{name} is {address}, an internal address")


def proxies() -> set[str]:
    """Return the hosts of the proxies that requests may go through."""
    hosts = (urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname
             for proxy in getproxies().values())  # fmt: skip
    return {host for host in hosts if host}
