"""Read the arguments that every spider takes: ``scrapy crawl NAME -a since=2026-11-01``."""

import datetime as dt
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.discovery.addresses import clean_address
from crawler.errors import ArgumentError

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
BETWEEN_ADDRESSES = re.compile(r"\s+|,(?=\s*https?://)")  # an address may hold a comma
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What a run is asked to do."""

    since: dt.date | None = None
    """First day of publication; None: no bound."""

    until: dt.date | None = None
    """Last day of publication; None: no bound."""

    limit: int | None = None
    """Articles to write; None: all."""

    refetch: bool = False
    """Whether pages that earlier runs finished are fetched again."""

    urls: tuple[str, ...] = ()
    """Pages that the user names."""


def read_arguments(given: Mapping[str, str]) -> Arguments:
    """Read the arguments that all spiders share.

    Raises:
        ArgumentError: one of them cannot be used, or is unknown.
    """
    unknown = set(given) - {"since", "until", "limit", "refetch", "urls"}
    if unknown:
        raise ArgumentError(f"{min(unknown)}: there is no such argument")
    since, until = (day_of(name, given.get(name, "")) for name in ("since", "until"))
    if since and until and since > until:
        raise ArgumentError(f"since: {since} is after until, {until}")
    return Arguments(
        since=since,
        until=until,
        limit=_limit(given),
        refetch=yes_or_no("refetch", given.get("refetch", "")),
        urls=_urls(given.get("urls", "")),
    )


def day_of(name: str, value: str) -> dt.date | None:
    """Return the day in *value*; None for an empty one.

    Raises:
        ArgumentError: it is none; the message begins with *name*.
    """
    if not value:
        return None
    try:
        if DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ArgumentError(f"{name}: {error}: {value}") from error
    raise ArgumentError(f"{name}: not a day, such as 2026-11-03: {value}")


def yes_or_no(name: str, value: str) -> bool:
    """Return what *value* says; an empty one says no.

    Raises:
        ArgumentError: it says neither; the message begins with *name*.
    """
    if value.lower() not in YES | NO:
        raise ArgumentError(f"{name}: neither yes nor no: {value}")
    return value.lower() in YES


def addresses(name: str, value: str) -> tuple[str, ...]:
    """Split *value* into addresses, which stand between white space or commas.

    Raises:
        ArgumentError: one of them is no address of the web.
    """
    return tuple(address(name, part) for part in BETWEEN_ADDRESSES.split(value.strip()) if part)


def address(name: str, value: str) -> str:
    """Return the address in *value*.

    Raises:
        ArgumentError: it is none; the message begins with *name*.
    """
    found = clean_address(value)
    if not found:
        raise ArgumentError(f"{name}: not a web address, such as https://example.com: {value}")
    return found


def _limit(given: Mapping[str, str]) -> int | None:
    value = given.get("limit", "")
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise ArgumentError(f"limit: not a number of articles, such as 50: {value}")
    return int(value)


def _urls(value: str) -> tuple[str, ...]:
    if value == "-":
        return _listed("standard input", sys.stdin.read())
    if value.startswith("@"):
        path = Path(value[1:])
        try:
            return _listed(str(path), path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise ArgumentError(f"urls: cannot read {path}: {error}") from error
    return addresses("urls", value)


def _listed(place: str, text: str) -> tuple[str, ...]:
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    found = tuple(
        address(f"urls: line {number} of {place}", line)
        for number, line in lines
        if line and not line.startswith("#")
    )
    if not found:
        raise ArgumentError(f"urls: no address in {place}")
    return found
