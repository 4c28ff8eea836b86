"""The trained trees, as the data files hold them."""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from cleaners.compiled import compiled

Floats = NDArray[np.float64]


class Trees(Protocol):
    """Trees that say how likely something is."""

    @property
    def features(self) -> int:
        """Columns of a row."""

    def predict(self, rows: NDArray[np.float32], period: int = 0, margin: float = 0.0) -> Floats:
        """Return how likely each of *rows* is, 0 to 1.

        Where *period* is not 0, a row is asked of so many trees at a time, and of no more when
        their sum is further from even than half of *margin*.
        """


class LightGBMTrees:
    """Trees asked by LightGBM's own predictor; the compiled one gives the same to the last bit."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Read the *lines* of LightGBM's text format."""
        from lightgbm import Booster  # noqa: PLC0415 - a tenth of a second, for nothing if compiled

        self._booster = Booster(model_str="\n".join(lines))
        self.features: int = self._booster.num_feature()

    def predict(self, rows: NDArray[np.float32], period: int = 0, margin: float = 0.0) -> Floats:
        """Return what `Trees.predict` does."""
        stopping: dict[str, Any] = {
            "pred_early_stop": period > 0,
            "pred_early_stop_freq": period,
            "pred_early_stop_margin": margin,
        }
        options = stopping if period else {}
        return cast("Floats", self._booster.predict(rows, num_threads=1, **options))


_native = compiled("_forest")


def trees_of(lines: Sequence[str]) -> Trees:
    """Return the trees of the *lines* of LightGBM's text format."""
    return cast("Trees", _native.Forest(lines)) if _native else LightGBMTrees(lines)


def load_trees(name: str) -> Trees:
    """Return the trees of the data file *name*."""
    weights = json.loads((files("cleaners") / "data" / name).read_text(encoding="utf-8"))
    return trees_of(weights["trees"])
