"""A table of numbers about the lines of a dump, and what lies before and behind each."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Floats = NDArray[np.float64]

FAR = 40  # lines; what is further away is as good as not there


class Columns:
    """Columns of one value a line, by name."""

    def __init__(self) -> None:
        """Start without a column."""
        self._values: dict[str, Floats] = {}

    def add(self, name: str, values: NDArray[np.generic] | Sequence[float]) -> None:
        """Add a column, one value a line."""
        self._values[name] = np.asarray(values, np.float64)

    def __getitem__(self, name: str) -> Floats:
        return self._values[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the matrix."""
        return tuple(self._values)

    def matrix(self) -> Matrix:
        """Return all columns, one row a line."""
        return np.stack(list(self._values.values()), 1).astype(np.float32)


def shift(values: Floats, offset: int) -> Floats:
    """Return *values* moved so that each place holds its neighbour *offset* away; -1 outside."""
    moved = np.full(len(values), -1.0)
    if abs(offset) < len(values):
        if offset > 0:
            moved[:-offset] = values[offset:]
        else:
            moved[-offset:] = values[:offset]
    return moved


def window(values: Floats, size: int) -> tuple[Floats, Floats]:
    """Return the sums of up to *size* values before and behind each."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    places = np.arange(len(values))
    before = sums[places] - sums[np.maximum(places - size, 0)]
    behind = sums[np.minimum(places + 1 + size, len(values))] - sums[places + 1]
    return before, behind


def distances(marked: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return how far the marked line before and behind each line is, at most `FAR`."""
    places = np.arange(len(marked))
    none_before, none_behind = -FAR - 1, len(marked) + FAR
    last = np.maximum.accumulate(np.where(marked, places, none_before))
    before = places - np.concatenate(([none_before], last[:-1]))
    first = np.minimum.accumulate(np.where(marked, places, none_behind)[::-1])[::-1]
    behind = np.concatenate((first[1:], [none_behind])) - places
    return np.minimum(before, FAR).astype(np.float64), np.minimum(behind, FAR).astype(np.float64)
