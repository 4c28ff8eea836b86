"""The memory of all crawls: which links are known, which are finished, where everything lies."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection

from cleaners.article import Moment
from crawler.link import Link
from crawler.state import articles, endings, figures, links, listings, runs, waiting
from crawler.state.engine import open_engine
from crawler.state.neighbours import Neighbours
from crawler.state.rows import (
    ArchivedFetch,
    Asked,
    Finish,
    Named,
    Poll,
    Stored,
)
from crawler.state.tallies import Completeness, Figures, Run

ALL = Asked()


class State:
    """What outlives a crawl; every method is one transaction, but for those called `together`.

    *source* is a publisher's name. One crawl of a source runs at a time, so a row that was
    just looked up stays as it is; crawls of different sources may share a database.
    """

    def __init__(self, url: str) -> None:
        """Open the database at the SQLAlchemy *url*, creating or updating its tables.

        Raises:
            StateError: it cannot be used; see `crawler.state.errors`.
        """
        self._engine = open_engine(url)
        self._shared: Connection | None = None
        """Of the transaction that `together` began."""

    def close(self) -> None:
        """Give the database back; what is asked of it later opens it once more."""
        self._engine.dispose()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that is called within; an exception undoes all of it.

        A commit costs as much as what it commits.
        """
        with self._engine.begin() as connection:
            self._shared = connection
            try:
                yield
            finally:
                self._shared = None

    def _transaction(self) -> AbstractContextManager[Connection]:
        return self._engine.begin() if self._shared is None else nullcontext(self._shared)

    def discover(self, source: str, found: Sequence[Link], *, refetch: bool = False) -> list[Link]:
        """Remember the links that a user names; return those to fetch, in the order given.

        That is the new ones and the unfinished ones, each once; with *refetch* all.
        """
        return self.take(source, Named(links=found), Asked(refetch=refetch))

    def take(self, source: str, named: Named, asked: Asked = ALL) -> list[Link]:
        """Remember what one listing names; return the links to fetch, in the order given.

        That is the new and the unfinished ones, and those that changed. What a listing gives
        beyond the links returned is known: "0 new, 214 known". The validators of the listing are
        entered with its links: it counts as unchanged only once all it named is remembered.
        """
        with self._transaction() as connection:
            todo, has_new = links.discover(connection, source, named.links, asked)
            has_new |= links.put_off(connection, source, named.out_of_range)
            has_new |= listings.keep_children(connection, source, named.children)
            poll = named.if_new if has_new else named.if_known
            if poll is not None:
                listings.keep(connection, source, poll)
        return todo

    def polls(self, source: str) -> dict[str, Poll]:
        """Return what is remembered of the listings of a source, by address."""
        with self._transaction() as connection:
            return listings.polls(connection, source)

    def keep_poll(self, source: str, poll: Poll) -> None:
        """Remember that a listing did not come, or did not change."""
        with self._transaction() as connection:
            listings.keep(connection, source, poll)

    def pending(self, source: str, asked: Asked = ALL) -> list[Link]:
        """Return what earlier runs left, the newest first, the undated last.

        Unfinished links, those that were out of range and no longer are, and those that changed
        by the word of a listing.
        """
        with self._transaction() as connection:
            return waiting.pending(connection, source, asked)

    def want(self, source: str, found: Iterable[Link]) -> None:
        """Remember that the crawl asks for links, which other crawls may have left out."""
        with self._transaction() as connection:
            waiting.want(connection, source, found)

    def leave(self, source: str, url: str, published: Moment) -> None:
        """Remember that a page came and is of another day than those asked for."""
        with self._transaction() as connection:
            endings.leave(connection, source, url, published)

    def known(self, source: str) -> int:
        """Count the finished links of a source."""
        with self._transaction() as connection:
            return links.known(connection, source)

    def keep(self, source: str, url: str) -> None:
        """Remember that a page was asked for and has not changed since its article was written."""
        end = Finish(ending="written", is_same=True)
        with self._transaction() as connection:
            endings.finish(connection, source, [(url, end)])

    def fail(self, source: str, url: str, reason: str, *, gone: bool = False) -> None:
        """Count a fetch that brought no page; at once (*gone*) or after the third, give it up."""
        with self._transaction() as connection:
            attempts = endings.count_failure(connection, source, url, reason)
            if gone or attempts >= endings.MAX_ATTEMPTS:
                endings.finish(connection, source, [(url, Finish(ending="failed", reason=reason))])

    def is_last_attempt(self, source: str, url: str) -> bool:
        """Whether one more failure gives a link up."""
        with self._transaction() as connection:
            return endings.attempts(connection, source, url) + 1 >= endings.MAX_ATTEMPTS

    def finish(self, source: str, url: str, end: Finish) -> None:
        """End a link, and save its article where there is one."""
        self.finish_all(source, [(url, end)])

    def finish_all(self, source: str, ends: Sequence[tuple[str, Finish]]) -> None:
        """End links, each once, and save the articles that they have."""
        saved = [(end.article, end.aliases) for _, end in ends if end.article is not None]
        with self._transaction() as connection:
            if saved:
                articles.save(connection, source, saved)
            if ends:
                endings.finish(connection, source, ends)

    def restore(self, found: Iterable[tuple[str, Stored, tuple[str, ...]]]) -> None:
        """Enter links that are finished, with their articles and the addresses of these.

        What is known of an article already is brought up to date.
        """
        with self._transaction() as connection:
            for link, article, urls in found:
                source, canonical = article.source, article.canonical
                known = articles.by_canonical(connection, source, [canonical]).get(canonical)
                here = (
                    articles.place(connection, [article])[0]
                    if known is None
                    else dataclasses.replace(article, id=known.id)
                )
                articles.save(connection, source, [(here, urls)])
                end = Finish(ending="written", article=here)
                endings.finish(connection, source, [(link, end)])

    def reopen(self, source: str, urls: Sequence[str]) -> None:
        """Call links unfinished: their articles are about to change on disk.

        A crawl that dies in between asks for the pages again.
        """
        with self._transaction() as connection:
            endings.reopen(connection, source, urls)

    def place(self, article: Stored) -> Stored:
        """Remember the path of a new article before its file is written; returns it with its id.

        A crawl that dies in between finds the same place again, whatever date or title says.
        """
        return self.place_all([article])[0]

    def place_all(self, new: Sequence[Stored]) -> list[Stored]:
        """Remember the paths of new articles, as `place` does."""
        with self._transaction() as connection:
            return articles.place(connection, new)

    def article(self, source: str, canonical: str) -> Stored | None:
        """Return the article with this identity; None where there is none."""
        with self._transaction() as connection:
            return articles.by_canonical(connection, source, [canonical]).get(canonical)

    def articles_at(self, source: str, urls: Iterable[str]) -> list[Stored]:
        """Return the articles that one of *urls* leads to, the oldest first."""
        with self._transaction() as connection:
            found = articles.by_alias(connection, source, urls)
        return list(dict.fromkeys(article for _, article in found))

    def alike(self, source: str, fingerprint: int) -> list[Stored]:
        """Return the articles that may differ from *fingerprint* in three bits at most."""
        with self._transaction() as connection:
            return articles.alike(connection, source, [fingerprint])

    def neighbours(
        self,
        source: str,
        canonicals: Collection[str],
        urls: Collection[str],
        fingerprints: Collection[int],
    ) -> Neighbours:
        """Return all that `article`, `articles_at` and `alike` would say of these."""
        with self._transaction() as connection:
            return Neighbours(
                by_canonical=articles.by_canonical(connection, source, canonicals),
                by_alias=articles.by_alias(connection, source, urls),
                near=articles.alike(connection, source, fingerprints),
            )

    def transaction(self) -> AbstractContextManager[Connection]:
        """Begin a transaction for what a command asks and changes: `crawler.state.rebuilding`."""
        return self._transaction()

    def archive(self, source: str, fetches: Sequence[ArchivedFetch]) -> None:
        """Remember where pages lie in the archive."""
        with self._transaction() as connection:
            articles.add_fetches(connection, source, fetches)

    def archived(self, source: str) -> Iterator[ArchivedFetch]:
        """Yield the pages of a source in the archive, in the order they were fetched."""
        last = 0
        while True:
            with self._transaction() as connection:
                batch = articles.archived(connection, source, after=last)
            if not batch:
                return
            last = batch[-1][0]
            yield from (fetch for _, fetch in batch)

    def begin_run(self, source: str, spider: str) -> int:
        """Enter a crawl and return its number."""
        with self._transaction() as connection:
            return runs.begin(connection, source, spider)

    def end_run(self, number: int, exit_code: int, ending: str, counts: Mapping[str, int]) -> None:
        """Complete a crawl; *counts* are by the names of the columns of ``runs``."""
        with self._transaction() as connection:
            runs.end(connection, number, exit_code, ending, counts)

    def runs(self, source: str, number: int = 20) -> list[Run]:
        """Return the last crawls of a source, the newest first."""
        with self._transaction() as connection:
            return runs.last(connection, source, number)

    def sources(self) -> list[str]:
        """Return the sites that are known, by name."""
        with self._transaction() as connection:
            return figures.sources(connection)

    def statuses(self, source: str, urls: Sequence[str]) -> dict[str, str]:
        """Return the status of each of *urls* that is known; empty for one that waits."""
        with self._transaction() as connection:
            return links.statuses(connection, source, urls)

    def completeness(self, source: str, since: dt.date | None = None) -> Completeness:
        """Tell what became of the links that feeds and sitemaps first named since that day."""
        with self._transaction() as connection:
            return figures.completeness(connection, source, since)

    def figures(self, source: str) -> Figures:
        """Return what the state tells of a site."""
        with self._transaction() as connection:
            return figures.figures(connection, source, dt.datetime.now(dt.UTC).date())
