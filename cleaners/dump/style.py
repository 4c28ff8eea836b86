"""How the prose of a page is set, and how far each line of a dump differs from it.

Sites agree on little, but one page sets its paragraphs alike: a caption is shorter than they are,
or stands without the empty lines that they have around them.
"""

from collections.abc import Sequence

import numpy as np

from cleaners.dump.columns import Columns, Floats
from cleaners.dump.extent import Run
from cleaners.dump.lines import Line

MAX_WORDS = 80.0  # of a paragraph that counts for the style; one giant is no style
MOST = 60  # paragraphs that are counted
RANKS = 40  # paragraphs from either end of the run that are told apart


def add_style(columns: Columns, lines: Sequence[Line], run: Run) -> None:
    """Add what tells a line from the paragraphs of *run*, and what these are like."""
    words = np.array([line.words for line in lines], np.float64)
    prose = columns["prose"]
    places = np.arange(len(lines))
    inside = prose * ((places >= run.start) & (places < run.stop))
    add_setting(columns, words, {"run": inside, "page": prose})
    paragraphs = words[inside > 0]
    usual = np.log1p(np.median(paragraphs)) if len(paragraphs) else 0.0
    columns.add("to_median", np.log1p(words) - usual)
    columns.add("median", np.full(len(lines), usual))
    columns.add("paragraphs", np.full(len(lines), min(len(paragraphs), MOST)))
    total = max(float(words @ inside), 1.0)
    ended = float((words * inside) @ columns["ends"])
    columns.add("ends_share", np.full(len(lines), ended / total))
    columns.add("run_before", (np.cumsum(words * inside) - words * inside) / total)
    count = np.cumsum(inside)
    columns.add("rank", np.minimum(count - inside, RANKS))
    columns.add("rank_behind", np.minimum(inside.sum() - count, RANKS))


def add_setting(columns: Columns, words: Floats, kinds: dict[str, Floats]) -> None:
    """Add the share of the other prose that has empty lines where a line has them.

    Args:
        columns: those with ``gap`` and ``gap_behind``.
        words: of every line.
        kinds: by name, 1 for each line that is prose of that kind, else 0.
    """
    setting = (2 * columns["gap"] + columns["gap_behind"]).astype(np.intp)
    for name, prose in kinds.items():
        own = np.minimum(words, MAX_WORDS) * prose
        sums = np.bincount(setting, own, minlength=4)
        others = np.maximum(own.sum() - own, 1.0)
        columns.add(f"set_like_{name}", (sums[setting] - own) / others)
