"""Read the dates that feeds and sitemaps print."""

import datetime as dt
from email.utils import parsedate_to_datetime

from cleaners.article import Moment


def moment(text: str) -> Moment | None:
    """Read an ISO 8601 or RFC 822 date; None where it is neither or has no day.

    A time without a zone says little about the moment: only its day is kept.
    """
    text = text.strip()
    for read in (_iso, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found if found.tzinfo else found.date()
    return None


def _iso(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def day(found: Moment) -> dt.date:
    """Return the day of *found* in its own zone."""
    return found.date() if isinstance(found, dt.datetime) else found


def instant(found: Moment | None) -> float:
    """Return a number to sort by: later is greater, no date the least; a day counts as its end."""
    if found is None:
        return float("-inf")
    if isinstance(found, dt.datetime):
        return found.timestamp()
    return dt.datetime.combine(found, dt.time.max, dt.UTC).timestamp()
