"""The learned scorer: how likely each block of a page is to be article text."""

from functools import cache
from typing import Any, cast

import numpy as np
from lightgbm import Booster

from cleaners.containers import Floats
from cleaners.features import Features
from cleaners.trees import load_trees

WEIGHTS = "blocks.json"
UNSURE = (0.15, 0.85)  # scores between which a block is neither in nor out
MAX_WEIGHT = 100  # words
STOPPING: dict[str, Any] = {
    "pred_early_stop": True,
    "pred_early_stop_freq": 20,
    "pred_early_stop_margin": 4.0,
}
"""Leave the last trees out where a score is settled: half the time, 1 verdict in 4,000 differs."""


def score(features: Features) -> Floats:
    """Return for each candidate how likely it is article text, 0 to 1."""
    if not len(features.rows):
        return np.zeros(0)
    return cast("Floats", booster().predict(features.rows, num_threads=1, **STOPPING))


def doubt(features: Features, scores: Floats) -> float:
    """Return the share of a page's words about which *scores* are unsure, 0 to 1."""
    if not len(scores):
        return 1.0
    weights = np.minimum(features.words, MAX_WEIGHT)
    unsure = (scores > UNSURE[0]) & (scores < UNSURE[1])
    return float((unsure * weights).sum() / weights.sum())


@cache
def booster() -> Booster:
    """Load the trees once."""
    return load_trees(WEIGHTS)
