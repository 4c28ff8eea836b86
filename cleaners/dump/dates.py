"""When a dump was published: its date line, its address, picture paths, a line of the page."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaners.article import Moment
from cleaners.dates import date_in_url, day_of, is_possible, parse_moment
from cleaners.dump.lines import Line

HEAD = re.compile(
    r"\s*date:?[ \t]+(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?"
    r"(?=\s|$)[ \t]*(?P<url>https?://\S+)?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S+")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif)\b", re.IGNORECASE)
HEX_PATH = re.compile(r"/(07[0-9a-f]{2})/(0[1-9a-c])/([01][0-9a-f])/")
PRINTED = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}年\d{1,2}月\d{1,2}日"
    r"|[^\W\d]{3,}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.)?(?: de)? [^\W\d]{3,}\.?(?: de)?,? \d{4}"
)
DATE_WORDS = 15  # a longer line with a date in it is a caption or a headline


@dataclass(frozen=True, slots=True)
class Head:
    """The line that a crawl put before a dump: ``date 2021-04-06 https://…``, in part or whole."""

    day: dt.date | None = None
    """None where there is no such line, where it states a month only, or an impossible day."""

    url: str = ""
    rest: str = ""
    """The dump without it."""


def read_head(text: str) -> Head:
    """Split the date line off *text*."""
    found = HEAD.match(text)
    if found is None:
        return Head(rest=text)
    try:
        day = dt.date(int(found["year"]), int(found["month"]), int(found["day"] or 0))
    except ValueError:
        day = None
    return Head(day, found["url"] or "", text[found.end() :])


def printed_address(lines: Iterable[Line]) -> str:
    """Return the first address on a line of its own that is no picture; empty without one."""
    found = (line.text for line in lines if ADDRESS.fullmatch(line.text))
    return next((address for address in found if not PICTURE.search(address)), "")


def date_dump(
    head: Head, url: str, around: Sequence[Line], fetched: dt.datetime | None
) -> tuple[Moment | None, str]:
    """Return the day of publication and where it was found: ``dump``, ``url``, ``page``.

    Args:
        head: the date line; it states what the crawl knew, and goes before all else.
        url: the address of the page, as given or printed.
        around: the lines about the headline, the likeliest first.
        fetched: time of the crawl, after which nothing was published.
    """
    for moment, source in (
        (head.day, "dump"),
        (date_in_url(url), "url"),
        (date_of_pictures(around), "url"),
        (printed_date(around), "page"),
    ):
        if moment is not None and is_possible(moment, fetched):
            return moment, source
    return None, ""


def date_of_pictures(lines: Iterable[Line]) -> dt.date | None:
    """Return the day in a picture's path, ``/img/07e5/04/06/``: year, month and day in hex."""
    for line in lines:
        found = HEX_PATH.search(line.text)
        if found:
            year, month, day = (int(part, 16) for part in found.groups())
            try:
                return dt.date(year, month, day)
            except ValueError:
                continue
    return None


def printed_date(lines: Iterable[Line]) -> dt.date | None:
    """Return the first day that *lines* print with its year."""
    for line in lines:
        found = PRINTED.search(line.text) if line.words <= DATE_WORDS else None
        moment = parse_moment(found[0]) if found else None
        if moment is not None:
            return day_of(moment)
    return None
