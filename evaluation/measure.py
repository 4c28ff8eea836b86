"""A set's figures with their 95 % bootstrap intervals, and paired differences between systems.

Every figure is a ratio of two sums over pages, or the harmonic mean of two such ratios, so that all
resamples are one product of matrices. Two systems see the same resamples: they are paired.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cleaners.containers import Floats

RESAMPLES = 2000
TAILS = (2.5, 97.5)  # percent
PARTS_OF_F1 = ("p", "r")
METADATA = ("title", "date", "author")

Scores = Mapping[str, Any]
"""One page's scores, as the harness gives them."""

Ratios = dict[str, tuple[Floats, Floats]]
"""By figure, each page's share of the numerator and of the denominator."""

Samples = dict[str, Floats]
"""By figure, its value on all pages, then on each resample."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, all from 0 to 1."""

    value: float
    low: float
    high: float


def estimate(values: Floats) -> Estimate | None:
    """Return the figure whose *values* these are; None where no page has it."""
    if np.isnan(values[0]):
        return None
    low, high = np.nanpercentile(values[1:], TAILS) if len(values) > 1 else (values[0], values[0])
    return Estimate(float(values[0]), float(low), float(high))


def difference(ours: Samples, theirs: Samples, figure: str = "f1") -> Estimate | None:
    """Return by how much *ours* is above *theirs*, on the same resamples."""
    return estimate(ours[figure] - theirs[figure])


def resample(pages: int, name: str, resamples: int = RESAMPLES) -> Floats:
    """Return how often each page counts: once in the first row, then as often as it is drawn.

    The draws depend on the *name* of the set and on the number of its pages alone.
    """
    random = np.random.default_rng(zlib.crc32(name.encode()))
    drawn = random.multinomial(pages, np.full(pages, 1 / pages), size=resamples)
    return np.vstack([np.ones(pages), drawn]).astype(np.float64)


def samples(kind: str, scores: Sequence[Scores], weights: Floats, *, partial: bool) -> Samples:
    """Return every figure of a set on all pages and on each resample.

    Args:
        kind: the set's own metric: ``shingle``, ``word``, ``rouge`` or ``segments``.
        scores: of each page, in one order for all systems.
        weights: what `resample` gave.
        partial: whether pages without an answer are left out of the text's figures.
    """
    answered = np.array([not (partial and page["empty"]) for page in scores], np.float64)
    ratios = text_ratios(kind, scores)
    ratios = {name: (top * answered, below * answered) for name, (top, below) in ratios.items()}
    for name in METADATA:
        ratios[name] = mean_of([page.get(name) for page in scores])
    figures = {name: ratio(weights @ top, weights @ below) for name, (top, below) in ratios.items()}
    if "f1" not in figures:
        precision, recall = (figures[name] for name in PARTS_OF_F1)
        figures["f1"] = ratio(2 * precision * recall, precision + recall)
    return figures


def text_ratios(kind: str, scores: Sequence[Scores]) -> Ratios:
    """Return the ratios of the text's figures; F1 is left out where it is made of P and R."""
    pages = [page[kind] for page in scores]
    exact = mean_of([page.get("shingle", {}).get("exact") for page in scores])
    if kind == "segments":
        right, extra, lost = (
            np.array([p[k] for p in pages], np.float64) for k in ("tp", "fp", "fn")
        )
        return {"p": (right, right + extra), "r": (right, right + lost), "exact": exact}
    names = PARTS_OF_F1 if kind == "shingle" else ("f1", *PARTS_OF_F1)
    return {name: mean_of([page[name] for page in pages]) for name in names} | {"exact": exact}


def mean_of(values: Sequence[float | None]) -> tuple[Floats, Floats]:
    """Return the ratio that is the mean of *values*; a page whose value is None does not count."""
    top = np.array([value or 0.0 for value in values], np.float64)
    return top, np.array([value is not None for value in values], np.float64)


def ratio(top: Floats, below: Floats) -> Floats:
    """Divide; no number where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, top / below, np.nan)
