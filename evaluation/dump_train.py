"""Train the scorer of dumps: ``python -m evaluation.dump_train BENCH DUMPS [OUTPUT]``.

Training is deterministic: the same dumps and the same versions of the libraries give the same file.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from cleaners.dump.columns import Floats, Matrix, distances
from evaluation.dump_pages import Dump, Example, example_of, read_dumps
from evaluation.dumps import report
from evaluation.pages import FOLDS, fold_of
from evaluation.train import NEWS, trees_of

OUTPUT = Path("cleaners/data/dump.json")
NEWS_WEIGHT = 5.0  # pages of news count more than articles of all kinds
CLEAN_WEIGHT = 0.5  # of a page's gold read as a dump: what comes out of a cleaner goes in again
DENSE_EACH = 3  # every third page is learned without its empty lines, too
MAX_WEIGHT = 120  # words; one long line does not outweigh a page
LEAST_GOLD = 30  # words; with fewer there is hardly a gold
NEAR = 4  # lines from prose, within which every line is learned
FAR_EACH = 7  # of the lines further away, menus most of them, one in so many is
ROUNDS = 400

PARAMETERS = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 16, "min_data_in_leaf": 80,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_col_wise": True,
    "extra_trees": True,  # random splits: less log loss on domains never seen, most on wcxb
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of all pages that are learned, one value a row."""

    rows: Matrix
    wanted: Floats
    weights: Floats
    folds: NDArray[np.int64]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train one model a fold, print what they score, then train on all and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.dump_train", description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("dumps", type=Path)
    parser.add_argument("output", type=Path, nargs="?", default=OUTPUT)
    parser.add_argument("--folds", type=Path, default=Path("data/dump-folds"))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args(arguments)
    dumps = list(read_dumps(options.bench, options.dumps))
    examples = list(examples_of(dumps))
    table = table_of(examples)
    options.folds.mkdir(parents=True, exist_ok=True)
    for fold in range(FOLDS):
        model = fit(table, options.rounds, without=fold)
        path = options.folds / f"{fold}.json"
        path.write_text(json.dumps({"trees": trees_of(model)}), encoding="utf-8")
        sys.stderr.write(f"fold {fold + 1} of {FOLDS}\n")
    scores = report(options.bench, dumps, options.folds)
    write(options.output, examples, scores, fit(table, options.rounds))
    return 0


def examples_of(dumps: Iterable[Dump]) -> Iterable[Example]:
    """Yield each page as it is, some without empty lines, and each gold text as a clean dump."""
    for dump in dumps:
        versions = [example_of(dump)]
        if fold_of(dump.id) % DENSE_EACH == 0:
            versions.append(example_of(dump, dense=True))
        gold = dump.golds[-1]
        paragraphs = "\n\n".join(filter(None, gold.splitlines()))
        clean = replace(dump, set="clean", text=paragraphs, url="", golds=(gold,))
        yield from filter(None, [*versions, example_of(clean)])


def table_of(examples: Iterable[Example]) -> Table:
    """Return what the lines of *examples* are to be."""
    rows, wanted, weights, folds = [], [], [], []
    for example in examples:
        chosen, factor = pick(example)
        rows.append(example.columns.matrix()[chosen])
        wanted.append(np.ceil(example.share)[chosen])
        weights.append((weigh(example) * factor)[chosen])
        folds.append(np.full(int(chosen.sum()), example.fold))
    return Table(*map(np.concatenate, (rows, wanted, weights, folds)))


def pick(example: Example) -> tuple[NDArray[np.bool_], Floats]:
    """Return which lines are learned, and how many lines each stands for."""
    prose = example.columns["prose"] > 0
    near = prose | (np.minimum(*distances(prose)) <= NEAR) | (example.share > 0)
    sample = np.arange(len(near)) % FAR_EACH == 0
    return near | sample, np.where(near, 1.0, float(FAR_EACH))


def weigh(example: Example) -> Floats:
    """Return each line's weight: its words, against the words of the page's gold."""
    words = np.minimum(example.words, MAX_WEIGHT) + 4
    gold = float(example.words[example.share > 0].sum())
    weights = words / (gold + 60) if gold > LEAST_GOLD else 0.0005 * words
    known = (example.share == 0) | (example.share == 1)
    kind = {**dict.fromkeys(NEWS, NEWS_WEIGHT), "clean": CLEAN_WEIGHT}
    return np.asarray(50 * weights * known * kind.get(example.set, 1.0))


def fit(table: Table, rounds: int, without: int | None = None) -> lightgbm.Booster:
    """Train on all rows of which the gold says anything, but not on those of a fold."""
    use = (table.weights > 0) & (table.folds != (-1 if without is None else without))
    data = lightgbm.Dataset(table.rows[use], table.wanted[use], weight=table.weights[use])
    return lightgbm.train(PARAMETERS, data, rounds)


def write(
    output: Path, examples: Sequence[Example], scores: object, model: lightgbm.Booster
) -> None:
    """Write the weights whole, with where they come from."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{example.set}/{example.id}".encode())
        digest.update(example.columns.matrix().tobytes())
        digest.update(example.share.tobytes())
    weights = {
        "command": "python -m evaluation.dump_train BENCH DUMPS",
        "examples": len(examples),
        "fingerprint": digest.hexdigest(),
        "libraries": {"lightgbm": lightgbm.__version__, "numpy": np.__version__},
        "features": list(examples[0].columns.names),
        "out_of_fold": scores,
        "trees": trees_of(model),
    }
    part = output.with_suffix(".part")
    part.write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")
    part.replace(output)


if __name__ == "__main__":
    sys.exit(main())
