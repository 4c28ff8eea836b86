"""Hold the locks of the sites that a crawl writes, from before anything is opened to its end."""

from contextlib import ExitStack
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.lock import site_locks
from crawler.mending import mend
from crawler.spiders.article import ArticleSpider
from crawler.storage import storage_of, writable


class SiteLock:
    """Keeps every other process from the sites of one crawl.

    Extensions are built after the spider, which knows its sites, and before the pipelines, which
    open the storage.
    """

    def __init__(self, root: Path, sources: frozenset[str]) -> None:
        self._held = ExitStack()
        self._held.enter_context(site_locks(root, sources))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the locks, and mend what an earlier crawl of the sites left behind.

        Raises:
            LockedError: another process has one of them.
            DataDirError: ``DATA_DIR`` takes no files or no locks.
            SettingError: a setting of the storage cannot be used.
            StateError: the state cannot be used.
        """
        spider = crawler.spider
        sources = spider.sources if isinstance(spider, ArticleSpider) else frozenset[str]()
        root = writable(Path(crawler.settings["DATA_DIR"]))
        lock = cls(root, sources)
        mend(root, storage_of(crawler).state, sources)
        crawler.signals.connect(lock.release, signals.engine_stopped)
        return lock

    def release(self) -> None:
        """Give the sites free."""
        self._held.close()
