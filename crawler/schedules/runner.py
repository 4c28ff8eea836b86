"""Start what is due, one process a site; end what takes too long; note what became of each."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.schedules.entry import Entry
from crawler.schedules.history import History
from crawler.schedules.process import Crawl, Running
from crawler.schedules.times import due
from crawler.summary import ERROR, INTERRUPTED, LOCKED, NOTHING, OK, UNHEALTHY, USAGE

SEVERITY = (OK, LOCKED, UNHEALTHY, NOTHING, INTERRUPTED, ERROR, USAGE)
"""Exit codes from the best to the worst."""

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What became of one crawl."""

    entry: Entry
    code: int
    """One of `SEVERITY`; a process that died, or was ended for its budget, is an error."""

    reason: str
    told: Mapping[str, Any]
    """What the crawl itself told; empty where it did not come to that."""

    seconds: float


class Runner:
    """Decides at every step what starts and what ends. It knows no clock: time is given.

    *now* is the time of the day with its zone, for what is due; *tick* the seconds of a
    monotonic clock, for budgets, which a clock that is set must not change.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        history: History,
        launch: Callable[[Entry], Crawl],
        *,
        jobs: int,
        grace: float,
    ) -> None:
        """Take what is to be run: at most *jobs* at once, with *grace* seconds to end."""
        self.running: dict[str, Running] = {}
        self.ended: list[Ended] = []
        self.left_out = 0
        self.is_stopping = False
        self._entries = entries
        self._history = history
        self._launch = launch
        self._jobs = jobs
        self._grace = grace

    def step(self, now: dt.datetime, tick: float) -> list[str]:
        """Do what is to be done now; return a line for each thing that happened.

        Raises:
            OSError: a process cannot be started, or what became of it be noted.
        """
        lines = [
            line for one in tuple(self.running.values()) for line in self._look(one, now, tick)
        ]
        if not self.is_stopping:
            for entry, time in self._due(now):
                lines += self._begin(entry, time, now, tick)
        return lines

    def is_done(self, now: dt.datetime) -> bool:
        """Whether nothing runs and nothing is due."""
        return not self.running and (self.is_stopping or not self._due(now))

    def stop(self, tick: float) -> None:
        """Begin nothing more, and ask what runs to end."""
        self.is_stopping = True
        for one in self.running.values():
            one.terminate(tick)

    def kill(self) -> None:
        """End what runs, at once."""
        for one in self.running.values():
            one.crawl.kill()

    def _due(self, now: dt.datetime) -> list[tuple[Entry, dt.datetime]]:
        lasts = [(entry, self._history.due(entry.name)) for entry in self._entries]
        found = [(entry, last, due(entry.rule, last, now)) for entry, last in lasts]
        # what waits for a place the longest comes first
        found.sort(key=lambda one: one[0].rule.following(one[1]) if one[1] else NEVER)
        return [(entry, time) for entry, _, time in found if time is not None]

    def _begin(
        self, entry: Entry, time: dt.datetime, now: dt.datetime, tick: float
    ) -> Iterable[str]:
        if entry.name in self.running:
            self._history.leave_out(entry.name, time)
            self.left_out += 1
            minutes = (tick - self.running[entry.name].began) / 60
            return [f"{entry.name}: left out, the last crawl is running for {minutes:.0f} min"]
        busy = frozenset[str]().union(*(one.entry.sources for one in self.running.values()))
        if busy & entry.sources or len(self.running) >= self._jobs:
            return []  # it stays due, and begins when there is a place for it
        self._history.start(entry.name, time, now)
        self.running[entry.name] = Running(entry, self._launch(entry), tick, self._grace)
        return [f"{entry.name}: started"]

    def _look(self, one: Running, now: dt.datetime, tick: float) -> Iterable[str]:
        code = one.crawl.poll()
        if code is None:
            one.kill_when_out_of_patience(tick)
            if one.end_when_over_budget(tick):
                return [f"{one.entry.name}: over its budget, {one.entry.budget}; it is ended"]
            return []
        ended = _ended(one, code, tick)
        del self.running[one.entry.name]
        self.ended.append(ended)
        self._history.end(one.entry.name, now, ended.code)
        return [f"{one.entry.name}: {described(ended)}"]


def _ended(one: Running, code: int, tick: float) -> Ended:
    told = one.crawl.told()
    reason = str(told.get("reason", ""))
    if one.is_over_budget:
        code, reason = ERROR, f"over its budget, {one.entry.budget}"
    elif code not in SEVERITY:
        # one that was asked to end may do so before it heeds signals, or need to be killed
        reason = f"its process ended with {code}"
        code = INTERRUPTED if one.is_asked_to_end else ERROR
    elif code != OK and not reason:
        reason = f"its process ended with {code}"  # it was cut off, and told nothing
    seconds = tick - one.began
    return Ended(entry=one.entry, code=code, reason=reason, told=told, seconds=seconds)


def described(ended: Ended) -> str:
    """Return what became of a crawl in one line: ``12 new, 214 known, ok, 34 s``."""
    counts = ended.told.get("counts", "")
    ending = ended.reason or "ok"
    return ", ".join(filter(None, (counts, ending, f"{ended.seconds:.0f} s")))


def worst(codes: Iterable[int]) -> int:
    """Return the exit code that says the most; `OK` for none."""
    return max(codes, key=SEVERITY.index, default=OK)
