"""Dates as pages print them, with time and zone where the page has them."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from unicodedata import decimal
from zoneinfo import ZoneInfo

from cleaners.article import Moment
from cleaners.datewords import read_words

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
YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?: ?[年년/.] ?|оны )(\d{1,2})"
    r"(?: ?[月월/.] ?|-р сарын )(\d{1,2})(?!\d)"
)
VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2}) (?:tháng|thg) (\d{1,2}),? (?:năm )?((?:19|20)\d{2})(?!\d)", re.IGNORECASE
)
CLOCK = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])[:.h时時]([0-5]\d)(?::[0-5]\d)?(?!\d|\.\d)\s*(a\.?m\.?|p\.?m\.?)?",
    re.IGNORECASE,
)
ZONES = {
    "UTC": "UTC", "GMT": "UTC", "Z": "UTC", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
    "MEZ": "+01:00", "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "WET": "+00:00",
    "WEST": "+01:00", "MSK": "+03:00", "SAST": "+02:00", "WAT": "+01:00", "EAT": "+03:00",
    "IST": "+05:30", "PKT": "+05:00", "SGT": "+08:00", "HKT": "+08:00", "JST": "+09:00",
    "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00",
    "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "ET": "America/New_York",
    "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip
"""Zones that news sites print behind a time; an abbreviation of several means the commonest."""

ZONE_REACH = 12  # characters behind a time: "10:15 Uhr (MEZ)"
ZONE = re.compile(rf"\b(?:{'|'.join(ZONES)})\b")
JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) ([A-Z]{3,4}) (\d{4})$")
EPOCH = re.compile(r"1\d{9}(?:\d{3})?$")
IN_URL = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d{1,3}(?:\D|$))"
)
NAMED_IN_URL = re.compile(r"(?<=/)(?:19|20)\d{2}/[a-z]{3,9}/\d{1,2}(?=/)")
YEAR_LAST_IN_URL = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01])([-_.])(0[1-9]|1[0-2])\2(20\d{2})(?!\d)"
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
    if not text.isascii():
        text = "".join(str(decimal(char)) if char.isdecimal() else char for char in text)
    found = parse_iso(text, zone) or parse_mail(text) or parse_numbers(text, zone, language)
    return found or parse_words(text, zone, language)


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
    """Read RFC 2822, as feeds and some meta elements have it, and what Java prints."""
    java = JAVA.match(text)
    if java and ZONES.get(java[4], "")[:1] in {"+", "-"}:
        text = f"{java[2]} {java[1]} {java[5]} {java[3]} {ZONES[java[4]].replace(':', '')}"
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def parse_numbers(text: str, zone: str, language: str) -> Moment | None:
    """Read ``06.04.2021 14:53`` and ``2021年4月6日``; month first in American English only."""
    year_first = YEAR_FIRST.search(text)
    found = year_first or DOTTED.search(text) or VIETNAMESE.search(text)
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


def parse_words(text: str, zone: str, language: str) -> Moment | None:
    """Read a date that names its month, in the page's language or in any."""
    clock = CLOCK.search(text)
    rest = text if clock is None else f"{text[: clock.start()]} {text[clock.end() :]}"
    day = read_words(rest, language.partition("-")[0].lower())
    if day is None:
        return None
    hour, minute = read_clock(clock) if clock else (None, None)
    stated = ZONE.search(text, clock.end(), clock.end() + ZONE_REACH) if clock else None
    offset = ZONES[stated[0]] if stated else ""
    return build((str(day.year), str(day.month), str(day.day), hour, minute, offset), zone)


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
    if "/" in offset:
        return localise(dt.datetime.combine(date, time, ZoneInfo(offset)), zone)
    if offset in {"Z", "UTC", "GMT"}:
        return localise(dt.datetime.combine(date, time, dt.UTC), zone)
    sign = -1 if offset[0] == "-" else 1
    delta = sign * dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return localise(dt.datetime.combine(date, time, dt.timezone(delta)), zone)


def localise(moment: dt.datetime, zone: str) -> dt.datetime:
    """Return *moment* in the publisher's zone where that is known."""
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def date_in_url(url: str) -> dt.date | None:
    """Return the day in the path of *url*, such as ``/2021/04/06/`` or ``/202104061082554961-``.

    Also ``/2021/apr/06/`` and, as no other order has its year last, ``/06-04-2021``.
    """
    path = url.partition("?")[0].partition("#")[0]
    for found in IN_URL.finditer(path):
        year, month, day = found[1], found[3], found[4]
        moment = build((year, month, day, None, None, None), "")
        if moment is not None and EARLIEST <= day_of(moment) < LATEST:
            return day_of(moment)
    named, last = NAMED_IN_URL.search(path), YEAR_LAST_IN_URL.search(path)
    if named is not None:
        return read_words(named[0], "en")
    moment = build((last[4], last[3], last[1], None, None, None), "") if last is not None else None
    return day_of(moment) if moment is not None else None


def day_of(moment: Moment) -> dt.date:
    """Return the day of *moment* in its own zone."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def is_possible(moment: Moment, fetched: dt.datetime | None) -> bool:
    """Whether a page fetched at *fetched* can have been published at *moment*."""
    latest = fetched.date() + SLACK if fetched is not None else LATEST
    return EARLIEST <= day_of(moment) <= latest
