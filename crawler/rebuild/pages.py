"""The pages of the archive, read and cleaned again, in the order in which the crawls took them."""

import datetime as dt
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.http import Response

from cleaners import Article, CleaningError, NoContentError
from crawler.archive import read_archived
from crawler.extraction import Cleaner, clean_page
from crawler.fetch import Fetch
from crawler.hints import page_of
from crawler.limits import Limits
from crawler.link import Link
from crawler.processes import KillablePool, Measured, named
from crawler.record import Record, RecordError
from crawler.state import ArchivedFetch

if TYPE_CHECKING:
    from pebble import ProcessFuture

AHEAD = 4  # pages read for each process, beyond the one it is at


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the archive, cleaned again; without its body."""

    row: ArchivedFetch
    fetch: Fetch

    @property
    def is_first(self) -> bool:
        """Whether a crawl's article begins with it."""
        return self.fetch.requested_url == self.row.link


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """One page of the archive that cannot be read or cleaned."""

    row: ArchivedFetch
    error: BaseException

    is_first: bool = False
    """Nobody knows."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page that one of the processes is at."""

    page: Page
    future: "ProcessFuture[Measured[Article | CleaningError]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads and cleans the pages of one source."""

    root: Path
    source: str
    limits: Limits
    link_of: Callable[[str], Link]
    """Returns what the state knows of a link; asked where the record does not tell."""

    cleaner: Cleaner = clean_page

    def pages(self, rows: Iterable[ArchivedFetch]) -> Generator[Page | Lost, None, None]:
        """Yield the pages of *rows* in their order, cleaned in several processes.

        Raises:
            BrokenProcessPool: the processes are of no use any more.
        """
        pool = KillablePool(self.limits, "crawler.warm", __name__, self.cleaner.__module__)
        waiting: deque[_Waiting | Lost] = deque()
        try:
            for row in rows:
                waiting.append(self._begin(pool, row))
                if len(waiting) > AHEAD * self.limits.processes:
                    yield self._end(waiting.popleft())
            while waiting:
                yield self._end(waiting.popleft())
        finally:
            pool.end()

    def _begin(self, pool: KillablePool, row: ArchivedFetch) -> _Waiting | Lost:
        try:
            record = read_archived(self.root, row.place)
        except (RecordError, OSError) as error:
            return Lost(row=row, error=error)
        page = page_of(_response(row, record))
        future = pool.begin(outcome_of, self.cleaner, page, row.url, row.fetched)
        return _Waiting(Page(row=row, fetch=self._fetch(row, record)), future)

    def _fetch(self, row: ArchivedFetch, record: Record) -> Fetch:
        return Fetch(
            url=row.url,
            requested_url=record.requested_url,
            fetched=row.fetched,
            status=row.status,
            headers=(),
            body=b"",
            link=record.link or self.link_of(row.link),
            source=self.source,
            outcome=NoContentError(f"not cleaned yet: {row.url}"),
        )

    def _end(self, waiting: _Waiting | Lost) -> Page | Lost:
        if isinstance(waiting, Lost):
            return waiting
        page, error = waiting.page, waiting.future.exception()
        if error is not None:
            return Lost(row=page.row, error=named(error, self.limits, page.row.url))
        outcome = waiting.future.result().value
        return replace(page, fetch=replace(page.fetch, outcome=outcome))


def outcome_of(
    cleaner: Cleaner, page: bytes | str, url: str, fetched: dt.datetime
) -> Article | CleaningError:
    """Return the article on *page*, or why there is none; runs in a process of its own."""
    try:
        return cleaner(page, url, fetched)
    except CleaningError as error:
        return error


def _response(row: ArchivedFetch, record: Record) -> Response:
    headers: dict[str, list[str]] = {}
    for name, value in record.headers:
        headers.setdefault(name, []).append(value)
    return Response(row.url, headers=headers, body=record.body)
