"""Score kept blocks with the harness's own metrics."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.text import key
from evaluation.pages import Example, harness

Score = dict[str, Any]  # the harness ships no types


def score_kept(
    bench: Path, examples: Sequence[Example], kept: Sequence[NDArray[np.bool_]]
) -> dict[str, dict[str, float]]:
    """Return F1, precision and recall by set, for the blocks *kept* of each page."""
    metrics = harness(bench, "metrics")
    pages: defaultdict[str, list[Score]] = defaultdict(list)
    for example, keep in zip(examples, kept, strict=True):
        pages[example.set].append(score_page(metrics, example, text_of(example, keep)))
    return {name: total(metrics, name, scores) for name, scores in pages.items()}


def text_of(example: Example, keep: NDArray[np.bool_]) -> str:
    """Return the kept blocks as text, without the line equal to the headline."""
    title = key(example.title)
    texts = (block.text for block, kept in zip(example.blocks, keep, strict=True) if kept)
    return "\n".join(text for text in texts if key(text) != title)


def score_page(metrics: ModuleType, example: Example, text: str) -> Score:
    """Return one page's scores in its set's own metric."""
    gold: Any = example.gold
    if example.set == "trafilatura_eval":
        return dict(metrics.segment_page(text, gold.with_, gold.without))
    if example.set == "scrapinghub":
        return dict(metrics.shingle_page(text, gold.text))
    if example.set == "fundus_eval":
        variants = (metrics.rouge_lsum_page(text, [variant]) for variant in gold.variants)
        return dict(max(variants, key=lambda score: score["f1"]))
    return dict(metrics.word_page(text, gold.text))


def total(metrics: ModuleType, name: str, scores: Sequence[Score]) -> dict[str, float]:
    """Return a set's F1, precision and recall."""
    if name == "trafilatura_eval":
        found = metrics.segment_total(scores)
    elif name == "scrapinghub":
        found = metrics.shingle_total(scores)
    else:
        found = {m: metrics.mean(score[m] for score in scores) for m in ("f1", "p", "r")}
    return {measure: round(float(found[measure]), 4) for measure in ("f1", "p", "r")}
