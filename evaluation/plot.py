"""The plot of docs/quality.md: F1 by set with intervals, ours beside others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.systems import HELD_OUT, OURS, TRAFILATURA
from evaluation.tables import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW_HEIGHT = 8.6, 0.95  # inches
MARGIN = 0.8  # inches below the rows
PERFECT = 100.0  # percent
ROOM = 3.0  # percent beyond it, for the labels


@dataclass(frozen=True, slots=True)
class Mark:
    """How one system is drawn; the colours differ for every kind of colour blindness."""

    colour: str
    shape: str
    offset: float
    """Above the middle of the row, as a share of its height."""

    filled: bool = True


MARKS = {
    HELD_OUT.label: Mark("#0072B2", "o", -0.24),
    OURS.label: Mark("#0072B2", "o", -0.08, filled=False),
    TRAFILATURA.label: Mark("#D55E00", "s", 0.08),
}
PUBLISHED = Mark("#333333", "D", 0.24)


def draw(rows: Sequence[Row], best: Mapping[str, tuple[str, float]], path: Path) -> None:
    """Write the plot to *path*, in the format of its ending."""
    from matplotlib import rc_context  # noqa: PLC0415 - the gate runs without matplotlib
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    sets = list(dict.fromkeys(row.set for row in rows))
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "quality", "font.size": 10}):
        figure = Figure(figsize=(WIDTH, ROW_HEIGHT * len(sets) + MARGIN), layout="constrained")
        axes = figure.subplots()
        for row in rows:
            if row.system in MARKS:
                draw_row(axes, row, sets.index(row.set))
        for name, (system, f1) in best.items():
            if name in sets and system != TRAFILATURA.label:
                draw_published(axes, system, f1, sets.index(name))
        frame(axes, sets)
        metadata = {"Date": None} if path.suffix == ".svg" else None
        figure.savefig(path, dpi=110, metadata=metadata)


def draw_row(axes: "Axes", row: Row, place: int) -> None:
    """Draw one system on one set: its F1 and the interval; named on the first row alone."""
    found, mark = row.figures.get("f1"), MARKS[row.system]
    if found is None:
        return
    height = place + mark.offset
    axes.plot([100 * found.low, 100 * found.high], [height] * 2, color=mark.colour, linewidth=1.6)
    axes.plot(
        100 * found.value, height, marker=mark.shape, color=mark.colour, markersize=7,
        markerfacecolor=mark.colour if mark.filled else "white",
    )  # fmt: skip
    value = f"{100 * found.value:.1f}"
    label(axes, f"{value}  {row.system}" if place == 0 else value, 100 * found.high, height, mark)


def draw_published(axes: "Axes", system: str, f1: float, place: int) -> None:
    """Draw the best figure that others published on a set, by name."""
    height = place + PUBLISHED.offset
    axes.plot(100 * f1, height, marker=PUBLISHED.shape, color=PUBLISHED.colour, markersize=6)
    label(axes, f"{100 * f1:.1f}  {system}, published", 100 * f1, height, PUBLISHED)


def label(axes: "Axes", text: str, right_of: float, height: float, mark: Mark) -> None:
    """Write *text* beside a mark, in its colour."""
    axes.annotate(
        text, (right_of, height), xytext=(7, 0), textcoords="offset points", va="center",
        color=mark.colour, fontsize=9,
    )  # fmt: skip


def frame(axes: "Axes", sets: Sequence[str]) -> None:
    """Name the sets and the axis; lines between the sets, and nothing else."""
    axes.set_yticks(range(len(sets)), labels=list(sets))
    axes.set_ylim(len(sets) - 0.5, -0.5)
    axes.set_xlim(right=max(axes.get_xlim()[1], 100.0) + ROOM)
    axes.set_xticks([tick for tick in axes.get_xticks() if axes.get_xlim()[0] <= tick <= PERFECT])
    axes.set_xlabel("F1 in percent, in each set's own metric, with 95 % intervals")
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    for border in range(1, len(sets)):
        axes.axhline(border - 0.5, color="#bbbbbb", linewidth=0.8)
    axes.tick_params(left=False)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
