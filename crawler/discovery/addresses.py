"""Addresses: made clean, told apart, read for what they say."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.tracking import without_session, without_tracking

if TYPE_CHECKING:
    from tldextract import TLDExtract

MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_.-]?(?P<month>0[1-9]|1[0-2])(?!\d)")

MAX_LENGTH = 2048
MAX_SEGMENTS = 20
MAX_REPEATS = 3  # of one segment: /a/b/a/b/a/b/… is a calendar or a broken relative link

DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:(?P<sep>[/_.-])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)(?!\d)|(?P<digits>\d{4}))"
)
"""The second form may go on: Sputnik writes the day and a number, ``202104061082554961``."""


def clean_address(found: str, base: str = "") -> str:
    """Return *found* as one asks for it: absolute, without fragment and tracking parameters.

    Empty for what is no address of a page: nothing, another scheme, no host, credentials, a trap.
    """
    if not found.strip():
        return ""
    try:
        address = safe_url_string(urljoin(base, found.strip()))
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # [::1, a port of 99999, a broken host name
        return ""
    if not usable or "@" in parts.netloc or len(address) > MAX_LENGTH or _is_trap(parts.path):
        return ""
    path, query = without_session(parts.path), without_tracking(parts.query)
    return parts._replace(path=path, query=query, fragment="").geturl()


def host(address: str) -> str:
    """Return the host name of *address*, in lower case."""
    return urlsplit(address).hostname or ""


def is_on(address: str, domains: Collection[str]) -> bool:
    """Whether *address* is on one of *domains* or below; without domains, any is."""
    name = host(address)
    return not domains or any(name == domain or name.endswith(f".{domain}") for domain in domains)


@cache
def registered_domain(name: str) -> str:
    """Return the part of a host name that one can buy: ``bbc.co.uk`` for ``www.bbc.co.uk``.

    A host without a public suffix, such as an IP address, stays as it is.
    """
    return _extractor()(name).top_domain_under_public_suffix or name


@cache
def _extractor() -> "TLDExtract":
    # requests comes with it, a tenth of a second for commands and processes that ask no site
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def day_in(address: str) -> dt.date | None:
    """Return the day in the path, as in ``/2026/11/03/`` or ``/20261103/``; None without one."""
    for found in DAY.finditer(urlsplit(address).path):
        month, number = found["month"], found["day"]
        if found["digits"]:
            month, number = found["digits"][:2], found["digits"][2:]
        try:
            return dt.date(int(found["year"]), int(month), int(number))
        except ValueError:
            continue
    return None


def month_in(address: str) -> dt.date | None:
    """Return the last day of the month in the path, as in ``sitemap-2025-11.xml``; else None."""
    found = MONTH.search(urlsplit(address).path)
    if found is None:
        return None
    year, month = int(found["year"]), int(found["month"])
    return dt.date(year, month, monthrange(year, month)[1])


def _is_trap(path: str) -> bool:
    segments = [segment for segment in path.split("/") if segment]
    repeats = max((segments.count(segment) for segment in set(segments)), default=0)
    return len(segments) > MAX_SEGMENTS or repeats > MAX_REPEATS
