"""What happens to every page: archived, then dropped if it brings nothing new."""

import dataclasses

from scrapy.exceptions import DropItem

from cleaners.article import Article
from crawler.draft import Draft, draft
from crawler.fetch import Fetch
from crawler.pipelines.stored import StoredPipeline
from crawler.recognition import Recognition, Relation, recognise
from crawler.state import ArchivedFetch, Ending, Finish
from crawler.storage import ending_crawl_on_failure, has_failed

ENDINGS: dict[Relation, Ending] = {
    "unchanged": "written",
    "moved": "moved",
    "duplicate": "duplicate",
}


class ArchivePipeline(StoredPipeline):
    """Keep every page as it came, the refused ones too: rules get better, pages disappear."""

    def process_item(self, item: Fetch) -> Fetch:
        """Return *item* unchanged once its pages are in the archive."""
        if has_failed(self.crawler):  # or every page still under way would fail anew
            raise DropItem("the storage failed before", log_level="DEBUG")
        with ending_crawl_on_failure(self.crawler):
            for page in (item, *item.further):
                self._archive(page)
        return item

    def _archive(self, page: Fetch) -> None:
        place = self.storage.archive.write(page)
        fetch = ArchivedFetch(
            link=page.link.url,
            url=page.url,
            fetched=page.fetched,
            status=page.status,
            place=place,
        )
        self.storage.state.archive(page.source, fetch)


class RefusalPipeline(StoredPipeline):
    """Drop, name and count a page that is no article."""

    def process_item(self, item: Fetch) -> Fetch:
        """Return *item* unchanged if it has an article."""
        if isinstance(item.outcome, Article):
            return item
        name = type(item.outcome).__name__
        reason = f"{name}: {item.outcome}"
        with ending_crawl_on_failure(self.crawler):
            end = Finish(ending="refused", reason=reason, fetched=item.fetched)
            self.storage.state.finish(item.source, item.link.url, end)
        self.count(f"refused/{name}")
        raise DropItem(f"refused, {reason}", log_level="WARNING")


class DuplicatePipeline(StoredPipeline):
    """Drop an article that is on disk already, under this address or another."""

    def process_item(self, item: Fetch) -> Draft:
        """Return the draft of an article that is new or has a new text."""
        if not isinstance(item.outcome, Article):
            raise TypeError(f"a refused page reached the duplicates: {item.url}")
        made = draft(item, item.outcome)
        with ending_crawl_on_failure(self.crawler):
            found = recognise(self.storage.state, made)
            if self._is_to_write(found):
                return dataclasses.replace(made, stored=found.stored)
            self._finish(made, found)
        self.count("unchanged" if found.relation == "unchanged" else "duplicate")
        raise DropItem(f"{found.relation}: {item.url} is {found.stored.path}", log_level="INFO")

    def _is_to_write(self, found: Recognition) -> bool:
        if found.relation in {"new", "version"}:
            return True
        is_here = (self.storage.root / found.stored.path).exists()
        return found.relation == "unchanged" and not is_here

    def _finish(self, made: Draft, found: Recognition) -> None:
        end = Finish(
            ending=ENDINGS[found.relation],
            article=found.stored,
            aliases=made.visited,
            fetched=made.fetch.fetched,
            published=made.article.published,
            is_same=True,
        )
        self.storage.state.finish(made.fetch.source, made.fetch.link.url, end)
