"""What a crawl knows of its listings from earlier ones, and leaves to the next."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from scrapy.crawler import Crawler

from crawler.arguments import Arguments, yes_or_no
from crawler.discovery.listing import Entry, Listing
from crawler.discovery.polling import POLLED, Polls, Rhythm, half, stated
from crawler.discovery.reading import Found
from crawler.health import ANSWERS
from crawler.link import Link
from crawler.state import Asked, Named, Poll, State
from crawler.state.texts import in_utc
from crawler.storage import ending_crawl_on_failure, storage_of


class Memory:
    """The listings and links of one source, for one crawl of it.

    Attributes:
        asked: which links the crawl asks for.
    """

    def __init__(self, crawler: Crawler, arguments: Arguments, source: str) -> None:
        """Take what the crawl is asked to do.

        Raises:
            UnusableError: ``POLL`` or ``UPDATES`` cannot be used.
        """
        self.asked = Asked(
            since=arguments.since,
            until=arguments.until,
            refetch=arguments.refetch,
            updates_since=_updates_since(crawler),
        )
        self._crawler = crawler
        self._source = source
        self._rhythm = Rhythm.of(crawler.settings)
        self._limit = crawler.settings.getint("LISTING_LIMIT")

    @property
    def _state(self) -> State:
        # opened late: the lock of the site comes first
        return storage_of(self._crawler).state

    @cached_property
    def _polls(self) -> Polls:
        with ending_crawl_on_failure(self._crawler):
            return Polls(self._state.polls(self._source), self._rhythm, limit=self._limit)

    def why_not(self, listing: Listing) -> str:
        """Return why *listing* need not be asked, in the word of a statistic; else nothing."""
        if listing.kind not in POLLED or self.asked.refetch:
            return ""
        if self._polls.is_settled(listing, _now()):
            return "settled"
        return "" if self._polls.is_due(listing, _now()) else "not_due"

    def headers(self, listing: Listing) -> dict[str, bytes]:
        """Return the headers by which *listing* is asked for only if it changed."""
        return {} if self.asked.refetch else self._polls.headers(listing, _now())

    def is_read(self, listing: Listing) -> bool:
        """Whether an earlier crawl could read *listing*."""
        return self._polls.of(listing).read is not None

    def has_named(self, listing: Listing) -> bool:
        """Whether *listing* ever named something that was new."""
        return self._polls.of(listing).changed is not None

    def children(self, listing: Listing) -> list[Entry]:
        """Return the sitemaps that an index named when it was last read, the newest first."""
        return sorted(self._polls.children(listing), key=Entry.newest, reverse=True)

    def take(
        self, listing: Listing, found: Found, in_range: Sequence[Entry], others: Sequence[Entry]
    ) -> list[Link]:
        """Remember in one transaction what *listing* names; return the links to fetch.

        *in_range* and *others* are its pages on the site.
        """
        now = _now()
        is_polled = listing.kind in POLLED
        read = self._read(listing, found, now)
        named = Named(
            links=[_link(entry) for entry in in_range],
            out_of_range=[_link(entry) for entry in others],
            children=[
                Poll(url=entry.link.url, kind="sitemap", parent=listing.url, stated=stated(entry))
                for entry in found.sitemaps
            ],
            if_new=self._rhythm.following(read, now, is_new=True) if is_polled else None,
            if_known=self._rhythm.following(read, now, is_new=False) if is_polled else None,
        )
        with ending_crawl_on_failure(self._crawler):
            return self._state.take(self._source, named, self.asked)

    def keep(self, listing: Listing) -> None:
        """Remember that *listing* has not changed."""
        now = _now()
        self._keep(self._rhythm.following(self._polls.of(listing), now, is_new=False))

    def lose(self, listing: Listing, why: str) -> None:
        """Remember that *listing* gave nothing; of a usual place, only where that is an answer."""
        if listing.kind in POLLED and (not listing.guess or why in ANSWERS):
            self._keep(self._rhythm.failing(self._polls.of(listing), _now()))

    def pending(self) -> list[Link]:
        """Return what earlier crawls left unfinished, and what changed since it was fetched."""
        with ending_crawl_on_failure(self._crawler):
            return self._state.pending(self._source, self.asked)

    def want(self, links: Iterable[Link]) -> None:
        """Remember that the crawl asks for *links*, which others may have left out."""
        with ending_crawl_on_failure(self._crawler):
            self._state.want(self._source, links)

    def _keep(self, poll: Poll) -> None:
        with ending_crawl_on_failure(self._crawler):
            self._state.keep_poll(self._source, poll)

    def _read(self, listing: Listing, found: Found, now: dt.datetime) -> Poll:
        is_short = len(found.pages) + len(found.sitemaps) >= self._limit
        return replace(
            self._polls.of(listing),
            kind=listing.kind,
            # half a listing must not be called unchanged
            etag=found.validators.etag if found.whole else "",
            last_modified=found.validators.last_modified if found.whole else "",
            read=now,
            half=half(found.pages),
            bound=self._limit if is_short else 0,
        )


def _link(entry: Entry) -> Link:
    moments = [moment for moment in (entry.modified, entry.link.published) if moment]
    return replace(entry.link, modified=max(moments, key=in_utc, default=None))


def _updates_since(crawler: Crawler) -> dt.date | None:
    if not yes_or_no("UPDATES", str(crawler.settings["UPDATES"])):
        return None
    return _now().date() - dt.timedelta(days=crawler.settings.getint("UPDATES_DAYS"))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
