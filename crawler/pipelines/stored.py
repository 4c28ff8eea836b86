"""What every pipeline of the project has at hand."""

from typing import Self

from scrapy.crawler import Crawler

from crawler.storage import Storage, storage_of


class StoredPipeline:
    """Knows the crawl and its storage."""

    def __init__(self, crawler: Crawler, storage: Storage) -> None:
        self.crawler = crawler
        self.storage = storage

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the storage that the spider and all pipelines of a crawl share."""
        return cls(crawler, storage_of(crawler))

    def count(self, name: str) -> None:
        """Count an event under ``articles/``."""
        self.crawler.stats.inc_value(f"articles/{name}")
