"""Score the cleaners beside other extractors: one table and one plot, in docs/quality.md.

Every page is run once for every system and version, and kept in the folder --out; what a run that
was stopped has done is not done again. The page is written only when all pages were scored.
"""

import datetime as dt
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.measure import Samples, difference, estimate, resample, samples
from evaluation.options import QUALITY, gold_of, is_whole, parser_of
from evaluation.pages import harness
from evaluation.peers import best_published
from evaluation.plot import draw
from evaluation.report import report
from evaluation.run import Record, Records, errors_of, run
from evaluation.systems import ALL, TRAFILATURA, System, missing
from evaluation.tables import Row, put_section, table_of

EXAMPLE = "python -m evaluation.evaluate --sets scrapinghub,newspaper4k --systems ours,traf"
PLOT = "quality.svg"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and score the systems, print the table, and write it with the plot."""
    parser = parser_of("evaluate", __doc__, EXAMPLE)
    parser.add_argument("--systems", default="", help=", ".join(system.name for system in ALL))
    parser.add_argument("--page", type=Path, default=QUALITY, help="where the table goes")
    options = parser.parse_args(arguments)
    gold = gold_of(options)
    records: dict[str, Records] = {}
    used = [system for system in usable(options.systems) if is_runnable(system)]
    for system in used:
        records[system.name] = run(system, gold, options.bench, options.out, options.processes)
    rows = rows_of(used, records, harness(options.bench, "score").NATIVE)
    sys.stdout.write(table_of(rows) + "\n")
    if is_whole(options) and not options.systems:
        best = best_published(options.bench / "PEERS.md")
        draw(rows, best, options.page.with_name(PLOT))
        text = report(rows, used, best, PLOT, versions())
        put_section(options.page, "evaluation", text)
    return 0


def usable(names: str) -> list[System]:
    """Return the systems called *names*, separated by commas; all where it is empty."""
    known = {system.name: system for system in ALL}
    wanted = names.split(",") if names else list(known)
    if unknown := [name for name in wanted if name not in known]:
        sys.exit(f"unknown systems: {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in wanted]


def is_runnable(system: System) -> bool:
    """Whether *system* can be run here; the reason is told where it cannot."""
    reason = missing(system)
    if reason:
        sys.stderr.write(f"{system.label} is left out: {reason}\n")
    return not reason


def rows_of(
    systems: Sequence[System], records: Mapping[str, Records], kinds: Mapping[str, str]
) -> list[Row]:
    """Return the lines of the table, by set."""
    rows = []
    for name in next(iter(records.values()), {}):
        weights = resample(len(next(iter(records.values()))[name]), name)
        found = {
            system.name: samples(
                kinds[name],
                [record["scores"] for record in records[system.name][name].values()],
                weights,
                partial=system.partial,
            )
            for system in systems
        }
        theirs = found.get(TRAFILATURA.name)
        rows += [
            row_of(name, system, list(records[system.name][name].values()), found, theirs)
            for system in systems
        ]
    return rows


def row_of(
    name: str,
    system: System,
    records: Sequence[Record],
    found: Mapping[str, Samples],
    theirs: Samples | None,
) -> Row:
    """Return the line of one system on the set *name*."""
    without_text = sum(bool(record["scores"]["empty"]) for record in records)
    figures = {
        figure: estimate(values)
        for figure, values in found[system.name].items()
        if figure not in TRAFILATURA.fields or figure in system.fields
    }
    is_compared = theirs is not None and not system.partial and system != TRAFILATURA
    return Row(
        set=name,
        system=system.label,
        pages=len(records) - (without_text if system.partial else 0),
        figures=figures,
        against=difference(found[system.name], theirs) if is_compared and theirs else None,
        without_text=without_text,
        errors=errors_of(records),
    )


def versions() -> str:
    """Return the day and the machine's Python, for the page."""
    today = dt.datetime.now(dt.UTC).date()
    return f"{today.isoformat()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
