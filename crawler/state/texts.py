"""Moments and other text, as the database keeps them.

Times are ISO 8601 text, for SQLite keeps no time zone. What is compared is in UTC, to the second.
"""

import datetime as dt

from cleaners.article import Moment


def as_text(moment: Moment | None) -> str:
    """Return *moment* in its own zone; empty for None."""
    return moment.isoformat() if moment else ""


def from_text(text: str) -> Moment | None:
    """Return what `as_text` or `in_utc` wrote."""
    if not text:
        return None
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


def in_utc(moment: Moment | None) -> str:
    """Return *moment* so that a later one sorts later; a day counts as its beginning in UTC."""
    if moment is None:
        return ""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(), dt.UTC)
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def time_of(text: str) -> dt.datetime | None:
    """Return the time that `in_utc` wrote."""
    return dt.datetime.fromisoformat(text) if text else None


def now() -> str:
    """Return the present time."""
    return in_utc(dt.datetime.now(dt.UTC))


def plain(text: str) -> str:
    """Return *text* as every database takes it: PostgreSQL has no NUL, none has half a pair."""
    return text.replace("\0", "").encode(errors="replace").decode()
