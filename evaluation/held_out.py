"""Clean a page with the weights of the fold that never saw its domain, for honest figures.

After ``python -m evaluation.train BENCH --folds data/folds``, from the folder of the project:
``python -m bench.extract py:evaluation.held_out:clean --name held_out``.
"""

import json
from functools import cache
from pathlib import Path

import cleaners
from cleaners import Article, scorer
from cleaners.trees import Trees, trees_of
from evaluation.pages import domain_of, fold_of

FOLDER = Path(__file__).parent.parent / "data" / "folds"
BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"


@cache
def booster(fold: int) -> Trees:
    """Load the trees that were trained without *fold*."""
    weights = json.loads((FOLDER / f"{fold}.json").read_text(encoding="utf-8"))
    return trees_of(weights["trees"])


def clean(page: bytes, url: str) -> Article:
    """Return the article on *page*, by weights that were trained without its domain."""
    page_id = url.removeprefix("hard::").removesuffix(".html")
    fold = fold_of(domain_of(BENCH, url, page_id))
    scorer.booster = lambda: booster(fold)  # type: ignore[assignment]  # of one fold
    return cleaners.clean(page, url)
