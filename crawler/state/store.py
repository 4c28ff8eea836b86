"""The memory of all crawls: which links are known, which are finished, where everything lies."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from crawler.link import Link
from crawler.state import articles, links
from crawler.state.engine import open_engine
from crawler.state.rows import ArchivedFetch, Finish, Stored


class State:
    """What outlives a crawl; every method is one transaction.

    *source* is a publisher's name. One crawl of a source runs at a time, so a row that was
    just looked up stays as it is; crawls of different sources may share a database.
    """

    def __init__(self, url: str) -> None:
        """Open the database at the SQLAlchemy *url*, creating or updating its tables.

        Raises:
            StateError: it cannot be used; see `crawler.state.errors`.
        """
        self._engine = open_engine(url)

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    def discover(self, source: str, found: Sequence[Link], *, refetch: bool = False) -> list[Link]:
        """Remember the links of one listing and return those to fetch, in the order given.

        That is the new ones and the unfinished ones, each once; with *refetch* all. What a
        listing gives beyond the links returned is known: "0 new, 214 known".
        """
        with self._engine.begin() as connection:
            return links.discover(connection, source, found, refetch=refetch)

    def pending(self, source: str) -> list[Link]:
        """Return what earlier runs left unfinished, the newest first, the undated last."""
        with self._engine.begin() as connection:
            return links.pending(connection, source)

    def known(self, source: str) -> int:
        """Count the finished links of a source."""
        with self._engine.begin() as connection:
            return links.known(connection, source)

    def fail(self, source: str, url: str, reason: str, *, gone: bool = False) -> None:
        """Count a fetch that brought no page; at once (*gone*) or after the third, give it up."""
        with self._engine.begin() as connection:
            attempts = links.count_failure(connection, source, url, reason)
            if gone or attempts >= links.MAX_ATTEMPTS:
                links.finish(connection, source, url, Finish(ending="failed", reason=reason))

    def is_last_attempt(self, source: str, url: str) -> bool:
        """Whether one more failure gives a link up."""
        with self._engine.begin() as connection:
            return links.attempts(connection, source, url) + 1 >= links.MAX_ATTEMPTS

    def finish(self, source: str, url: str, end: Finish) -> None:
        """End a link, and save its article where there is one."""
        with self._engine.begin() as connection:
            if end.article is not None:
                articles.save(connection, end.article, end.aliases)
            links.finish(connection, source, url, end)

    def restore(self, found: Iterable[tuple[str, Stored, tuple[str, ...]]]) -> None:
        """Enter links that are finished, with their articles and the addresses of these.

        What is known of an article already is brought up to date.
        """
        with self._engine.begin() as connection:
            for link, article, urls in found:
                known = articles.by_canonical(connection, article.source, article.canonical)
                here = (
                    articles.place(connection, article)
                    if known is None
                    else dataclasses.replace(article, id=known.id)
                )
                articles.save(connection, here, urls)
                end = Finish(ending="written", article=here)
                links.finish(connection, article.source, link, end)

    def reopen(self, source: str, url: str) -> None:
        """Call a link unfinished: its article is about to change on disk.

        A crawl that dies in between asks for the page again.
        """
        with self._engine.begin() as connection:
            links.reopen(connection, source, url)

    def place(self, article: Stored) -> Stored:
        """Remember the path of a new article before its file is written; returns it with its id.

        A crawl that dies in between finds the same place again, whatever date or title says.
        """
        with self._engine.begin() as connection:
            return articles.place(connection, article)

    def article(self, source: str, canonical: str) -> Stored | None:
        """Return the article with this identity; None where there is none."""
        with self._engine.begin() as connection:
            return articles.by_canonical(connection, source, canonical)

    def articles_at(self, source: str, urls: Iterable[str]) -> list[Stored]:
        """Return the articles that one of *urls* leads to, the oldest first."""
        with self._engine.begin() as connection:
            return articles.by_alias(connection, source, urls)

    def alike(self, source: str, fingerprint: int) -> list[Stored]:
        """Return the articles that may differ from *fingerprint* in three bits at most."""
        with self._engine.begin() as connection:
            return articles.alike(connection, source, fingerprint)

    def archive(self, source: str, fetch: ArchivedFetch) -> None:
        """Remember where a page lies in the archive."""
        with self._engine.begin() as connection:
            articles.add_fetch(connection, source, fetch)

    def archived(self, source: str) -> Iterator[ArchivedFetch]:
        """Yield the pages of a source in the archive, in the order they were fetched."""
        last = 0
        while True:
            with self._engine.begin() as connection:
                batch = articles.archived(connection, source, after=last)
            if not batch:
                return
            last = batch[-1][0]
            yield from (fetch for _, fetch in batch)
