"""Tell where the time of a clean() call goes, by stage, in percent of CPU time.

Each stage is wrapped and timed in place; what a stage spends in another is the other's. What the
stages are stands in evaluation/parts.py.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar

from cleaners import CleaningError, clean
from evaluation.gold import GoldPage
from evaluation.options import gold_of, parser_of
from evaluation.parts import STAGES, found, replaced
from evaluation.tables import markdown

EXAMPLE = "python -m evaluation.profile --sets scrapinghub,wcxb --limit 60"
WARM_UP = 3  # pages; patterns compile and weights load on the first
REST = "all else"

P = ParamSpec("P")
R = TypeVar("R")


class Clock:
    """CPU seconds by stage, each without those of the stages inside it."""

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self.now = now
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: defaultdict[str, int] = defaultdict(int)
        self.open: list[str] = []
        self.last = 0.0

    def timed(self, stage: str, function: Callable[P, R]) -> Callable[P, R]:
        """Return *function*, with its time counted as *stage*."""

        @wraps(function)
        def wrapper(*arguments: P.args, **options: P.kwargs) -> R:
            self.enter(stage)
            try:
                return function(*arguments, **options)
            finally:
                self.leave()

        return wrapper

    def enter(self, stage: str) -> None:
        """Stop the clock of the stage around, and start that of *stage*."""
        self.tick()
        self.open.append(stage)
        self.calls[stage] += 1

    def leave(self) -> None:
        """Go back to the stage around."""
        self.tick()
        self.open.pop()

    def tick(self) -> None:
        """Give the time since the last tick to the stage that is open."""
        now = self.now()
        if self.open:
            self.seconds[self.open[-1]] += now - self.last
        self.last = now


def main(arguments: Sequence[str] | None = None) -> int:
    """Clean the pages and print the table."""
    parser = parser_of("profile", __doc__, EXAMPLE)
    options = parser.parse_args(arguments)
    pages = [page for found in gold_of(options).values() for page in found]
    clean_all(pages[:WARM_UP], clean)
    sys.stdout.write(table_of(measure(pages), len(pages)) + "\n")
    return 0


def measure(pages: Sequence[GoldPage]) -> Clock:
    """Return the clock after cleaning *pages* with every stage timed."""
    clock = Clock()
    wrapped = {}
    for stage in STAGES:
        for place in stage.places:
            module, name = found(place)
            wrapped[place] = clock.timed(stage.name, getattr(module, name))
    with replaced(wrapped):
        clean_all(pages, clock.timed(REST, clean))
    return clock


def clean_all(pages: Sequence[GoldPage], cleaner: Callable[[bytes, str], object]) -> None:
    """Clean *pages*; a refusal takes time too."""
    for page in pages:
        raw = page.html()
        try:
            cleaner(raw, page.url)
        except CleaningError:
            continue


def table_of(clock: Clock, pages: int) -> str:
    """Return the stages in the order of the line, with their share and their time a page."""
    total = sum(clock.seconds.values())
    rows = []
    for name in (*(stage.name for stage in STAGES), REST):
        seconds, calls = clock.seconds[name], clock.calls[name] / pages
        share = f"{100 * seconds / total:.1f}"
        rows.append([name, share, f"{1000 * seconds / pages:.2f}", f"{calls:.2f}"])
    rows.append(["all", "100.0", f"{1000 * total / pages:.2f}", ""])
    return markdown(("stage", "percent", "CPU ms a page", "calls a page"), rows)


if __name__ == "__main__":
    sys.exit(main())
