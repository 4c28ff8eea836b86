"""Markdown tables of figures, and the sections of a page that commands write."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.measure import METADATA, Estimate

FIGURES = ("p", "r", "exact", *METADATA)
HEADS = ("set", "system", "pages", "F1", "against trafilatura", "P", "R", *FIGURES[2:], "none")
METRICS = {
    "scrapinghub": "mean P and mean R of runs of four words",
    "fundus_eval": "a page's ROUGE-LSum, then the mean",
    "fundus_parser": "a page's words, then the mean",
    "newspaper4k": "a page's words, then the mean",
    "wcxb": "a page's words, then the mean",
    "trafilatura_eval": "all strings of all pages",
}
CAUTIONS = {
    "scrapinghub": "news of 2019; the gold has no title",
    "fundus_eval": "news of 2024, written out by hand; optional paragraphs count either way; few",
    "fundus_parser": "news of 40 countries; the gold is what publishers' own rules gave, reviewed",
    "newspaper4k": "news; few",
    "wcxb": "articles of all kinds; gold drafted by programs; many pages without their scripts",
    "trafilatura_eval": "strings that must and must not appear; many German, many not news",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one set."""

    set: str
    system: str
    pages: int
    figures: Mapping[str, Estimate | None]
    against: Estimate | None = None
    """Difference in F1 to trafilatura; None for trafilatura itself."""

    without_text: int = 0
    errors: Mapping[str, int] = field(default_factory=dict)
    """Pages that raised, by the name of the error."""


def table_of(rows: Iterable[Row]) -> str:
    """Return the table of all systems on all sets, in percent."""
    return markdown(HEADS, (cells_of(row) for row in rows))


def cells_of(row: Row) -> list[str]:
    """Return the cells of one line."""
    figures = [percent(row.figures.get(name)) for name in FIGURES]
    return [
        row.set, row.system, str(row.pages), percent(row.figures.get("f1")), signed(row.against),
        *figures, str(row.without_text),
    ]  # fmt: skip


def percent(found: Estimate | None) -> str:
    """Return ``96.7 (95.1–97.9)``; empty where there is no figure."""
    if found is None:
        return ""
    return f"{100 * found.value:.1f} ({100 * found.low:.1f}–{100 * found.high:.1f})"


def signed(found: Estimate | None) -> str:
    """Return ``+1.2 (+0.4 to +2.0)``; empty where there is no figure."""
    if found is None:
        return ""
    return f"{100 * found.value:+.1f} ({100 * found.low:+.1f} to {100 * found.high:+.1f})"


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar inside a cell would end it, and is written as a slash."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines
    )


def put_section(page: Path, name: str, text: str) -> None:
    """Write *text* into *page* between the marks of the section *name*, at its end if it has none.

    What stands outside the marks stays as it is.
    """
    old = page.read_text(encoding="utf-8") if page.exists() else "# Quality\n"
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    section = f"{start}\n{text.strip()}\n{end}"
    pattern = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    new = pattern.sub(lambda _: section, old) if pattern.search(old) else f"{old}\n{section}\n"
    page.parent.mkdir(parents=True, exist_ok=True)
    part = page.with_suffix(".part")
    part.write_text(new, encoding="utf-8")
    part.replace(page)
