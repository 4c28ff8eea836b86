"""What the scores of the blocks around say of a block, beside what trafilatura chose."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.containers import Floats
from cleaners.features import Features
from cleaners.wording import Matrix

MAX_WEIGHT = 100  # words; one long block does not outweigh its neighbours
WINDOWS = (2, 6, 15)  # blocks on either side
LEVELS = 4  # containers above a block
STRONG = 0.4  # score from which a block adds to the best run


def in_context(features: Features, scores: Floats, region: NDArray[np.bool_]) -> Matrix:
    """Return the rows of *features*, each behind what its surroundings say.

    Args:
        features: of the candidates.
        scores: of the candidates, 0 to 1.
        region: for each candidate, whether trafilatura chose it.
    """
    weights = np.minimum(features.words, MAX_WEIGHT)
    chosen = region.astype(np.float64)
    columns = [scores, *neighbours(scores, (-3, -2, -1, 1, 2, 3))]
    columns += windows(scores, weights)
    columns += containers(features, scores, weights)
    columns += best_run(scores, weights)
    columns += [chosen, *neighbours(chosen, (-2, -1, 1, 2))]
    columns += agreement(features, scores, chosen, weights)
    return np.concatenate([np.stack(columns, 1).astype(np.float32), features.rows], 1)


def neighbours(values: Floats, offsets: Sequence[int]) -> list[Floats]:
    """Return the value of the block at each of *offsets*."""
    return [shift(values, offset) for offset in offsets]


def shift(values: Floats, offset: int) -> Floats:
    """Return *values* moved so that each place holds its neighbour *offset* away, 0 at the ends."""
    moved = np.zeros(len(values))
    if abs(offset) < len(values):
        if offset > 0:
            moved[:-offset] = values[offset:]
        else:
            moved[-offset:] = values[:offset]
    return moved


def windows(scores: Floats, weights: Floats) -> list[Floats]:
    """Return mean scores around a block, and how far along the page's likely text it is."""
    count = len(scores)
    weight = np.concatenate([[0.0], np.cumsum(weights)])
    value = np.concatenate([[0.0], np.cumsum(scores * weights)])
    places = np.arange(count)
    columns = []
    for size in WINDOWS:
        left, right = np.maximum(places - size, 0), np.minimum(places + size + 1, count)
        columns.append((value[right] - value[left]) / np.maximum(weight[right] - weight[left], 1))
    total = max(float(value[-1]), 1.0)
    unsure = np.mean((scores > 0.25) & (scores < 0.75))  # noqa: PLR2004 - neither in nor out
    columns.append(np.full(count, np.log1p(total)))
    columns.append(value[:-1] / total)
    columns.append(np.full(count, value[-1] / max(float(weight[-1]), 1.0)))
    columns.append(np.full(count, unsure))
    return columns


def containers(features: Features, scores: Floats, weights: Floats) -> list[Floats]:
    """Return, for some levels above a block, the mean score and the share of the page's text."""
    values = features.containers.totals_of(features.candidates, scores * weights)
    sizes = features.containers.totals_of(features.candidates, weights)
    total = max(float((scores * weights).sum()), 1.0)
    columns = []
    for places in features.containers.up(LEVELS - 1):
        here = places[features.candidates]
        columns += [values[here] / np.maximum(sizes[here], 1), values[here] / total]
    return columns


def best_run(scores: Floats, weights: Floats) -> list[Floats]:
    """Return how far each block is from the ends of the run that adds up to the most."""
    best = current = 0.0
    start = first = last = 0
    for place, gain in enumerate(((scores - STRONG) * (weights + 2)).tolist()):
        if current <= 0:
            current, start = 0.0, place
        current += gain
        if current > best:
            best, first, last = current, start, place
    places = np.arange(len(scores), dtype=np.float64)
    return [np.clip(places - first, -30, 30), np.clip(last - places, -30, 30)]


def agreement(features: Features, scores: Floats, chosen: Floats, weights: Floats) -> list[Floats]:
    """Return how much trafilatura chose, how far along a block is in it, and what it shares."""
    count = len(scores)
    total = float((chosen * weights).sum())
    likely = max(float((scores * weights).sum()), 1.0)
    both = float((chosen * scores * weights).sum())
    before = np.concatenate([[0.0], np.cumsum(chosen * weights)])[:-1]
    columns = [
        np.full(count, np.log1p(total)),
        np.full(count, both / max(total, 1.0)),
        np.full(count, both / likely),
        before / max(total, 1.0),
    ]
    held = features.containers.totals_of(features.candidates, chosen * weights)
    above = features.containers.up(2)
    return columns + [held[places[features.candidates]] / max(total, 1.0) for places in above]
