"""Run crawls to their end: look at the clock, tell what happens, heed signals."""

import datetime as dt
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, Self

from scrapy.settings import BaseSettings
from tqdm import tqdm

from crawler.schedules.entry import Entry
from crawler.schedules.history import History
from crawler.schedules.process import CrawlProcess
from crawler.schedules.runner import Ended, Runner
from crawler.summary import ENDS

POLL = 0.2  # seconds; the clock is looked at so often, so a sleep or a set clock is noticed
REPORT = 60.0  # seconds between two lines of progress where there is no terminal
OWN = ("SCHEDULE", "LOG_FILE")
"""Settings of the command line that are not for the single crawls."""


def polling_adaptively(settings: BaseSettings, given: Sequence[str]) -> Sequence[str]:
    """Add to the settings of the command line that listings which are not due are left out.

    A person who starts a crawl wants to see what is new now; the schedule comes again.
    """
    return given if settings["POLL"] else ["POLL=adaptive", *given]


def new_runner(
    entries: Sequence[Entry], history: History, settings: BaseSettings, given: Sequence[str]
) -> Runner:
    """Return a runner of real processes; *given* is what the command line says with ``-s``."""
    root = Path(settings["DATA_DIR"])
    options = [part for one in given if not one.startswith(OWN) for part in ("-s", one)]
    return Runner(
        entries,
        history,
        lambda entry: CrawlProcess(entry, root, options),
        jobs=max(1, settings.getint("SCHEDULE_JOBS")),
        grace=settings.getfloat("SCHEDULE_GRACE"),
    )


def run(runner: Runner, *, stays: bool, total: int | None = None) -> Iterator[Ended]:
    """Yield each crawl as it ends, until nothing is due; or until a signal where it *stays*.

    The first SIGTERM or SIGINT ends the crawls in order, the second at once.

    Raises:
        OSError: a crawl cannot be started or noted; what runs is asked to end.
    """
    with counted_signals() as signals, Progress(total) as progress:
        while True:
            tick = time.monotonic()
            if signals and not runner.is_stopping:
                progress.say("ending: crawls finish the pages under way")
                runner.stop(tick)
            if len(signals) > 1:
                runner.kill()
            now = dt.datetime.now(dt.UTC)
            try:
                lines = runner.step(now, tick)
            except OSError:
                runner.stop(tick)
                raise
            for line in lines:
                progress.say(line)
            yield from _taken(runner.ended)
            is_over = runner.is_stopping if stays else runner.is_done(now)
            if is_over and not runner.running:
                return
            progress.show(runner, tick)
            time.sleep(POLL)


def _taken(ended: list[Ended]) -> Iterator[Ended]:
    while ended:
        yield ended.pop(0)


@contextmanager
def counted_signals() -> Iterator[list[int]]:
    """Give a list that grows by one with each SIGTERM and SIGINT."""
    came: list[int] = []

    def note(number: int, _frame: object) -> None:
        came.append(number)

    before = {one: signal.signal(one, note) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield came
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class Progress:
    """Lines on standard output, and what runs: live on a terminal, else once a minute."""

    def __init__(self, total: int | None) -> None:
        self._is_live = sys.stderr.isatty()
        self._bar: tqdm[NoReturn] = tqdm(
            total=total, unit=" sites", file=sys.stderr, leave=False, disable=not self._is_live
        )
        self._next = time.monotonic() + REPORT

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def say(self, line: str) -> None:
        """Write a line at once, above the live one."""
        self._bar.clear()
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def show(self, runner: Runner, tick: float) -> None:
        """Tell what runs, unless nothing does."""
        told = [
            f"{one.entry.name} ({(tick - one.began) / 60:.0f} min)"
            for one in runner.running.values()
        ]
        if self._is_live:
            self._bar.set_postfix_str(", ".join(told))
        elif told and tick > self._next:
            self.say(f"running: {', '.join(told)}")
            self._next = tick + REPORT


def totals(ended: Sequence[Ended], left_out: int) -> str:
    """Return the last line: ``3 crawls: 2 ok, 1 unhealthy; 12 new, 214 known``."""
    if not ended and not left_out:
        return "nothing is due"
    crawls = f"{len(ended)} {'crawl' if len(ended) == 1 else 'crawls'}"
    ends = Counter(ENDS[one.code] for one in ended)
    parts = [f"{number} {end}" for end, number in ends.items()]
    if left_out:
        parts.append(f"{left_out} left out")
    counts = [f"{_sum(ended, name)} {name}" for name in ("new", "known")]
    return f"{crawls}{': ' if parts else ''}{', '.join(parts)}; {', '.join(counts)}"


def _sum(ended: Sequence[Ended], name: str) -> int:
    numbers = (one.told.get(name, 0) for one in ended)
    return sum(number for number in numbers if isinstance(number, int))
