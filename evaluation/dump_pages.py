"""Flattened gold pages as examples: the lines of each with what the gold text says of them.

DUMPS is a folder of sets as ``python -m bench.flatten`` of the harness makes them: for each page
``ID.txt`` and, beside it, ``ID.json`` with the address and the gold.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from cleaners.dump.choose import gather
from cleaners.dump.columns import Columns, Floats
from cleaners.dump.dates import read_head
from cleaners.dump.features import describe
from cleaners.dump.lines import Line, read_lines
from cleaners.registry import site_for
from evaluation.pages import domain_of, fold_of

SETS = ("scrapinghub", "fundus_eval", "fundus_parser", "newspaper4k", "wcxb")
"""Those whose gold is the whole text."""

FOUND = 0.6  # of a line's words; less is a line that shares a phrase with the article
LEAST_RUN = 3  # words; shorter runs are found in any text
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Dump:
    """One flattened page with its gold."""

    set: str
    id: str
    text: str
    url: str
    golds: tuple[str, ...]
    """The gold text, in all variants that count as right."""

    domain: str
    """Registered domain: pages of one are never in two folds."""

    @property
    def fold(self) -> int:
        """The fold that this page is scored in and never trained in."""
        return fold_of(self.domain)


@dataclass(frozen=True, slots=True)
class Example:
    """The lines of one dump."""

    set: str
    id: str
    fold: int
    columns: Columns
    words: Floats
    share: Floats
    """For each line, the share of the gold's variants that hold it."""


def read_dumps(bench: Path, dumps: Path, sets: Sequence[str] = SETS) -> Iterator[Dump]:
    """Yield every dump of *sets*, in the order of the names of their files."""
    for name in sets:
        for path in sorted((dumps / name).glob("*.txt")):
            gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            url = gold["url"] or ""
            yield Dump(
                name, path.stem, path.read_text(encoding="utf-8"), url,
                tuple(gold["variants"] or [gold["text"]]), domain_of(bench, url, path.stem),
            )  # fmt: skip


def example_of(dump: Dump, *, dense: bool = False) -> Example | None:
    """Return the lines of *dump* described and labelled; None where it has no line.

    Args:
        dump: the flattened page.
        dense: whether to lose the empty lines, as many dumps have.
    """
    lines = read_lines(read_head(dump.text).rest, site_for(dump.url) if dump.url else None)
    if not lines:
        return None
    if dense:
        lines = [replace(line, gap=False) for line in lines]
    found = [find(lines, gold) >= FOUND for gold in dump.golds]
    columns = describe(lines, gather(lines, dump.url))
    words = np.array([line.words for line in lines], np.float64)
    return Example(dump.set, dump.id, dump.fold, columns, words, np.mean(found, axis=0))


def find(lines: Sequence[Line], gold: str) -> Floats:
    """Return for each of *lines* the share of its words that stand in *gold*, in its order."""
    words, owners = [], []
    for n, line in enumerate(lines):
        own = WORD.findall(line.text.lower())
        words += own
        owners += [n] * len(own)
    counts = np.bincount(np.array(owners, np.int64), minlength=len(lines))
    hits = np.zeros(len(lines))
    matcher = SequenceMatcher(None, words, WORD.findall(gold.lower()), autojunk=False)
    for start, _, size in matcher.get_matching_blocks():
        for owner in owners[start : start + size]:
            hits[owner] += size >= min(LEAST_RUN, counts[owner])
    return np.asarray(hits / np.maximum(counts, 1))
