"""Dates as pages print them, with time and zone where the page has them."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import dateparser

from cleaners.article import Moment

EARLIEST = dt.date(1990, 1, 1)  # before the first news site
LATEST = dt.date(2100, 1, 1)  # only where the time of the fetch is unknown
SLACK = dt.timedelta(days=2)  # a page may be dated in a zone ahead of ours, or for tomorrow's paper

ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
COMPACT = re.compile(
    r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2})(?::?\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$"
)
DOTTED = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d{2})(?!\d)")
YEAR_FIRST = re.compile(r"((?:19|20)\d{2})[年/.](\d{1,2})[月/.](\d{1,2})日?")
CLOCK = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])[:.h时時]([0-5]\d)(?::[0-5]\d)?(?!\d|\.\d)\s*(a\.?m\.?|p\.?m\.?)?",
    re.IGNORECASE,
)
EPOCH = re.compile(r"1\d{9}(?:\d{3})?$")
IN_URL = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d{1,3}(?:\D|$))"
)
MONTH_FIRST_LANGUAGES = frozenset({"en-us", "en", "en_us"})


def parse_moment(text: str, *, zone: str = "", language: str = "") -> Moment | None:
    """Return the date that *text* states, with its time where a zone is stated or known.

    Args:
        text: ISO 8601, RFC 2822, an epoch, or a date as printed in *language*.
        zone: IANA name of the zone of times that are printed without one.
        language: what ``<html lang>`` says; decides the order of ``04/05/2021``.
    """
    text = text.strip()[:120]
    found = parse_iso(text, zone) or parse_mail(text) or parse_numbers(text, zone, language)
    return found or parse_printed(text, zone, language)


def parse_iso(text: str, zone: str) -> Moment | None:
    """Read ISO 8601 in the spellings found in the wild."""
    if EPOCH.match(text):
        return localise(dt.datetime.fromtimestamp(int(text[:10]), dt.UTC), zone)
    found = ISO.search(text)
    if found is None:
        compact = COMPACT.match(text)
        return build(compact.groups(), zone) if compact else None
    day, clock, offset = found.groups()
    try:
        date = dt.date.fromisoformat(day)
        if clock is None:
            return date
        time = dt.time.fromisoformat(clock.zfill(len(clock) + (clock[1] == ":")))
    except ValueError:
        return None
    return combine(date, time, offset or "", zone)


def parse_mail(text: str) -> Moment | None:
    """Read RFC 2822, as feeds and some meta elements have it."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def parse_numbers(text: str, zone: str, language: str) -> Moment | None:
    """Read ``06.04.2021 14:53`` and ``2021年4月6日``; month first in American English only."""
    year_first = YEAR_FIRST.search(text)
    found = year_first or DOTTED.search(text)
    if found is None:
        return None
    first, second, third = found.groups()
    year, month, day = (first, second, third) if year_first else (third, second, first)
    american = language.lower() in MONTH_FIRST_LANGUAGES and "/" in found[0]
    if year_first is None and (int(month) > 12 or (american and int(day) <= 12)):  # noqa: PLR2004 - months
        month, day = day, month
    clock = CLOCK.search(text[: found.start()] + " " + text[found.end() :])
    hour, minute = read_clock(clock) if clock else (None, None)
    return build((year, month, day, hour, minute, None), zone)


def parse_printed(text: str, zone: str, language: str) -> Moment | None:
    """Read a date printed in words, in the page's language or in any."""
    if not re.search(r"\d{4}", text):
        return None  # a day without its year would be guessed from today's
    languages = [language[:2].lower()] if language[:2].isalpha() else []
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    for choice in ([*languages, "en"] if languages else ["en"], None):
        try:
            moment = dateparser.parse(text, languages=choice, settings=settings)
        except ValueError:  # an unknown language code
            continue
        if moment is not None:
            clocked = CLOCK.search(text) is not None
            if moment.tzinfo is not None and clocked:
                return moment
            return combine(moment.date(), moment.time() if clocked else None, "", zone)
    return None


def read_clock(clock: re.Match[str]) -> tuple[str, str]:
    """Return hour and minute on the 24-hour clock."""
    hour, half = int(clock[1]), (clock[3] or "").lower().replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return str(hour), clock[2]


def build(parts: tuple[str | None, ...], zone: str) -> Moment | None:
    """Make a moment of year, month, day, hour, minute and offset; None where impossible."""
    year, month, day, hour, minute, offset = parts
    try:
        date = dt.date(int(year or 0), int(month or 0), int(day or 0))
        time = dt.time(int(hour), int(minute or 0)) if hour else None
    except ValueError:
        return None
    return combine(date, time, offset or "", zone)


def combine(date: dt.date, time: dt.time | None, offset: str, zone: str) -> Moment:
    """Join day and time; without a zone the time is worth nothing, and the day stays."""
    if time is None or not (offset or zone):
        return date
    if not offset:
        return dt.datetime.combine(date, time, ZoneInfo(zone))
    if offset in {"Z", "UTC", "GMT"}:
        return localise(dt.datetime.combine(date, time, dt.UTC), zone)
    sign = -1 if offset[0] == "-" else 1
    delta = sign * dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return localise(dt.datetime.combine(date, time, dt.timezone(delta)), zone)


def localise(moment: dt.datetime, zone: str) -> dt.datetime:
    """Return *moment* in the publisher's zone where that is known."""
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def date_in_url(url: str) -> dt.date | None:
    """Return the day in the path of *url*, such as ``/2021/04/06/`` or ``/202104061082554961-``."""
    path = url.partition("?")[0].partition("#")[0]
    for found in IN_URL.finditer(path):
        moment = build((found[1], found[3], found[4], None, None, None), "")
        if moment is not None and EARLIEST <= day_of(moment) < LATEST:
            return day_of(moment)
    return None


def day_of(moment: Moment) -> dt.date:
    """Return the day of *moment* in its own zone."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def is_possible(moment: Moment, fetched: dt.datetime | None) -> bool:
    """Whether a page fetched at *fetched* can have been published at *moment*."""
    latest = fetched.date() + SLACK if fetched is not None else LATEST
    return EARLIEST <= day_of(moment) <= latest
