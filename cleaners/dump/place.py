"""Where each line of a dump stands: among its neighbours, in the article, on the page."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from cleaners.dump.columns import FAR, Columns, distances, shift, window
from cleaners.dump.extent import PROSE_CAP, Run
from cleaners.dump.lines import Line

WINDOWS = (3, 8, 20)  # lines before and behind
NEAR = 8  # lines
SHAPE_WORDS = 6  # short lines that differ by less have one shape
ENDS = 60  # lines from the top and the end of the page that are counted


def add_around(columns: Columns) -> None:
    """Add the lines next to a line, and how much there is of what in windows about it."""
    words, prose = np.expm1(columns["log_words"]), columns["prose"]
    for name in ("prose", "ends", "gap", "item", "rule", "lower", "cohesion", "picture", "kept"):
        for offset in (-1, 1):
            columns.add(f"{name}_{offset:+d}", shift(columns[name], offset))
    for offset in (-3, -2, -1, 1, 2, 3):
        columns.add(f"log_words_{offset:+d}", shift(columns["log_words"], offset))
    counted = {
        "prose": np.minimum(words, PROSE_CAP) * prose,
        "rule": np.maximum(columns["rule"], columns["tail"]),
        "short": (1 - prose) * (1 - columns["rule"]),
        "date": columns["is_date"],
        "lower": columns["lower"],
        "item": columns["item"],
    }
    for size in WINDOWS:
        for name, values in counted.items():
            before, behind = window(values, size)
            columns.add(f"{name}_before_{size}", before)
            columns.add(f"{name}_behind_{size}", behind)
    for name in ("glued", "marks", "opens_dash"):
        columns.add(f"{name}_near", np.add(*window(np.minimum(columns[name], 1), NEAR)))


def add_distances(columns: Columns) -> None:
    """Add how far the next line of each kind is, before and behind."""
    for name in ("prose", "rule", "tail", "is_date", "is_comment", "picture", "item", "is_related"):
        before, behind = distances(columns[name] > 0)
        columns.add(f"since_{name}", before)
        columns.add(f"until_{name}", behind)


def add_place(columns: Columns, lines: Sequence[Line], title: int | None, run: Run) -> None:
    """Add where on the page, in the run of the article and among like lines a line stands."""
    places = np.arange(len(lines), dtype=np.float64)
    prose = np.expm1(columns["log_words"]) * columns["prose"]
    columns.add("position", places / len(lines))
    columns.add("first_lines", np.minimum(places, ENDS))
    columns.add("last_lines", np.minimum(places[::-1], ENDS))
    columns.add("prose_before", (np.cumsum(prose) - prose) / max(prose.sum(), 1.0))
    columns.add("tails_before", np.minimum(np.cumsum(columns["tail"]) - columns["tail"], 9))
    columns.add("under_title", np.clip(places - (-FAR if title is None else title), -FAR, 2 * FAR))
    columns.add("behind_start", np.clip(places - run.start, -FAR, 2 * FAR))
    columns.add("before_stop", np.clip(run.stop - places, -FAR, 2 * FAR))
    columns.add("inside", (places >= run.start) & (places < run.stop))
    alike = [
        (n, size)
        for _, group in groupby(map(shape, lines))
        for size in [len(list(group))]
        for n in range(size)
    ]
    columns.add("alike", [min(size, FAR) for _, size in alike])
    columns.add("alike_before", [min(n, FAR) for n, _ in alike])


def shape(line: Line) -> tuple[bool, bool, bool, bool, int]:
    """Return what two entries of one list have in common."""
    length = 0 if line.is_prose else line.words // SHAPE_WORDS
    return line.is_item, line.is_prose, bool(line.rule), line.gap, length
