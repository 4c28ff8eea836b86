"""Score the cleaners without each of their parts, and with the parts added one by one.

Without --full it takes the quick part of the gold pages. The weights are held out where data/folds
has them. What the parts are stands in evaluation/parts.py.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evaluation.gold import QUICK, gold_pages, is_present
from evaluation.measure import Samples, difference, estimate, resample, samples
from evaluation.options import QUALITY, parser_of
from evaluation.pages import harness
from evaluation.parts import PARTS
from evaluation.run import Records, run
from evaluation.systems import HELD_OUT, OURS, System, missing
from evaluation.tables import markdown, percent, put_section, signed

EXAMPLE = "python -m evaluation.ablation --full"
NAMES = tuple(part.name for part in PARTS)

Run = tuple[str, tuple[str, ...]]
"""A line of a table, and the parts that are off in it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every combination, print the tables, and write them into docs/quality.md."""
    parser = parser_of("ablation", __doc__, EXAMPLE, with_pages=False)
    parser.add_argument("--full", action="store_true", help="every gold page; over an hour")
    parser.add_argument("--page", type=Path, default=QUALITY, help="where the tables go")
    options = parser.parse_args(arguments)
    if not is_present(options.bench):
        sys.exit(f"no gold pages in {options.bench}; name the harness with --bench")
    gold = gold_pages(options.bench, limits=None if options.full else QUICK)
    system = OURS if missing(HELD_OUT) else HELD_OUT
    found = {}
    for off in combinations():
        without = replace(system, without=off, label=f"without {', '.join(off) or 'nothing'}")
        records = run(without, gold, options.bench, options.out, options.processes)
        found[off] = samples_of(records, harness(options.bench, "score").NATIVE)
    pages = sum(map(len, gold.values()))
    text = section(found, system, f"{pages} pages")
    sys.stdout.write(text + "\n")
    put_section(options.page, "ablation", text)
    return 0


def combinations() -> list[tuple[str, ...]]:
    """Return which parts are off in each run, each combination once."""
    return list(dict.fromkeys(off for _, off in (*alone(), *added())))


def alone() -> list[Run]:
    """Return the runs with all parts and without each."""
    return [("all parts", ()), *((f"without {name}", (name,)) for name in NAMES)]


def added() -> list[Run]:
    """Return the runs with no part, then with one more each time."""
    steps = [(f"and {name}", NAMES[place + 1 :]) for place, name in enumerate(NAMES)]
    return [("scores alone", NAMES), *steps]


def samples_of(records: Records, kinds: Mapping[str, str]) -> dict[str, Samples]:
    """Return the figures of each set."""
    found = {}
    for name, pages in records.items():
        scores = [record["scores"] for record in pages.values()]
        found[name] = samples(kinds[name], scores, resample(len(scores), name), partial=False)
    return found


def section(
    found: Mapping[tuple[str, ...], Mapping[str, Samples]], system: System, pages: str
) -> str:
    """Return both tables with what they show."""
    return "\n\n".join([
        "## What each part brings",
        (f"Made by `make ablation` on {pages}, {system.label}. F1 in percent with 95 % intervals; "
         "differences are paired on the same resamples. The weights are those trained with all "
         "parts on."),
        "Each part switched off alone, against all parts:",
        table(found, alone(), [()] * (len(NAMES) + 1)),
        "The parts added one by one, against the line above:",
        table(found, added(), [NAMES, *(off for _, off in added())]),
    ])  # fmt: skip


def table(
    found: Mapping[tuple[str, ...], Mapping[str, Samples]],
    runs: Sequence[Run],
    bases: Sequence[tuple[str, ...]],
) -> str:
    """Return the table of *runs*, each against the run of its base."""
    sets = list(next(iter(found.values())))
    rows = [
        [label, *(cell(found[off][name], found[base][name], off == base) for name in sets)]
        for (label, off), base in zip(runs, bases, strict=False)
    ]
    return markdown(("parts", *sets), rows)


def cell(now: Samples, base: Samples, is_base: bool) -> str:
    """Return the F1 of a base, else the difference to it."""
    return percent(estimate(now["f1"])) if is_base else signed(difference(now, base))


if __name__ == "__main__":
    sys.exit(main())
