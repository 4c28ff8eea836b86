"""From what listings name to what is to be fetched: once, in range, not yet known."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from scrapy.crawler import Crawler

from crawler.arguments import Arguments
from crawler.discovery.addresses import is_on
from crawler.discovery.frontier import Frontier
from crawler.discovery.listing import Entry, Kind, Listing
from crawler.discovery.reading import Found
from crawler.discovery.span import Span
from crawler.link import Link
from crawler.storage import ending_crawl_on_failure, storage_of

logger = logging.getLogger(__name__)


class Finder:
    """Keeps the frontier of one crawl filled, and the state told of every link in it.

    Attributes:
        kinds: the kinds of listing that were named, or found in a usual place.
    """

    def __init__(self, crawler: Crawler, arguments: Arguments) -> None:
        self.frontier = Frontier(sitemap_limit=crawler.settings.getint("SITEMAP_LIMIT"))
        self.span = Span(arguments.since, arguments.until)
        self.kinds: set[Kind] = set()
        self._crawler = crawler
        self._refetch = arguments.refetch

    def resume(self, source: str) -> None:
        """Queue what earlier runs left unfinished."""
        with ending_crawl_on_failure(self._crawler):
            pending = storage_of(self._crawler).state.pending(source)
        entries = self.frontier.unseen(Entry(link) for link in pending)
        self._queue([entry.link for entry in entries if self.span.may_hold(entry)])

    def add_listings(self, listings: Iterable[Listing]) -> None:
        """Queue *listings*."""
        left_out = self.frontier.add_listings(listings)
        if left_out:
            logger.warning("%d sitemaps left out: SITEMAP_LIMIT allows no more", left_out)

    def take(
        self,
        found: Found,
        listing: Listing,
        *,
        source_for: Callable[[Link], str],
        domains: Sequence[str],
    ) -> None:
        """Queue what *listing* named, of pages those on *domains*, in range and unfinished."""
        children = [entry for entry in found.sitemaps if self.span.may_hold(entry)]
        self.add_listings(Listing(entry.link.url, "sitemap") for entry in children)
        self.add_listings(found.listings)
        self.kinds.update(other.kind for other in found.listings)
        if found.pages or found.sitemaps:
            self.kinds.add(listing.kind)
            self.frontier.drop_guesses(listing.kind)
        entries = self.frontier.unseen(found.pages)
        on_site = [entry for entry in entries if is_on(entry.link.url, domains)]
        in_span = [entry.link for entry in on_site if self.span.may_hold(entry)]
        new = self.register(in_span, source_for)
        self._count("links/listed", len(found.pages) + len(found.sitemaps))
        self._count("links/named", len(entries))
        self._count("links/off_site", len(entries) - len(on_site))
        self._count("links/out_of_range", len(on_site) - len(in_span))
        self._tell(listing, found, len(in_span), len(new))

    def register(self, links: Sequence[Link], source_for: Callable[[Link], str]) -> list[Link]:
        """Remember *links* in the state, queue those to fetch and return them."""
        by_source: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            by_source[source_for(link)].append(link)
        todo: list[Link] = []
        with ending_crawl_on_failure(self._crawler):
            state = storage_of(self._crawler).state
            for source, found in by_source.items():
                todo += state.discover(source, found, refetch=self._refetch)
        self._queue(todo)
        self._count("articles/known", len(links) - len(todo))
        return todo

    def _queue(self, links: Sequence[Link]) -> None:
        self.frontier.add_pages(links)
        self._count("links/to_fetch", len(links))

    def _count(self, name: str, number: int) -> None:
        if number:
            self._crawler.stats.inc_value(name, number)

    def _tell(self, listing: Listing, found: Found, links: int, new: int) -> None:
        others = len(found.sitemaps) + len(found.listings)
        more = f", {others} more listings" if others else ""
        logger.info("%s %s: %d links, %d to fetch%s", listing.kind, listing.url, links, new, more)
        if not found.whole:
            logger.warning("%s: its end is cut off", listing.url)
