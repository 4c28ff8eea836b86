"""The item pipeline: pages that come together are stored together."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from sqlalchemy.exc import SQLAlchemyError

from cleaners.article import Article
from crawler.draft import Draft, draft
from crawler.fetch import Fetch
from crawler.index import Value
from crawler.pipelines.articles import add_lines, finish, write_files
from crawler.pipelines.group import Group
from crawler.pipelines.known import settle
from crawler.pipelines.pages import keep
from crawler.pipelines.rounds import Page, divide, fetch_of
from crawler.recognition import Recognition
from crawler.storage import Storage, ending_crawl_on_failure, has_failed, storage_of

SIZE = 16  # pages; more would hold up the loop for longer and save little
PATIENCE = 0.1  # seconds that a page waits for others

Result = dict[str, Value] | Exception
"""The index entry of an article with its text; or why nothing was written, or what failed."""

Results = dict[int, Result]
"""By the identity of the object that `fetch_of` returns."""


class StoringPipeline:
    """Keeps the page, finds out what it is to the articles that are known, writes its article.

    Each step is done for all pages of a group before the next begins, and is on the disk by then:
    page, place in the state, text file, line of the index, end of the link.
    """

    def __init__(self, crawler: Crawler, storage: Storage) -> None:
        self.crawler = crawler
        self.storage = storage
        self._group = Group(self.store, size=SIZE, patience=PATIENCE)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the storage that the spider and the pipeline of a crawl share."""
        return cls(crawler, storage_of(crawler))

    async def process_item(self, item: Fetch) -> dict[str, Value]:
        """Return the index entry and the text of the article that was written.

        Raises:
            DropItem: nothing was: no article, a known one, or the storage failed before.
        """
        return await self._group.add(page_of(item))

    def store(self, pages: Sequence[Page]) -> list[Result]:
        """Store pages, and return what became of each; a failure of the storage is told once."""
        if has_failed(self.crawler):  # or every page still under way would fail anew
            return [_failed_before() for _ in pages]
        try:
            with ending_crawl_on_failure(self.crawler):
                return self._stored(keep(self.storage.archive, pages))
        except (OSError, SQLAlchemyError) as error:
            return [error, *(_failed_before() for _ in pages[1:])]

    def _stored(self, pages: Sequence[Page]) -> list[Result]:
        results: Results = {}
        by_source: defaultdict[str, list[Page]] = defaultdict(list)
        for page in pages:
            by_source[fetch_of(page).source].append(page)
        for source, left in by_source.items():
            waiting = left
            while waiting:
                now, later = divide(waiting)
                waiting = [*self._tried(source, now, results), *later]
        return [results[id(fetch_of(page))] for page in pages]

    def _tried(self, source: str, pages: list[Page], results: Results) -> list[Page]:
        """Store a round; where it fails for another reason than the storage, one by one.

        The page at fault then fails alone.
        """
        try:
            return self._round(source, pages, results)
        except (OSError, SQLAlchemyError):
            raise
        except Exception as error:  # noqa: BLE001  # raised for the page that brings it about
            if len(pages) == 1:
                results[id(fetch_of(pages[0]))] = error
            else:
                for page in pages:
                    self._tried(source, [page], results)
            return []

    def _round(self, source: str, pages: list[Page], results: Results) -> list[Page]:
        """Store a round, enter what became of its pages, and return those that have to wait."""
        settled = settle(self.storage, source, pages)
        for page, found in settled.ended:
            results[id(fetch_of(page))] = self._dropped(page, found)
        if settled.to_write:
            drafts = write_files(self.storage, settled.to_write)
            entries = add_lines(self.storage.root, drafts)
            finish(self.storage.state, source, drafts)
            for made, entry in zip(drafts, entries, strict=True):
                self._count_written(made)
                results[id(made.fetch)] = {**entry, "text": made.text}
        return settled.waiting

    def _count_written(self, made: Draft) -> None:
        self._count("version" if made.is_version else "written")
        if made.article.incomplete:
            self._count("incomplete")

    def _dropped(self, page: Page, found: Recognition | None) -> DropItem:
        """Count a page that brings nothing to write, and return how that is said."""
        fetch = fetch_of(page)
        if found is None:
            name = type(fetch.outcome).__name__
            self._count(f"refused/{name}")
            return DropItem(f"refused, {name}: {fetch.outcome}", log_level="WARNING")
        self._count("unchanged" if found.relation == "unchanged" else "duplicate")
        what = f"{found.relation}: {fetch.url} is {found.stored.path}"
        return DropItem(what, log_level="INFO")

    def _count(self, name: str) -> None:
        self.crawler.stats.inc_value(f"articles/{name}")


def page_of(fetch: Fetch) -> Page:
    """Return the draft of an article, or the page itself where it is none."""
    return draft(fetch, fetch.outcome) if isinstance(fetch.outcome, Article) else fetch


def _failed_before() -> DropItem:
    return DropItem("the storage failed before", log_level="DEBUG")
