"""Tell internal network addresses from those of the internet."""

import ipaddress
import socket

DEFAULT_PORTS = {"http": 80, "https": 443}

LOCAL_NAMES = {"localhost", "local", "internal", "lan", "home", "corp", "intranet", "localdomain"}
"""Last labels of names that only a private network gives out."""


def is_internal(host: str) -> bool:
    """Whether *host* is a name or a literal address, in any notation, inside a private network."""
    name = host.strip("[]").rstrip(".").lower()
    found = literal(name)
    if found is not None:
        return not is_global(found)
    return name.rpartition(".")[-1] in LOCAL_NAMES


def literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address that *host* spells out; None for a name.

    ``127.1``, ``0x7f000001``, ``2130706433`` and ``0177.0.0.1`` are the same address as 127.0.0.1.
    """
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return None


def is_global(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether *found* is on the internet, as is an IPv4 address that it may wrap."""
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if not inner and int(found) >> 32 in {0, NAT64 >> 32}:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if inner and not inner.is_global:
            return False
    return found.is_global and not found.is_multicast


NAT64 = int(ipaddress.IPv6Address("64:ff9b::"))
