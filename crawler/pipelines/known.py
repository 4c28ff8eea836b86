"""What an article is to those that are known: dropped, or given its place."""

import dataclasses

from scrapy.exceptions import DropItem

from cleaners.article import Article
from crawler.draft import Draft, draft
from crawler.fetch import Fetch
from crawler.paths import article_path
from crawler.pipelines.stored import StoredPipeline
from crawler.recognition import Recognition, Relation, recognise
from crawler.state import Ending, Finish, Stored
from crawler.storage import ending_crawl_on_failure

ENDINGS: dict[Relation, Ending] = {
    "unchanged": "written",
    "moved": "moved",
    "duplicate": "duplicate",
}


class DuplicatePipeline(StoredPipeline):
    """Drop an article that is on disk already, under this address or another."""

    def process_item(self, item: Fetch) -> Draft:
        """Return the draft of an article that is new or has a new text; its place is remembered."""
        if not isinstance(item.outcome, Article):
            raise TypeError(f"a refused page reached the duplicates: {item.url}")
        made = draft(item, item.outcome)
        with ending_crawl_on_failure(self.crawler), self.storage.state.together():
            self.storage.state.archive(item.source, item.archived)
            found = recognise(self.storage.state, made)
            if self._is_to_write(found):
                return dataclasses.replace(made, stored=self._placed(made, found.stored))
            self._finish(made, found)
        self.count("unchanged" if found.relation == "unchanged" else "duplicate")
        raise DropItem(f"{found.relation}: {item.url} is {found.stored.path}", log_level="INFO")

    def _is_to_write(self, found: Recognition) -> bool:
        if found.relation in {"new", "version"}:
            return True
        is_here = (self.storage.root / found.stored.path).exists()
        return found.relation == "unchanged" and not is_here

    def _placed(self, made: Draft, new: Stored) -> Stored:
        """Remember where an article lies before its file is written; one that has a file is open.

        A crawl that dies in between asks for the page again.
        """
        if new.path:
            self.storage.state.reopen(made.fetch.source, made.fetch.link.url)
            return new
        path = article_path(made.article, new.canonical, made.fetch.fetched)
        # without a digest: a crash before the file is written must not leave a known text
        placed = self.storage.state.place(dataclasses.replace(new, path=str(path), digest=""))
        return dataclasses.replace(placed, digest=new.digest)

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
