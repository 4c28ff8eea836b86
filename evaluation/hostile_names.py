"""A resolver that knows hostile names, each leading inside, and no other; it asks no server."""

from collections.abc import Sequence

from scrapy.resolver import dnscache
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawler.addresses import literal
from crawler.resolver import PublicResolver

NAMES = {
    "rebound.hostile.example": "127.0.0.1",
    "metadata.hostile.example": "169.254.169.254",
    "ten.hostile.example": "10.0.0.1",
    "carrier.hostile.example": "100.64.0.1",
}


class HostileResolver(PublicResolver):
    """The project's resolver, in a world where only `NAMES` have an address."""

    def getHostByName(  # noqa: N802  # the name is Twisted's
        self, name: str, timeout: Sequence[int] = ()
    ) -> defer.Deferred[str]:
        """Return the address of a name, by way of the cache that the resolver has."""
        if name in NAMES:
            dnscache[name] = NAMES[name]
        elif literal(name) is None:
            return defer.fail(DNSLookupError(name))
        return super().getHostByName(name, timeout)
