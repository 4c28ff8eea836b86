"""What all listings have in common: entries, the newest first."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cleaners.article import Moment
from crawler.discovery.addresses import day_in
from crawler.discovery.moments import instant
from crawler.link import Link

Kind = Literal["home", "robots", "feed", "sitemap", "section"]


class ListingError(Exception):
    """A response is not the listing that it was asked for; the message names the URL."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page to read links from."""

    url: str
    kind: Kind
    guess: bool = False
    """Whether the address is one of the usual places, which may well be empty."""

    modified: Moment | None = None
    """Last change that the index which names it states; None where none does."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing."""

    link: Link
    modified: Moment | None = None
    """Last change that the listing states; never before the publication."""

    def newest(self) -> float:
        """Return a number to sort by: when the page was new, as far as anyone can tell."""
        return max(
            instant(self.link.published), instant(self.modified), instant(day_in(self.link.url))
        )


def newest(entries: Iterable[Entry], limit: int) -> list[Entry]:
    """Return the *limit* newest of *entries*, in order; what is undated comes last, as listed."""
    return heapq.nlargest(limit, entries, key=Entry.newest)
