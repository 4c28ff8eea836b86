"""What happens to an article that is to be written: file, index, state."""

import dataclasses
from itertools import count
from pathlib import PurePosixPath

from crawler import index
from crawler.draft import Draft
from crawler.entry import entry
from crawler.files import write_whole
from crawler.paths import index_path, version_path
from crawler.pipelines.stored import StoredPipeline
from crawler.state import Finish
from crawler.storage import ending_crawl_on_failure
from crawler.textfile import body, render, text_of


class TextFilePipeline(StoredPipeline):
    """Write each article to its file; an older text stays beside it."""

    def process_item(self, item: Draft) -> Draft:
        """Return *item* with the place of its file, which is on disk by then."""
        with ending_crawl_on_failure(self.crawler):
            path = PurePosixPath(item.stored.path)
            versions = self._keep_older(path, body(item.article.text))
            content = render(item.article, self.storage.header, item.fetch.fetched)
            write_whole(self.storage.root / path, content)
        is_version = versions > item.stored.versions
        stored = dataclasses.replace(item.stored, versions=versions)
        return dataclasses.replace(item, stored=stored, is_version=is_version)

    def _keep_older(self, path: PurePosixPath, text: str) -> int:
        """Copy a file with another text to its version's place; count the versions on disk.

        What is on disk decides: a crash may have come between the files and the state.
        """
        file = self.storage.root / path
        older = file.read_bytes() if file.exists() else b""
        # a person may have saved it in another encoding
        is_older = bool(older) and text_of(older.decode(errors="replace")) != text
        for number in count(1):
            version = self.storage.root / version_path(path, number)
            if not version.exists():
                break
            is_older = is_older and version.read_bytes() != older
        if is_older:
            write_whole(version, older)
        return number - 1 + is_older


class IndexPipeline(StoredPipeline):
    """Add each article to its publisher's index."""

    def process_item(self, item: Draft) -> Draft:
        """Return *item* unchanged once its line is on disk."""
        path = self.storage.root / index_path(item.article.source)
        with ending_crawl_on_failure(self.crawler):
            index.append(path, entry(item))
        return item


class StatePipeline(StoredPipeline):
    """Call an article finished: its file and its line are on disk."""

    def process_item(self, item: Draft) -> dict[str, index.Value]:
        """Return the article's index entry and its text."""
        end = Finish(
            ending="written",
            article=item.stored,
            aliases=item.visited,
            fetched=item.fetch.fetched,
            published=item.article.published,
        )
        with ending_crawl_on_failure(self.crawler):
            self.storage.state.finish(item.fetch.source, item.fetch.link.url, end)
        self.count("version" if item.is_version else "written")
        if item.article.incomplete:
            self.count("incomplete")
        return {**entry(item), "text": body(item.article.text)}
