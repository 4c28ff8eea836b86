"""When a crawl is due: every so often, or at the times of a crontab. Pure: the clock is given."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

FIELDS = 5  # of a crontab: minute, hour, day of month, month, day of week
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
SPAN = re.compile(r"(\d{1,6})\s*([smhdw])")
SHORTHANDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}

SET_BACK = dt.timedelta(minutes=1)
"""How far ahead of the clock a start may lie before it means that the clock was set back."""


@dataclass(frozen=True, slots=True)
class Every:
    """Due in equal steps, counted from the first start."""

    step: dt.timedelta

    def following(self, moment: dt.datetime) -> dt.datetime:
        """Return the next time after *moment*, which is one of the times itself."""
        return moment + self.step

    def latest(self, moment: dt.datetime, now: dt.datetime) -> dt.datetime:
        """Return the last time up to *now*: the steps keep their pace, however late one begins."""
        return moment + (now - moment) // self.step * self.step


@dataclass(frozen=True, slots=True)
class Cron:
    """Due at the times of a crontab's five fields, as the clocks in *zone* show them.

    What lies in the hour that a clock skips in spring is due right after it; what lies in the
    hour that it repeats in autumn is due the first time alone. Where the hour is ``*`` every
    hour that passes counts, as in cron.

    Raises:
        ValueError: it is no expression of a crontab, or never comes.
    """

    expression: str
    zone: ZoneInfo
    _fields: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fields", _fields(self.expression))
        try:
            self.following(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        except (CronSimError, StopIteration) as error:
            raise ValueError(str(error) or "it never comes") from error

    @property
    def minutes(self) -> frozenset[int]:
        """Minutes of the hour at which it may be due."""
        return frozenset(CronSim(self._fields, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).minutes)

    def following(self, moment: dt.datetime) -> dt.datetime:
        """Return the next time after *moment*, in UTC."""
        return _following(self._fields, self.zone, moment)

    def latest(self, moment: dt.datetime, now: dt.datetime) -> dt.datetime:
        """Return *now*, from which the next time is the same as from the last one before it."""
        return now


@dataclass(frozen=True, slots=True)
class Once:
    """Due a single time."""

    def following(self, moment: dt.datetime) -> dt.datetime:
        """Return the end of time."""
        return dt.datetime.max.replace(tzinfo=moment.tzinfo)

    def latest(self, moment: dt.datetime, now: dt.datetime) -> dt.datetime:
        """Return *now*."""
        return now


Rule = Every | Cron | Once


def due(rule: Rule, last: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """Return the time for which a crawl is to start *now*; None where it is not due.

    *last* is what this function returned for the last start, None before the first one, which
    is due at once. Times that passed in the meantime, by a sleep or a downtime, are due once
    together. A last start in the future means that the clock was set back: it is forgotten.
    """
    if last is None or last > now + SET_BACK:
        return now
    return rule.latest(last, now) if rule.following(last) <= now else None


def span(text: str) -> dt.timedelta:
    """Read a length of time such as ``90s``, ``30m``, ``6h``, ``1d`` or ``2w``.

    Raises:
        ValueError: it is none, or it is zero.
    """
    found = SPAN.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise ValueError(f"no length of time, such as 30m, 6h or 1d: {text}")
    return dt.timedelta(seconds=int(found[1]) * SECONDS[found[2]])


def _fields(expression: str) -> str:
    fields = SHORTHANDS.get(expression.strip().lower(), expression).split()
    if len(fields) != FIELDS:
        raise ValueError(f"{len(fields)} fields, not {FIELDS}: minute hour day month weekday")
    minute, hour, *days = fields
    if hour != "*":
        # cronsim, like Debian's cron, lets an entry with a star pass over a change of the clocks:
        # */15 2 would be lost in spring and come twice in autumn
        minute = _without_star(minute, "0-59")
        hour = _without_star(hour, "0-23")
    return " ".join((minute, hour, *days))


def _without_star(one: str, whole: str) -> str:
    return ",".join(re.sub(r"^\*", whole, part) for part in one.split(","))


@lru_cache(maxsize=1024)
def _following(fields: str, zone: ZoneInfo, moment: dt.datetime) -> dt.datetime:
    # within the hour that is repeated, cronsim may give a time of its first pass again
    found = (time.astimezone(dt.UTC) for time in CronSim(fields, moment.astimezone(zone)))
    return next(time for time in found if time > moment)
