"""How far a batch has come: a bar on a terminal, a line a minute elsewhere."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO, TypeVar

from tqdm import tqdm

from crawler.cleaning.batch import Outcome
from crawler.cleaning.pages import Refusal
from crawler.record import DamagedRecordError, TornRecordError

LINE_EVERY = 60.0  # seconds
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much of a stream is read, where nobody knows how many pages are in it."""

    size: int | None
    """Bytes of the whole; None where that is unknown too."""

    position: Callable[[], int]
    """Return the bytes so far."""

    unit: str = "pages"
    """What is counted."""

    def told(self, done: int) -> str:
        """Return ``812 pages, 34 %``."""
        share = f", {100 * self.position() // self.size} %" if self.size else ""
        return f"{done} {self.unit}{share}"


def watch(
    outcomes: Iterable[T],
    total: int | Extent,
    stream: TextIO,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:
    """Yield *outcomes* and report on *stream* how many of *total* are done."""
    if stream.isatty():
        yield from _with_bar(outcomes, total, stream)
        return
    last = clock()
    for done, outcome in enumerate(outcomes, start=1):
        yield outcome
        if clock() - last >= LINE_EVERY:
            last = clock()
            told = f"{done} of {total} pages" if isinstance(total, int) else total.told(done)
            stream.write(f"{told}\n")
            stream.flush()


def _with_bar(outcomes: Iterable[T], total: int | Extent, stream: TextIO) -> Iterator[T]:
    if isinstance(total, int):
        yield from tqdm(outcomes, total=total, file=stream, unit="page")
        return
    with tqdm(total=total.size, file=stream, unit="B", unit_scale=True) as bar:
        for done, outcome in enumerate(outcomes, start=1):
            yield outcome
            bar.set_postfix_str(f"{done} {total.unit}", refresh=False)
            bar.update(total.position() - bar.n)


class Tally:
    """Count the outcomes of a batch."""

    def __init__(self) -> None:
        self.cleaned = 0
        self.refused: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        _, result = outcome
        if isinstance(result, Refusal):
            self.refused[result.reject] += 1
        else:
            self.cleaned += 1

    def exit_code(self) -> int:
        """Return 0 where there was an article, else 1."""
        return 0 if self.cleaned else 1

    def __str__(self) -> str:
        """Return ``12 cleaned, 3 refused (2 NotAnArticleError, 1 NoContentError)``."""
        return f"{self.cleaned} cleaned, {_told('refused', self.refused)}"


class WarcTally(Tally):
    """Count what came of the records of WARC files, too."""

    def __init__(self, skipped: Counter[str]) -> None:
        """Take the counter of records that hold no page."""
        super().__init__()
        self._skipped = skipped
        self._bad: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one outcome; bad records are none of the pages."""
        _, result = outcome
        if isinstance(result, Refusal) and result.reject in BAD:
            self._bad[BAD[result.reject]] += 1
        else:
            super().add(outcome)

    def exit_code(self) -> int:
        """Return 0 where there was an article and no bad record, else 1."""
        return 1 if self._bad else super().exit_code()

    def __str__(self) -> str:
        """Return ``812 articles, 214 refused (…), 3 damaged, 1 torn, 2104 skipped (…)``."""
        return ", ".join(
            (
                f"{self.cleaned} articles",
                _told("refused", self.refused),
                *(f"{self._bad[name]} {name}" for name in BAD.values()),
                _told("skipped", self._skipped),
            )
        )


BAD = {DamagedRecordError.__name__: "damaged", TornRecordError.__name__: "torn"}
"""What a bad record is called for people, by the name of its error."""


def _told(name: str, counts: Counter[str]) -> str:
    reasons = ", ".join(f"{count} {reason}" for reason, count in counts.most_common())
    return f"{counts.total()} {name}" + (f" ({reasons})" if reasons else "")
