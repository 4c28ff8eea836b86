"""Gold pages as examples: the blocks of each with what the gold text says of them."""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np

from cleaners import CleaningError
from cleaners.blocks import Block
from cleaners.containers import Floats
from cleaners.features import Features, describe
from cleaners.page import open_page
from cleaners.placing import letters, locate
from cleaners.titles import title_of

SETS = ("scrapinghub", "fundus_eval", "fundus_parser", "newspaper4k", "wcxb", "trafilatura_eval")
FOLDS = 5
LEAST_SEGMENT = 12  # letters; a shorter string that must not appear may stand in the text by chance


@dataclass(frozen=True, slots=True)
class Example:
    """One page with its gold."""

    set: str
    id: str
    url: str
    domain: str
    """Registered domain: pages of one are never in two folds."""

    title: str
    blocks: list[Block]
    features: Features
    wanted: Floats
    """For each block, 1 where the gold text holds it, else 0."""

    known: Floats
    """For each block, 1 where the gold says anything of it, else 0."""

    gold: object
    """The harness's own page, for its metrics."""

    @property
    def fold(self) -> int:
        """The fold that this page is scored in and never trained in."""
        return fold_of(self.domain)


def fold_of(domain: str) -> int:
    """Return the fold of a registered *domain*."""
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % FOLDS


def domain_of(bench: Path, url: str, page_id: str) -> str:
    """Return the registered domain of *url*, or the host that starts the id of its page."""
    if "//" in url:
        return str(harness(bench, "util").site(url))
    return page_id.partition("-")[0]


def harness(bench: Path, name: str) -> ModuleType:
    """Import a module of the harness in the folder *bench*, such as ``metrics``."""
    if str(bench.parent) not in sys.path:
        sys.path.insert(0, str(bench.parent))
    return import_module(f"{bench.name}.{name}")


def load(bench: Path, sets: tuple[str, ...] = SETS) -> Iterator[Example]:
    """Yield every gold page of *sets* that is a page at all."""
    datasets, util = harness(bench, "datasets"), harness(bench, "util")
    for name in sets:
        for gold in datasets.load(name, util.data_root()):
            try:
                page = open_page(gold.html(), gold.url)
            except CleaningError:
                continue
            blocks = list(page.blocks)
            if not blocks:
                continue
            title = title_of(page, None)
            wanted, known = labels(gold, blocks)
            domain = domain_of(bench, gold.url, gold.id)
            features = describe(page, blocks, title)
            yield Example(
                name, gold.id, gold.url, domain, title, blocks, features, wanted, known, gold
            )


def labels(gold: object, blocks: list[Block]) -> tuple[Floats, Floats]:
    """Return for each block whether the gold text holds it, and whether the gold says so."""
    text: str | None = getattr(gold, "text", None)
    if text is None:
        return segment_labels(gold, blocks)
    variants: list[str] = getattr(gold, "variants", None) or [text]
    found = np.array([locate(variant, blocks) for variant in variants], np.float64)
    share = np.mean(found, axis=0)
    return np.ceil(share), np.where((share > 0) & (share < 1), np.zeros_like(share), 1.0)


def segment_labels(gold: object, blocks: list[Block]) -> tuple[Floats, Floats]:
    """Return the labels where the gold names only strings that must and must not appear."""
    wanted = np.zeros(len(blocks))
    known = np.zeros(len(blocks))
    texts = [letters(block.text) for block in blocks]
    for strings, value in ((getattr(gold, "without", []), 0.0), (getattr(gold, "with_", []), 1.0)):
        for string in filter(None, map(letters, strings)):
            for place, text in enumerate(texts):
                if string in text or (len(text) > LEAST_SEGMENT and text in string):
                    wanted[place], known[place] = value, 1.0
    return wanted, known
