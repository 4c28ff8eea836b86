"""The learned scorer: how likely each block of a page is to be article text."""

from functools import cache

import numpy as np

from cleaners.containers import Floats
from cleaners.features import Features
from cleaners.trees import Trees, load_trees

WEIGHTS = "blocks.json"
UNSURE = (0.15, 0.85)  # scores between which a block is neither in nor out
MAX_WEIGHT = 100  # words
PERIOD, MARGIN = 20, 4.0
"""Leave the last trees out where a score is settled: half the time, 1 verdict in 4,000 differs."""


def score(features: Features) -> Floats:
    """Return for each candidate how likely it is article text, 0 to 1."""
    if not len(features.rows):
        return np.zeros(0)
    return booster().predict(features.rows, PERIOD, MARGIN)


def doubt(features: Features, scores: Floats) -> float:
    """Return the share of a page's words about which *scores* are unsure, 0 to 1."""
    if not len(scores):
        return 1.0
    weights = np.minimum(features.words, MAX_WEIGHT)
    unsure = (scores > UNSURE[0]) & (scores < UNSURE[1])
    return float((unsure * weights).sum() / weights.sum())


@cache
def booster() -> Trees:
    """Load the trees once."""
    return load_trees(WEIGHTS)
