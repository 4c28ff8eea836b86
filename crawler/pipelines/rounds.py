"""Divide pages that came together, so that none of a round needs to know what became of another.

Two editions of an article, or an article and its copy, are stored one after the other.
"""

from collections.abc import Sequence

from crawler.draft import Draft
from crawler.duplicates import is_near
from crawler.fetch import Fetch

Page = Draft | Fetch
"""An article on its way, or a page that is none."""


def divide(pages: Sequence[Page]) -> tuple[list[Page], list[Page]]:
    """Return the pages of the next round, and those that have to wait for it, both in order.

    What waits makes wait what is related to it, or the later one would be stored first.
    """
    now: list[Page] = []
    later: list[Page] = []
    taken: set[str] = set()
    for number, page in enumerate(pages):
        own = addresses(page)
        is_free = taken.isdisjoint(own) and not any(_are_alike(page, one) for one in pages[:number])
        (now if is_free else later).append(page)
        taken |= own
    return now, later


def _are_alike(one: Page, other: Page) -> bool:
    if isinstance(one, Fetch) or isinstance(other, Fetch):
        return False
    return is_near(one.stored, other.stored.fingerprint, other.stored.words)


def addresses(page: Page) -> frozenset[str]:
    """Return the addresses by which a page is recognised."""
    if isinstance(page, Fetch):
        return frozenset({page.link.url})
    return frozenset({*page.visited, page.stored.canonical})


def fetch_of(page: Page) -> Fetch:
    """Return the page as it came."""
    return page if isinstance(page, Fetch) else page.fetch
