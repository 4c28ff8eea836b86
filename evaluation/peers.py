"""Figures that others have published on the same pages, from the harness's ``PEERS.md``."""

import re
from collections import defaultdict
from pathlib import Path

HEADING = re.compile(r"\*\*(\w+)\*\* \((\w+)\)$")
ROW = re.compile(r"\| (?P<system>[^|]+) \| (?P<pages>\d+) \| (?P<f1>[\d.]+) \|")
BY_CONSTRUCTION = ("fundus", "fundus_parser")  # the gold of this set is this system's own output
NAMES = {"traf": "trafilatura"}


def best_published(peers: Path) -> dict[str, tuple[str, float]]:
    """Return by set the best system of *peers* and its F1, 0 to 1.

    Only one that answered every page counts, and no pick of the best output page by page.
    """
    best = {}
    for name, rows in rows_of(peers.read_text(encoding="utf-8")).items():
        whole = max(pages for _, pages, _ in rows)
        candidates = [
            (f1, system)
            for system, pages, f1 in rows
            if pages == whole and "ORACLE" not in system and (system, name) != BY_CONSTRUCTION
        ]
        f1, system = max(candidates)
        system = NAMES.get(system, system.removeprefix("pub_"))
        best[name] = (system, round(f1 / 100, 4))
    return best


def rows_of(text: str) -> dict[str, list[tuple[str, int, float]]]:
    """Return by set every system with its number of pages and its F1 in percent."""
    rows: defaultdict[str, list[tuple[str, int, float]]] = defaultdict(list)
    current = ""
    for line in text.splitlines():
        if line.startswith("**"):
            heading = HEADING.match(line)
            current = heading[1] if heading else ""
        row = ROW.match(line)
        if row and current:
            rows[current].append((row["system"], int(row["pages"]), float(row["f1"])))
    return dict(rows)
