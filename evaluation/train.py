"""Train the block scorer: ``python -m evaluation.train BENCH [OUTPUT]``.

BENCH is the folder of the harness with its ``data``. Training is deterministic: the same pages and
the same versions of the libraries give the same file.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from cleaners.containers import Floats
from cleaners.features import NAMES
from cleaners.generic import KEEP, ask, heed, is_unsure
from cleaners.wording import Matrix
from evaluation.pages import FOLDS, Example, load
from evaluation.scores import score_kept

OUTPUT = Path("cleaners/data/blocks.json")
NEWS = ("scrapinghub", "fundus_eval", "fundus_parser", "newspaper4k")
NEWS_WEIGHT = 2.5  # pages of news count more than articles of all kinds
SEGMENT_WEIGHT = 0.5  # of a page whose gold names a few strings only
MAX_WEIGHT = 120  # words; one long block does not outweigh a page

PARAMETERS = {
    "objective": "binary", "num_leaves": 16, "min_data_in_leaf": 60,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 2, "deterministic": True,
    "force_col_wise": True, "learning_rate": 0.06,
    "extra_trees": True,  # random splits: +.1 of F1 in the mean over sets never seen
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Targets:
    """What the candidates of all pages are to be, one value a row."""

    wanted: Floats
    weights: Floats
    folds: Floats


ROUNDS = 400


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, print what it scores out of fold, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.train", description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("output", type=Path, nargs="?", default=OUTPUT)
    parser.add_argument("--folds", type=Path, help="also write each fold's weights here")
    options = parser.parse_args(arguments)
    examples = list(load(options.bench))
    targets = targets_of(examples)
    rows = np.concatenate([e.features.rows for e in examples])
    models = train_folds(rows, targets)
    scores = out_of_fold(models, rows, targets.folds)
    ends = np.cumsum([0] + [len(e.features.candidates) for e in examples])
    report = tell(options.bench, examples, [scores[a:b] for a, b in pairwise(ends)])
    write(options.output, examples, report, fit(rows, targets))
    if options.folds is not None:
        write_folds(options.folds, models)
    return 0


def targets_of(examples: list[Example]) -> Targets:
    """Return what the candidates of *examples* are to be."""
    return Targets(
        np.concatenate([e.wanted[e.features.candidates] for e in examples]),
        np.concatenate([weigh(e) for e in examples]),
        np.concatenate([np.full(len(e.features.candidates), float(e.fold)) for e in examples]),
    )


def weigh(example: Example) -> Floats:
    """Return each candidate's weight: its words, against the words of the page's gold."""
    chosen = example.features.candidates
    words = np.minimum(example.features.words, MAX_WEIGHT) + 4
    known = example.known[chosen]
    if example.set == "trafilatura_eval":
        weights = SEGMENT_WEIGHT * words / max(float(words[known > 0].sum()), 60.0)
    else:
        gold = float(example.features.words[example.wanted[chosen] > 0].sum())
        weights = words / (gold + 60) if gold > 30 else 0.0005 * words  # noqa: PLR2004 - hardly a gold
        weights = weights * (NEWS_WEIGHT if example.set in NEWS else 1.0)
    return np.asarray(weights * known * 50)


def fit(rows: Matrix, targets: Targets, without: int | None = None) -> lightgbm.Booster:
    """Train on all rows that the gold says anything of, but not on those of a fold."""
    use = (targets.weights > 0) & (targets.folds != (-1 if without is None else without))
    data = lightgbm.Dataset(rows[use], targets.wanted[use], weight=targets.weights[use])
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def train_folds(rows: Matrix, targets: Targets) -> list[lightgbm.Booster]:
    """Train one model a fold, on the pages of all other folds."""
    models = []
    for fold in range(FOLDS):
        models.append(fit(rows, targets, fold))
        sys.stderr.write(f"fold {fold + 1} of {FOLDS}\n")
    return models


def out_of_fold(models: list[lightgbm.Booster], rows: Matrix, folds: Floats) -> Floats:
    """Return each row's score from the model that saw no page of its domain."""
    scores = np.zeros(len(rows))
    for fold, model in enumerate(models):
        scores[folds == fold] = model.predict(rows[folds == fold])
    return scores


def tell(
    bench: Path, examples: list[Example], scores: list[Floats]
) -> dict[str, dict[str, dict[str, float]]]:
    """Print and return what scores out of fold: the trees alone, and trafilatura asked in doubt."""
    unsure = [is_unsure(e.features, s) for e, s in zip(examples, scores, strict=True)]
    heeded = [
        heed(own, ask(example.url, example.blocks, example.features, own)) if is_asked else own
        for example, own, is_asked in zip(examples, scores, unsure, strict=True)
    ]
    report = {}
    for name, some in (("alone", scores), ("heeding trafilatura in doubt", heeded)):
        kept = [kept_of(e, s) for e, s in zip(examples, some, strict=True)]
        report[name] = score_kept(bench, examples, kept)
    report["trafilatura"] = score_kept(bench, examples, [chosen_of(e) for e in examples])
    sys.stdout.write(f"trafilatura is asked on {np.mean(unsure):.1%} of pages\n")
    for name, sets in report.items():
        cells = "  ".join(f"{s} {v['f1']:.4f}" for s, v in sets.items())
        sys.stdout.write(f"{name:28} {cells}\n")
    return report


def chosen_of(example: Example) -> NDArray[np.bool_]:
    """Return for each block whether trafilatura chooses it."""
    chosen = np.zeros(len(example.blocks), np.bool_)
    likely = np.ones(len(example.features.candidates))  # all are shown to it
    asked = ask(example.url, example.blocks, example.features, likely)
    chosen[example.features.candidates] = asked
    return chosen


def kept_of(example: Example, scores: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return for each block whether its score keeps it."""
    kept = np.zeros(len(example.blocks), np.bool_)
    kept[example.features.candidates] = scores >= KEEP
    return kept


def write(output: Path, examples: list[Example], report: object, model: lightgbm.Booster) -> None:
    """Write the weights whole, with where they come from."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{example.set}/{example.id}".encode())
        digest.update(example.features.rows.tobytes())
        digest.update(example.wanted.tobytes())
    weights = {
        "command": "python -m evaluation.train BENCH",
        "pages": len(examples),
        "fingerprint": digest.hexdigest(),
        "libraries": {"lightgbm": lightgbm.__version__, "numpy": np.__version__},
        "features": list(NAMES),
        "out_of_fold": report,
        "trees": trees_of(model),
    }
    part = output.with_suffix(".part")
    part.write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")
    part.replace(output)


def write_folds(folder: Path, models: list[lightgbm.Booster]) -> None:
    """Write one file of weights a fold, for `evaluation.held_out`."""
    folder.mkdir(parents=True, exist_ok=True)
    for fold, model in enumerate(models):
        path = folder / f"{fold}.json"
        path.write_text(json.dumps({"trees": trees_of(model)}), encoding="utf-8")


def trees_of(model: lightgbm.Booster) -> list[str]:
    """Return the lines of the model's text, without the parameters it was trained with."""
    return model.model_to_string().partition("\nfeature_importances")[0].splitlines()


if __name__ == "__main__":
    sys.exit(main())
