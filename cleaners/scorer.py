"""The learned scorer: how likely each block of a page is to be article text."""

import json
from functools import cache
from importlib.resources import files
from typing import cast

import lightgbm
import numpy as np
from numpy.typing import NDArray

from cleaners.containers import Floats
from cleaners.context import in_context
from cleaners.features import Features
from cleaners.wording import Matrix

WEIGHTS = "blocks.json"
UNSURE = (0.15, 0.85)  # scores between which a block is neither in nor out
MAX_WEIGHT = 100  # words


def score(features: Features) -> Floats:
    """Return for each candidate how likely it is article text, by its own features."""
    return predict("alone", features.rows)


def score_again(features: Features, scores: Floats, region: NDArray[np.bool_]) -> Floats:
    """Return the scores that know the first *scores* around a block and trafilatura's choice."""
    return predict("with_region", in_context(features, scores, region))


def doubt(features: Features, scores: Floats) -> float:
    """Return the share of a page's words about which *scores* are unsure, 0 to 1."""
    if not len(scores):
        return 1.0
    weights = np.minimum(features.words, MAX_WEIGHT)
    unsure = (scores > UNSURE[0]) & (scores < UNSURE[1])
    return float(np.average(unsure, weights=weights))


def predict(stage: str, rows: Matrix) -> Floats:
    """Return the model's answer for each of *rows*."""
    if not len(rows):
        return np.zeros(0)
    return cast("Floats", booster(stage).predict(rows, num_threads=1))


@cache
def booster(stage: str) -> lightgbm.Booster:
    """Load the trees of *stage*, ``alone`` or ``with_region``, from the data file."""
    weights = json.loads((files("cleaners") / "data" / WEIGHTS).read_text(encoding="utf-8"))
    return lightgbm.Booster(model_str="\n".join(weights["stages"][stage]))
