"""What happens to every page: archived, then dropped if it is no article."""

import dataclasses

from scrapy.exceptions import DropItem

from cleaners.article import Article
from crawler.fetch import Fetch
from crawler.pipelines.stored import StoredPipeline
from crawler.state import ArchivedFetch, Finish
from crawler.storage import ending_crawl_on_failure, has_failed


class ArchivePipeline(StoredPipeline):
    """Keep every page as it came, the refused ones too: rules get better, pages disappear."""

    def process_item(self, item: Fetch) -> Fetch:
        """Return *item* once its pages are in the archive, with their places there."""
        if has_failed(self.crawler):  # or every page still under way would fail anew
            raise DropItem("the storage failed before", log_level="DEBUG")
        with ending_crawl_on_failure(self.crawler):
            archived = tuple(self._archived(page) for page in (item, *item.further))
        return dataclasses.replace(item, archived=archived)

    def _archived(self, page: Fetch) -> ArchivedFetch:
        return ArchivedFetch(
            link=page.link.url,
            url=page.url,
            fetched=page.fetched,
            status=page.status,
            place=self.storage.archive.write(page),
        )


class RefusalPipeline(StoredPipeline):
    """Drop, name and count a page that is no article."""

    def process_item(self, item: Fetch) -> Fetch:
        """Return *item* unchanged if it has an article."""
        if isinstance(item.outcome, Article):
            return item
        name = type(item.outcome).__name__
        reason = f"{name}: {item.outcome}"
        end = Finish(ending="refused", reason=reason, fetched=item.fetched)
        with ending_crawl_on_failure(self.crawler), self.storage.state.together():
            self.storage.state.archive(item.source, item.archived)
            self.storage.state.finish(item.source, item.link.url, end)
        self.count(f"refused/{name}")
        raise DropItem(f"refused, {reason}", log_level="WARNING")
