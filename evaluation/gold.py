"""The gold pages of the harness: all of them, or the same few each time."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, cast

from evaluation.pages import SETS, harness

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"

QUICK = {"fundus_parser": 60, "wcxb": 110, "trafilatura_eval": 100}
"""Pages of the large sets in the quick part; the small sets are in it whole."""


class GoldPage(Protocol):
    """A page of the harness; it ships no types."""

    id: str
    url: str

    def html(self) -> bytes:
        """Return the page as it was served."""


Gold = dict[str, list[GoldPage]]
"""Pages by set."""


def is_present(bench: Path) -> bool:
    """Whether the harness and at least one of its sets are in the folder *bench*."""
    return (bench / "score.py").exists() and any((bench / "data").glob("*/gold.jsonl"))


def gold_pages(
    bench: Path, sets: Sequence[str] = SETS, limits: Mapping[str, int] | None = None
) -> Gold:
    """Return the gold pages of *sets*; of a set with a limit the same sample each time."""
    datasets, util = harness(bench, "datasets"), harness(bench, "util")
    available = datasets.available(util.data_root())
    pages = {name: datasets.load(name, util.data_root()) for name in sets if name in available}
    return {
        name: sample(cast("list[GoldPage]", found), (limits or {}).get(name))
        for name, found in pages.items()
    }


def sample(pages: list[GoldPage], limit: int | None) -> list[GoldPage]:
    """Return *limit* of *pages*, drawn by a hash of their ids; all where there is no limit."""
    drawn = sorted(pages, key=lambda page: hashlib.sha256(page.id.encode()).digest())[:limit]
    chosen = {page.id for page in drawn}
    return [page for page in pages if page.id in chosen]
