"""One site's archive cleaned again: shown, and written where that is asked for."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from scrapy.settings import BaseSettings

from crawler.cleaning.progress import watch
from crawler.extraction import Cleaner, clean_page
from crawler.limits import Limits, processes_alone
from crawler.link import Link
from crawler.rebuild.changes import Comparison
from crawler.rebuild.items import items_of
from crawler.rebuild.known import NOT_ARCHIVED, Known
from crawler.rebuild.pages import Lost, Page, Reader
from crawler.rebuild.replay import Replay, why_lost
from crawler.rebuild.report import Report
from crawler.rebuild.spool import Spool, open_spool
from crawler.rebuild.writing import write
from crawler.state import State
from crawler.state.rebuilding import link_of, number_of_fetches
from crawler.textfile import Header, as_header


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild:
    """What all sites of one call share."""

    root: Path
    """The setting ``DATA_DIR``."""

    state: State
    header: Header
    limits: Limits
    since: dt.date | None = None
    """First day, in UTC, of the fetches that count; None: all."""

    cleaner: Cleaner = clean_page

    @classmethod
    def of(cls, settings: BaseSettings, state: State, since: dt.date | None) -> "Rebuild":
        """Take what the settings say.

        Raises:
            SettingError: ``TEXT_HEADER`` cannot be used.
        """
        return cls(
            root=Path(settings["DATA_DIR"]),
            state=state,
            header=as_header(settings["TEXT_HEADER"]),
            limits=Limits.of(settings, processes_alone()),
            since=since,
        )

    @contextmanager
    def site(self, source: str, progress: TextIO) -> Iterator["Site"]:
        """Clean the pages of *source* again; how far it is goes to *progress*.

        The caller holds the lock of the site.
        """
        known = Known.of(self.state, self.root, source, self.since)
        with open_spool(self.root) as spool:
            replay = Replay(known, self.header, spool)
            try:
                for item in items_of(self._pages(source, known, progress)):
                    replay.take(item)
                comparison = Comparison(known, replay, spool, source)
            finally:
                replay.close()
            yield Site(self, source, spool, replay, comparison)

    def _pages(self, source: str, known: Known, progress: TextIO) -> Iterator[Page | Lost]:
        with self.state.transaction() as connection:
            total = number_of_fetches(connection, source)
        reader = Reader(
            root=self.root,
            source=source,
            limits=self.limits,
            link_of=lambda url: self._link(source, url),
            cleaner=self.cleaner,
        )
        rows = (row for row in self.state.archived(source) if row.link in known.wanted)
        return watch(reader.pages(rows), total, progress)

    def _link(self, source: str, url: str) -> Link:
        with self.state.transaction() as connection:
            return link_of(connection, source, url)


@dataclass(frozen=True, slots=True)
class Site:
    """What came of one site."""

    rebuild: Rebuild
    source: str
    spool: Spool
    replay: Replay
    comparison: Comparison

    @property
    def report(self) -> Report:
        """The counts."""
        return Report.of(self.source, self.comparison)

    def faults(self) -> list[str]:
        """Name the pages that cannot be read or cleaned; not those of a file that is gone."""
        lost = self.replay.lost.items()
        told = [(url, one, why_lost(one)) for url, one in lost]
        return [f"{why}: {url}: {one.error}" for url, one, why in told if why != NOT_ARCHIVED]

    def diffs(self) -> Iterator[str]:
        """Yield a unified diff an article."""
        for change in self.comparison.changes:
            yield self.comparison.diff(change)

    def write(self) -> None:
        """Make the changes; see `crawler.rebuild.writing`."""
        write(self.rebuild.root, self.rebuild.state, self.source, self.comparison, self.spool)
