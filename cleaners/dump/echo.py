"""What a line of a dump says again: a caption its alternative text, a card another card's story.

Runs of four words are compared, so a pull quote is found in its paragraph, and a headline that was
shortened in the whole one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import TypeVar

import numpy as np

from cleaners.dump.columns import Columns
from cleaners.dump.extent import Run
from cleaners.dump.lines import Line

RUN = 4  # words
NEAR = 3  # lines
OPENING = 3  # paragraphs that tell what the article is about
QUOTED_WORDS = 12  # of a line that may hold another one
LEAST_QUOTED = 3  # words of that other one
NOTHING = -1.0  # of a line without words to compare

Words = Sequence[set[str]]
Piece = TypeVar("Piece", str, tuple[str, ...])


def add_echoes(columns: Columns, lines: Sequence[Line]) -> None:
    """Add which share of a line's runs of words stands elsewhere on the page."""
    runs = [runs_of(line.key.split()) for line in lines]
    prose = columns["prose"] > 0
    everywhere = Counter(run for own in runs for run in own)
    paragraphs = Counter(run for own in compress(runs, prose) for run in own)
    columns.add("echo", [part(own, everywhere, 1) for own in runs])
    columns.add("echo_prose", [
        part(own, paragraphs, int(here)) for own, here in zip(runs, prose, strict=True)
    ])  # fmt: skip
    columns.add("echo_before", list(echoes_before(runs)))
    whole = "\n".join(line.key for line in lines if line.words >= QUOTED_WORDS)
    columns.add("quoted_whole", [
        line.words >= LEAST_QUOTED and whole.count(line.key) > (line.words >= QUOTED_WORDS)
        for line in lines
    ])  # fmt: skip


def runs_of(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Return every run of `RUN` words."""
    return set(zip(*(words[n:] for n in range(RUN)), strict=False))


def part(own: AbstractSet[Piece], counts: Counter[Piece], own_count: int) -> float:
    """Return the share of *own* that *counts* has more than *own_count* times."""
    if not own:
        return NOTHING
    return sum(counts[one] > own_count for one in own) / len(own)


def echoes_before(runs: Sequence[set[tuple[str, ...]]]) -> Iterator[float]:
    """Yield for each line the share of its *runs* that stand further up."""
    seen: set[tuple[str, ...]] = set()
    for own in runs:
        yield len(own & seen) / len(own) if own else NOTHING
        seen |= own


def add_company(columns: Columns, lines: Sequence[Line], words: Words, run: Run) -> None:
    """Add which of the rare *words* of a line its neighbours, the lead and other stories share."""
    prose = columns["prose"] > 0
    columns.add("like_near", [most_alike(words, n) for n in range(len(lines))])
    places = np.arange(len(lines))
    outside = prose & ((places < run.start) | (places >= run.stop))
    for name, where in (("short", ~prose), ("outside", outside)):
        counts = Counter(word for own in compress(words, where) for word in own)
        columns.add(f"shared_{name}", [
            part(own, counts, int(here)) for own, here in zip(words, where, strict=True)
        ])  # fmt: skip
    opening = [words[n] for n in range(run.start, run.stop) if prose[n]][:OPENING]
    lead = set[str]().union(*opening)
    columns.add("like_lead", [len(own & lead) / len(own) if own else NOTHING for own in words])


def most_alike(words: Words, n: int) -> float:
    """Return the largest share of its words that line *n* or a line near it has of the other."""
    near = (*words[max(0, n - NEAR) : n], *words[n + 1 : n + 1 + NEAR])
    own = words[n]
    shares = (len(own & other) / min(len(own), len(other)) for other in near if own and other)
    return max(shares, default=0.0)
