"""Fail where the cleaners have become worse than recorded, on a quick part of the gold pages.

The part is the small sets whole and the same sample of the large ones each time. A set falls when
its F1, or the share of its exact titles, dates or authors, is more than .003 below the record.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.gold import QUICK, gold_pages, is_present
from evaluation.measure import METADATA, resample, samples
from evaluation.options import parser_of
from evaluation.pages import harness
from evaluation.run import Records, run
from evaluation.systems import OURS
from evaluation.tables import markdown

RECORDED = Path(__file__).parent / "recorded.json"
TOLERANCE = 0.003
MEASURES = ("f1", *METADATA)
EXAMPLE = "python -m evaluation.gate --record    # after a change that is meant"

Figures = Mapping[str, Mapping[str, float]]
"""Each measure by set; ``pages`` is how many."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the figures of now with those recorded; 1 where a set falls."""
    parser = parser_of("gate", __doc__, EXAMPLE, with_pages=False)
    parser.add_argument("--record", action="store_true", help="record the figures of now instead")
    options = parser.parse_args(arguments)
    if not is_present(options.bench):
        sys.stdout.write(f"gate skipped: no gold pages in {options.bench}\n")
        return 0
    gold = gold_pages(options.bench, limits=QUICK)
    records = run(OURS, gold, options.bench, options.out, options.processes)
    now = figures_of(records, harness(options.bench, "score").NATIVE)
    if options.record:
        RECORDED.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
        sys.stdout.write(f"recorded in {RECORDED.name}\n")
        return 0
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    sys.stdout.write(compare(recorded, now) + "\n")
    fallen = sorted(falls(recorded, now))
    sys.stdout.write(f"fallen: {', '.join(fallen)}\n" if fallen else "nothing has fallen\n")
    return 1 if fallen else 0


def figures_of(records: Records, kinds: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Return the measures of every set, without those of which the gold says nothing."""
    figures = {}
    for name, pages in records.items():
        scores = [record["scores"] for record in pages.values()]
        once = resample(len(scores), name, 0)
        found = samples(kinds[name], scores, once, partial=False)
        stated = {key: round(float(found[key][0]), 4) for key in MEASURES if found[key][0] >= 0}
        figures[name] = {"pages": float(len(scores)), **stated}
    return figures


def falls(recorded: Figures, now: Figures) -> Iterator[str]:
    """Yield each set and measure that is too far below the record, or was not measured."""
    for name, measures in recorded.items():
        for measure, value in measures.items():
            found = now.get(name, {}).get(measure, 0.0)
            if found < value - TOLERANCE - 1e-9 or (measure == "pages" and found != value):
                yield f"{name} {measure}"


def compare(recorded: Figures, now: Figures) -> str:
    """Return the table of what was recorded and what is now."""
    rows = []
    for name, measures in recorded.items():
        found = now.get(name, {})
        cells = [change(measures.get(key), found.get(key)) for key in MEASURES]
        rows.append([name, f"{found.get('pages', 0):.0f}", *cells])
    return markdown(("set", "pages", *MEASURES), rows)


def change(before: float | None, after: float | None) -> str:
    """Return ``96.7 -> 96.9``; empty where there was nothing, ``-`` where there is nothing now."""
    if before is None:
        return ""
    return f"{100 * before:.2f} -> " + ("-" if after is None else f"{100 * after:.2f}")


if __name__ == "__main__":
    sys.exit(main())
