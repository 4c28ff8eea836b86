"""The learned scorer of dumps: how likely each line is to be article text.

`data/dump.json` holds its trees, with the command that trains them and their scores on domains they
never saw.
"""

from functools import cache

import numpy as np

from cleaners.dump.columns import Floats, Matrix
from cleaners.trees import Trees, load_trees

WEIGHTS = "dump.json"


def score(rows: Matrix) -> Floats:
    """Return for each of *rows* how likely its line is article text, 0 to 1."""
    return booster().predict(rows)


def expected(words: Floats, scores: Floats) -> float:
    """Return the F1 of words, 0 to 1, that the best choice by *scores* may hope for.

    To choose the lines that score at least half of it is that choice: Lipton, Elkan and
    Naryanaswamy, Optimal Thresholding of Classifiers to Maximize F1 Measure (2014), theorem 1.
    """
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(words[order] * scores[order])
    chosen = np.cumsum(words[order])
    return float(np.max(2 * right / np.maximum(chosen + right[-1:], 1.0), initial=0.0))


@cache
def booster() -> Trees:
    """Load the trees once."""
    return load_trees(WEIGHTS)
