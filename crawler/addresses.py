"""Tell internal network addresses from those of the internet."""

import ipaddress
import socket
import unicodedata
from urllib.parse import unquote, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}

LOCAL_NAMES = {"localhost", "local", "internal", "lan", "home", "corp", "intranet", "localdomain"}
"""Last labels of names that only a private network gives out."""

DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})
"""What IDNA takes for a full stop between two labels."""

UNICAST_6 = ipaddress.IPv6Network("2000::/3")
"""What is given out of IPv6 to the internet; all else is local, reserved or multicast."""

TO_4 = (
    ipaddress.IPv6Network("::ffff:0:0/96"),
    ipaddress.IPv6Network("64:ff9b::/96"),
    ipaddress.IPv6Network("::ffff:0:0:0/96"),
)
"""IPv6 addresses that stand for the IPv4 address in their last four bytes: mapped, NAT64, SIIT."""

RELAYS_4 = ipaddress.IPv4Network("192.88.99.0/24")
"""Given back in RFC 7526: where 6to4 still works, it leads to the nearest relay."""


def is_internal(host: str) -> bool:
    """Whether *host* is a name or a literal address, in any notation, inside a private network."""
    name = plain(host)
    found = literal(name)
    if found is not None:
        return not is_global(found)
    # no name of the internet is a single label: resolvers look for it in the local domain
    return "." not in name or name.rpartition(".")[-1] in LOCAL_NAMES


def plain(host: str) -> str:
    """Return *host* as resolvers read it: percent escapes, wide digits and dots undone."""
    name = unicodedata.normalize("NFKC", unquote(host)).translate(DOTS)
    visible = "".join(one for one in name if unicodedata.category(one) != "Cf")
    return visible.strip().strip("[]").rstrip(".").lower()


def literal(host: str) -> Address | None:
    """Return the address that *host* spells out; None for a name.

    ``127.1``, ``0x7f000001``, ``2130706433`` and ``0177.0.0.1`` are the same address as 127.0.0.1.
    """
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError, ValueError):
        return None


def is_global(found: Address) -> bool:
    """Whether *found* is on the internet, as is an IPv4 address that it may wrap."""
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not found.is_multicast and found not in RELAYS_4
    if any(found in network for network in TO_4):
        return is_global(ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF))
    inner = found.sixtofour or (found.teredo and found.teredo[1])
    if inner and not is_global(inner):
        return False
    return found in UNICAST_6 and found.is_global


def server_of(address: str) -> str:
    """Return host and port of *address*: ``example.com:443``.

    Raises:
        ValueError: the port is none.
    """
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port or DEFAULT_PORTS.get(parts.scheme, 0)}"
