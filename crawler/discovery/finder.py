"""From what listings name to what is to be fetched: once, in range, not yet known."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from scrapy.crawler import Crawler

from crawler.arguments import Arguments
from crawler.discovery.addresses import is_on
from crawler.discovery.frontier import Frontier
from crawler.discovery.listing import Entry, Kind, Listing
from crawler.discovery.memory import Memory
from crawler.discovery.polling import stated
from crawler.discovery.reading import Found
from crawler.discovery.span import Span
from crawler.link import Link
from crawler.storage import ending_crawl_on_failure, storage_of

logger = logging.getLogger(__name__)


class Finder:
    """Keeps the frontier of one crawl filled, and the state told of every link in it.

    Attributes:
        kinds: the kinds of listing that were named, or found in a usual place.
        names_pages: whether any listing names pages, or did when it was last read.
        listed: the pages on the site and in range that feeds and sitemaps named.
    """

    def __init__(self, crawler: Crawler, arguments: Arguments, source: str) -> None:
        """Take what the crawl is asked to do.

        Raises:
            UnusableError: ``POLL`` or ``UPDATES`` cannot be used.
        """
        self.frontier = Frontier(sitemap_limit=crawler.settings.getint("SITEMAP_LIMIT"))
        self.span = Span(arguments.since, arguments.until)
        self.memory = Memory(crawler, arguments, source)
        self.kinds: set[Kind] = set()
        self.names_pages = False
        self.listed: set[str] = set()
        self._crawler = crawler

    def resume(self) -> None:
        """Queue what earlier runs left unfinished, and what changed since they fetched it."""
        pending = (Entry(link, link.modified) for link in self.memory.pending())
        entries = self.frontier.unseen(pending)
        links = [entry.link for entry in entries if self.span.may_hold(entry)]
        self.memory.want(links)
        self._queue(links)

    def add_listings(self, listings: Iterable[Listing]) -> None:
        """Queue those of *listings* that may name something new."""
        admitted, left_out = self.frontier.admit(listings)
        if left_out:
            logger.warning("%d sitemaps left out: SITEMAP_LIMIT allows no more", left_out)
        reasons = [(listing, self.memory.why_not(listing)) for listing in admitted]
        self.frontier.queue(listing for listing, why in reasons if not why)
        for listing, why in reasons:
            if why and self.memory.is_read(listing):
                self._count(f"listings/{why}", 1)
                self._go_past(listing)

    def _go_past(self, listing: Listing) -> None:
        """Go on with what *listing* named when it was last read."""
        self._confirm(listing.kind)
        self.names_pages |= self.memory.has_named(listing)
        self._add_children(self.memory.children(listing))

    def _confirm(self, kind: Kind) -> None:
        self.kinds.add(kind)
        self.frontier.drop_guesses(kind)

    def _add_children(self, entries: Iterable[Entry]) -> None:
        self.add_listings(
            Listing(entry.link.url, "sitemap", modified=stated(entry))
            for entry in entries
            if self.span.may_hold(entry)
        )

    def take(self, found: Found, listing: Listing, *, domains: Sequence[str]) -> None:
        """Queue what *listing* named, of pages those on *domains*, in range and to be fetched."""
        unseen = {entry.link.url for entry in self.frontier.unseen(found.pages)}
        on_site = [entry for entry in found.pages if is_on(entry.link.url, domains)]
        in_span = [entry for entry in on_site if self.span.may_hold(entry)]
        others = [entry for entry in on_site if not self.span.may_hold(entry)]
        todo = self.memory.take(listing, found, in_span, others)
        queued = self._queue(todo)
        self.names_pages |= bool(found.pages)
        if found.pages or found.sitemaps:
            self._confirm(listing.kind)
        if listing.kind != "section":
            self.listed.update(entry.link.url for entry in in_span)
        self._count("links/listed", len(found.pages) + len(found.sitemaps))
        self._count_named(unseen, on_site, in_span, todo)
        self._tell(listing, found, len(in_span), queued)
        self.kinds.update(other.kind for other in found.listings)
        self._add_children(found.sitemaps)
        self.add_listings(found.listings)

    def keep(self, listing: Listing) -> None:
        """Go on with what *listing* named when it was last read, for it has not changed."""
        self._count("listings/unchanged", 1)
        logger.info("%s %s: unchanged", listing.kind, listing.url)
        self.memory.keep(listing)
        self._go_past(listing)

    def register(self, links: Sequence[Link], source_for: Callable[[Link], str]) -> None:
        """Remember *links*, which the user names, and queue those to fetch."""
        by_source: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            by_source[source_for(link)].append(link)
        todo: list[Link] = []
        with ending_crawl_on_failure(self._crawler):
            state = storage_of(self._crawler).state
            for source, found in by_source.items():
                todo += state.discover(source, found, refetch=self.memory.asked.refetch)
        self._queue(todo)
        self._count("articles/known", len(links) - len(todo))

    def _queue(self, links: Sequence[Link]) -> int:
        number = self.frontier.add_pages(links)
        self._count("links/to_fetch", number)
        return number

    def _count(self, name: str, number: int) -> None:
        if number:
            self._crawler.stats.inc_value(name, number)

    def _count_named(
        self,
        unseen: set[str],
        on_site: Iterable[Entry],
        in_span: Iterable[Entry],
        todo: Iterable[Link],
    ) -> None:
        """Count the links that nothing named before in this crawl."""
        here = unseen & {entry.link.url for entry in on_site}
        asked = unseen & {entry.link.url for entry in in_span}
        self._count("links/named", len(unseen))
        self._count("links/off_site", len(unseen) - len(here))
        self._count("links/out_of_range", len(here) - len(asked))
        self._count("articles/known", len(asked - {link.url for link in todo}))

    def _tell(self, listing: Listing, found: Found, links: int, new: int) -> None:
        others = len(found.sitemaps) + len(found.listings)
        more = f", {others} more listings" if others else ""
        logger.info("%s %s: %d links, %d to fetch%s", listing.kind, listing.url, links, new, more)
        if not found.whole:
            logger.warning("%s: its end is cut off", listing.url)
