"""Score the cleaning of dumps: ``python -m evaluation.dumps BENCH DUMPS [--folds FOLDER]``.

Without ``--folds``, with the weights of the project, which have seen these pages; with the folder
that ``python -m evaluation.dump_train`` wrote, each page with weights that never saw its domain.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from cleaners import CleaningError, clean_dump
from cleaners.dump import scorer
from cleaners.trees import trees_of
from evaluation.dump_pages import Dump, read_dumps
from evaluation.pages import FOLDS, harness

MEASURES = ("f1", "p", "r")
SAMPLES = 2000  # of the bootstrap
READY = ("scrapinghub", "fundus_eval")  # sets of the dumps that come ready with the harness

Score = dict[str, float]
Report = dict[str, dict[str, float | list[float]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table with one row a set."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.dumps", description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("dumps", type=Path)
    parser.add_argument("--folds", type=Path)
    options = parser.parse_args(arguments)
    report(options.bench, list(read_dumps(options.bench, options.dumps)), options.folds)
    return 0


def report(bench: Path, dumps: Sequence[Dump], folds: Path | None) -> Report:
    """Print and return the scores by set, in percent, with intervals of 95 %."""
    pages: defaultdict[str, list[Score]] = defaultdict(list)
    for dump, score in score_all(bench, dumps, folds):
        pages[dump.set].append(score)
        if dump.set in READY:
            pages["ready"].append(score)
    found = {name: total(scores) for name, scores in pages.items()}
    sys.stdout.write(f"{'set':14} pages {'F1':>6} {'95 %':>15} {'P':>6} {'R':>6}\n")
    for name, row in found.items():
        low, high = row["interval"]  # type: ignore[misc]  # this one is a list
        sys.stdout.write(
            f"{name:14} {row['pages']:5} {row['f1']:6} {low:7} {high:7} {row['p']:6} {row['r']:6}\n"
        )
    return found


def score_all(
    bench: Path, dumps: Sequence[Dump], folds: Path | None
) -> Iterator[tuple[Dump, Score]]:
    """Yield each of *dumps* with its score, those of one fold after those of another."""
    if folds is None:
        yield from score_each(bench, dumps)
        return
    for fold in range(FOLDS):
        with weights_of(folds, fold):
            yield from score_each(bench, [dump for dump in dumps if dump.fold == fold])


def score_each(bench: Path, dumps: Iterable[Dump]) -> Iterator[tuple[Dump, Score]]:
    """Yield each of *dumps* with the harness's score of its cleaned text; a refusal is no text."""
    metrics = harness(bench, "metrics")
    for dump in dumps:
        try:
            text = clean_dump(dump.text, dump.url or None).text
        except CleaningError:
            text = ""
        scores = [metrics.word_page(text, gold) for gold in dump.golds]
        yield dump, max(scores, key=lambda score: float(score["f1"]))


@contextmanager
def weights_of(folder: Path, fold: int) -> Iterator[None]:
    """Clean with the weights that were trained without *fold*."""
    shipped = scorer.booster
    trees = json.loads((folder / f"{fold}.json").read_text(encoding="utf-8"))["trees"]
    model = trees_of(trees)
    scorer.booster = partial(lambda model: model, model)  # type: ignore[assignment]  # of one fold
    try:
        yield
    finally:
        scorer.booster = shipped


def total(scores: Sequence[Score]) -> dict[str, float | list[float]]:
    """Return the means of *scores* in percent, and where 95 of 100 such samples have their F1."""
    values = np.array([[score[measure] for measure in MEASURES] for score in scores]) * 100
    draws = np.random.default_rng(1).integers(len(values), size=(SAMPLES, len(values)))
    low, high = np.percentile(values[draws, 0].mean(1), [2.5, 97.5])
    means = dict(zip(MEASURES, values.mean(0).round(2).tolist(), strict=True))
    return {"pages": len(values), **means, "interval": [round(low, 2), round(high, 2)]}


if __name__ == "__main__":
    sys.exit(main())
