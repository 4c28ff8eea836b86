"""Run a command that runs Scrapy, with a clock that is wrong.

Called as ``python -m evaluation.shifted_clock DAYS AFTER COMMAND``. The clock is off by DAYS, which
may be negative, from AFTER seconds on. The time on the wall alone is shifted, as a wrong date of
the machine does it, and not the one that counts seconds.
"""

import datetime as dt
import sys
import time
from typing import Self

from scrapy.cmdline import execute

REAL = time.time


class Clock:
    """Tells by how much the time is off."""

    def __init__(self, days: float, after: float) -> None:
        self._shift = days * 86_400  # seconds of a day
        self._start = time.monotonic() + after

    def seconds(self) -> float:
        """Return the shift that holds now."""
        return self._shift if time.monotonic() >= self._start else 0.0


def shifted(clock: Clock) -> type[dt.datetime]:
    """Return `datetime` with a ``now`` that follows *clock*."""

    class Shifted(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Self:
            return cls.fromtimestamp(REAL() + clock.seconds(), tz)

    # by these an object travels to another process, where it is a plain one
    Shifted.__name__ = Shifted.__qualname__ = "datetime"
    Shifted.__module__ = "datetime"
    return Shifted


def main() -> None:
    """Shift the clock and hand over to Scrapy."""
    clock = Clock(float(sys.argv[1]), float(sys.argv[2]))
    dt.datetime = shifted(clock)  # type: ignore[misc]  # what everything looks up at its call
    time.time = lambda: REAL() + clock.seconds()
    arguments = sys.argv[sys.argv.index("scrapy") :]
    execute(arguments)


if __name__ == "__main__":
    main()
