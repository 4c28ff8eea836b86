"""Count what the line rules match on gold pages: ``python -m evaluation.count_rules [BENCH]``.

Writes `cleaners/data/lines.tsv` anew: the keys of every rule, and where BENCH is given (the folder
of the harness with its ``data``) the number of registered domains on which a rule matches a block
outside and inside the gold text. A rule that matches more inside than outside is dropped and told.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from cleaners import CleaningError
from cleaners.blocks import Block
from cleaners.lookup import Rule
from cleaners.page import open_page
from cleaners.placing import letters
from cleaners.rules import (
    KEY_BREAK,
    MAX_LINE,
    MAX_TAIL,
    index_of,
    last_words,
    note,
    promo,
    read_rules,
    strip_edges,
)
from evaluation.pages import SETS, domain_of, harness, labels
from evaluation.rule_keys import keys_of

OUTPUT = Path("cleaners/data/lines.tsv")
HEAD = ("category", "language", "kind", "pattern", "outside", "inside", "keys")


@dataclass
class Count:
    """Registered domains on which one rule matches."""

    outside: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)


Counts = defaultdict[tuple[str, str], Count]
"""By kind and pattern."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the data file anew and tell what was dropped."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.count_rules", description=__doc__)
    parser.add_argument("bench", type=Path, nargs="?")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args(arguments)
    rows = read_rows(options.output)
    write_rows(options.output, rows)
    if options.bench is not None:
        counts = count(gold_pages(options.bench))
        rows = [recount(row, counts) for row in rows]
        dropped = [row for row in rows if int(row[5]) > int(row[4])]
        write_rows(options.output, [row for row in rows if row not in dropped])
        sys.stdout.writelines(f"dropped: {' '.join(row[:6])}\n" for row in dropped)
    return 0


def read_rows(path: Path) -> list[list[str]]:
    """Return the rows of the data file; a new one may end with its pattern."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return [row if len(row) == len(HEAD) else [*row[:4], "0", "0", ""] for row in rows]


def write_rows(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write *rows* whole, each with its keys."""
    keyed = ([*row[:6], KEY_BREAK.join(keys_of(row[2], row[3]))] for row in rows)
    part = path.with_suffix(".part")
    part.write_text("".join("\t".join(row) + "\n" for row in (HEAD, *keyed)), encoding="utf-8")
    part.replace(path)


def recount(row: Sequence[str], counts: Counts) -> list[str]:
    """Return *row* with its counts."""
    found = counts[row[2], row[3]]
    return [*row[:4], str(len(found.outside)), str(len(found.inside)), row[6]]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """The blocks of one page and what the gold says of each."""

    domain: str
    blocks: Sequence[Block]
    wanted: Sequence[bool | None]
    """Whether the gold text holds the block; None where the gold says nothing of it."""

    text: str
    """Letters of the gold text; empty where the gold names a few strings only."""


def gold_pages(bench: Path) -> Iterator[GoldPage]:
    """Yield the pages of all gold sets in *bench*."""
    datasets, util = harness(bench, "datasets"), harness(bench, "util")
    for gold in chain.from_iterable(datasets.load(name, util.data_root()) for name in SETS):
        page = gold_page(bench, gold)
        if page is not None:
            yield page


def gold_page(bench: Path, gold: Any) -> GoldPage | None:
    """Return the blocks of a page of the harness; None where the bytes are no page."""
    try:
        page = open_page(gold.html(), gold.url)
    except CleaningError:
        return None
    blocks = list(page.blocks)
    wanted, known = labels(gold, blocks)
    judged = [bool(w) if k else None for w, k in zip(wanted, known, strict=True)]
    text = " ".join(getattr(gold, "variants", None) or [getattr(gold, "text", None) or ""])
    return GoldPage(domain_of(bench, gold.url, gold.id), blocks, judged, letters(text))


def count(pages: Iterator[GoldPage]) -> Counts:
    """Return for each rule the domains of the blocks that it matches."""
    counts: Counts = defaultdict(Count)
    for page in pages:
        for block, wanted in zip(page.blocks, page.wanted, strict=True):
            for rule in matching(block.text) if wanted is not None else ():
                found = counts[rule.kind, rule.pattern]
                (found.inside if wanted else found.outside).add(page.domain)
            for rule, promotion in promos(block.text) if page.text else ():
                found = counts[rule.kind, rule.pattern]
                (found.inside if promotion in page.text else found.outside).add(page.domain)
    return counts


def matching(text: str) -> Iterator[Rule]:
    """Yield the rules that match *text* as a whole, as a heading, or as a caption."""
    bare, end = strip_edges(text), last_words(text)
    if bare and len(text) <= MAX_LINE:
        for rule in index_of("line", "tail").matching(bare):
            if rule.kind == "line" or len(text) <= MAX_TAIL:
                yield rule
    if end and len(text) <= MAX_LINE:
        yield from index_of("end").matching(end)


def promos(text: str) -> Iterator[tuple[Rule, str]]:
    """Yield the rules that cut something out of *text*, with the letters of what they cut."""
    for rule in read_rules():
        found = None
        if rule.kind == "inline" and any(key in text for key in rule.keys):
            found = promo(rule.pattern).search(text)
        elif rule.kind == "note" and "(" in text:
            found = note(rule.pattern).search(text)
        if found is not None:
            yield rule, letters(found[0])


if __name__ == "__main__":
    sys.exit(main())
