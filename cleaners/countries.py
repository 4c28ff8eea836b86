"""What the country of a domain says of its publisher."""

import datetime as dt
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from cleaners.registry import host_of

MIDNIGHT = dt.time(0)


def in_zone_of_country(moment: dt.datetime, url: str) -> dt.datetime:
    """Return *moment*, which is in UTC, in the zone of the country of *url* where it has one.

    Midnight stays: it is what a day without a time is written as.
    """
    zone = zone_of_country(url) if moment.time() != MIDNIGHT else None
    return moment.astimezone(zone) if zone is not None else moment


def zone_of_country(url: str) -> ZoneInfo | None:
    """Return the zone of the country of *url*; of one with several, the zone of its newspapers.

    None for a domain of no country, and for countries without such a zone.
    """
    domain = host_of(url).rpartition(".")[2]
    name = zones_of_countries().get(domain)
    return ZoneInfo(name) if name else None


@cache
def zones_of_countries() -> dict[str, str]:
    """Map the domains of countries to names of zones."""
    table = (files("cleaners") / "data" / "timezones.tsv").read_text(encoding="utf-8")
    return dict(row.split("\t") for row in table.splitlines()[1:])
