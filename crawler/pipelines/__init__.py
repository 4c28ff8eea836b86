"""Item pipelines, in the order they run; each is numbered so in ``ITEM_PIPELINES``.

A `Fetch` comes in; `DuplicatePipeline` makes it a `Draft`; the index entry with its text leaves,
which is what feed exports (``-O articles.jsonl``) hold.
"""

from crawler.pipelines.articles import IndexPipeline, StatePipeline, TextFilePipeline
from crawler.pipelines.known import DuplicatePipeline
from crawler.pipelines.pages import ArchivePipeline, RefusalPipeline

__all__ = [
    "ArchivePipeline",
    "DuplicatePipeline",
    "IndexPipeline",
    "RefusalPipeline",
    "StatePipeline",
    "TextFilePipeline",
]
