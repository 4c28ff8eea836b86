"""How far a batch has come: a bar on a terminal, a line a minute elsewhere."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from tqdm import tqdm

from crawler.cleaning.batch import Outcome
from crawler.cleaning.pages import Refusal

LINE_EVERY = 60.0  # seconds


def watch(
    outcomes: Iterable[Outcome],
    total: int,
    stream: TextIO,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Outcome]:
    """Yield *outcomes* and report on *stream* how many of *total* are done."""
    if stream.isatty():
        yield from tqdm(outcomes, total=total, file=stream, unit="page")
        return
    last = clock()
    for done, outcome in enumerate(outcomes, start=1):
        yield outcome
        if clock() - last >= LINE_EVERY:
            last = clock()
            stream.write(f"{done} of {total} pages\n")
            stream.flush()


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

    def __str__(self) -> str:
        """Return ``12 cleaned, 3 refused (2 NotAnArticleError, 1 NoContentError)``."""
        reasons = ", ".join(f"{count} {name}" for name, count in self.refused.most_common())
        refused = f"{self.refused.total()} refused"
        return f"{self.cleaned} cleaned, {refused}" + (f" ({reasons})" if reasons else "")
