"""The section of docs/quality.md that holds the scores."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from evaluation.systems import HELD_OUT, OURS, TRAINING, System
from evaluation.tables import CAUTIONS, METRICS, Row, markdown, table_of

Best = Mapping[str, tuple[str, float]]


def report(rows: Sequence[Row], systems: Sequence[System], best: Best, plot: str, made: str) -> str:
    """Return the plot, how to read it, the table and what to beware of."""
    alternative = "F1 by set with 95 % intervals; the figures are in the table below"
    marks = (
        "Filled: weights that never saw the site. Hollow: as shipped. Black: the best figure that "
        "others published on these pages, where it is above trafilatura's."
    )
    return "\n\n".join([
        f"## Scores\n\n![{alternative}]({plot})",
        marks,
        f"Made by `make evaluate` on {made}; {named(systems)}.",
        explain(systems),
        table_of(rows),
        "## What each set is worth\n\n" + cautions(rows, best),
        "## Pages without an article\n\n" + errors(rows),
    ])  # fmt: skip


def named(systems: Sequence[System]) -> str:
    """Return the peers with their versions."""
    return ", ".join(f"{system.label} {system.version}" for system in systems if system.package)


def explain(systems: Sequence[System]) -> str:
    """Say what the columns mean and what is held out."""
    text = (
        "All figures are percent, with a 95 % interval from 2,000 resamples of the pages in "
        "brackets; *against trafilatura* is the difference in F1 on the same resamples. P and R "
        "are precision and recall in the set's own metric, *exact* is the share of pages whose "
        "words are the gold's and no other. Title, date and author count only where they are "
        "exact. A page that a system refuses counts as empty, with wrong metadata; *none* counts "
        "those without text.\n\n"
        f"**{HELD_OUT.label}** is the figure to quote: each page is cleaned with weights that were "
        "trained without any page of its domain, in five folds. Line rules, thresholds and "
        "the rules of known sites are the same as shipped, and may have been chosen with these "
        f"pages in sight. **{OURS.label}** has weights "
        "that were trained on these very pages, and flatters."
    )
    if HELD_OUT in systems:
        return text
    return f"{text} The column is missing here: `{TRAINING}` makes the weights it needs."


def cautions(rows: Sequence[Row], best: Best) -> str:
    """Return by set what its gold is, and the best figure of others."""
    sets = dict.fromkeys(row.set for row in rows)
    lines = []
    for name in sets:
        system, f1 = best.get(name, ("", 0.0))
        lines.append(
            [name, METRICS[name], CAUTIONS[name], f"{system} {100 * f1:.1f}" if system else ""]
        )
    return (
        markdown(("set", "F1 is of", "caution", "best published F1"), lines)
        + "\n\nThe published figures come from the harness, on the same pages. A system counts "
        "where it answered every page; on fundus_parser Fundus does not: the gold is its output."
    )


def errors(rows: Sequence[Row]) -> str:
    """Count by system what was raised instead of an article."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counted[row.system].update(row.errors)
    return markdown(
        ("system", "raised"),
        [
            [
                system,
                ", ".join(f"{count} {name}" for name, count in found.most_common()) or "nothing",
            ]
            for system, found in counted.items()
        ],
    )
