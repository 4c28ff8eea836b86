"""What a crawl has still to ask for: listings first, then pages, the newest first."""

import heapq
from collections.abc import Iterable
from itertools import count

from crawler.discovery.listing import Entry, Kind, Listing
from crawler.link import Link


class Frontier:
    """The listings and pages that are not yet asked for; none is given out twice."""

    def __init__(self, *, sitemap_limit: int) -> None:
        self._listings: list[Listing] = []
        self._pages: list[tuple[float, int, Link]] = []
        self._seen: set[str] = set()
        self._queued: set[str] = set()
        self._order = count()
        self._sitemaps_left = sitemap_limit

    @property
    def pages(self) -> int:
        """Number of pages that wait."""
        return len(self._pages)

    def admit(self, listings: Iterable[Listing]) -> tuple[list[Listing], int]:
        """Return the new ones of *listings*, and how many sitemaps the limit left out."""
        admitted = []
        left_out = 0
        for listing in listings:
            if listing.url in self._seen:
                continue
            if listing.kind == "sitemap" and not self._sitemaps_left:
                left_out += 1
                continue
            self._sitemaps_left -= listing.kind == "sitemap"
            self._seen.add(listing.url)
            admitted.append(listing)
        return admitted, left_out

    def queue(self, admitted: Iterable[Listing]) -> None:
        """Queue listings that were admitted."""
        self._listings += admitted

    def drop_guesses(self, kind: Kind) -> None:
        """Forget the usual places of *kind*, for one of them was right."""
        self._listings = [
            listing for listing in self._listings if not (listing.guess and listing.kind == kind)
        ]

    def unseen(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return those *entries* whose page nothing named before, each once."""
        fresh = {entry.link.url: entry for entry in entries if entry.link.url not in self._seen}
        self._seen.update(fresh)
        return list(fresh.values())

    def add_pages(self, links: Iterable[Link]) -> int:
        """Queue the pages of *links*, each once a crawl; return how many."""
        before = len(self._queued)
        for link in links:
            if link.url not in self._queued:
                self._seen.add(link.url)
                self._queued.add(link.url)
                heapq.heappush(self._pages, (-Entry(link).newest(), next(self._order), link))
        return len(self._queued) - before

    def next_listings(self, number: int | None = None) -> list[Listing]:
        """Take *number* listings, in the order they came; None takes all.

        The usual places come last and one of a kind at a time, for the first may be right.
        """
        certain = [listing for listing in self._listings if not listing.guess]
        guesses: dict[Kind, Listing] = {}
        for listing in self._listings:
            guesses.setdefault(listing.kind, listing)
        taken = (certain or list(guesses.values()))[:number]
        self._listings = [listing for listing in self._listings if listing not in taken]
        return taken

    def next_pages(self, number: int | None = None) -> list[Link]:
        """Take the *number* newest pages; None takes all."""
        number = self.pages if number is None else min(number, self.pages)
        return [heapq.heappop(self._pages)[-1] for _ in range(number)]
