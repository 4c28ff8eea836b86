"""The item pipeline.

A `Fetch` comes in; the index entry with its text leaves, which is what feed exports
(``-O articles.jsonl``) hold. A page without an article, or with one that is known, is dropped.
"""

from crawler.pipelines.storing import StoringPipeline

__all__ = ["StoringPipeline"]
