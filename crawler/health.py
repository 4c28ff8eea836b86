"""Whether a site is healthy, by what one crawl of it counted.

A site is unhealthy where it answers, but no longer gives what the project knows how to read: its
rules or its listings need a person. A site that does not answer, or refuses, is another matter:
`crawler.summary` has its own code for that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

ENOUGH = 5  # pages; fewer tell nothing of a site
SHARE = 0.5  # of the pages of one crawl

NAMED = ("links/listed", "listings/unchanged", "listings/settled", "listings/not_due")
"""Statistics that tell of listings which name something."""

ANSWERS = frozenset({"no listing", "HTTP 404", "HTTP 410"})
"""Reasons of lost listings that are an answer: the server is up, and the listing is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What one crawl counted of a site."""

    articles: int = 0
    """New and changed ones."""

    layout_changed: int = 0
    """Of the articles those that no layout of the site's rules fits."""

    guarded: int = 0
    """Of the articles those of which the site's layout lost text."""

    received: int = 0
    """First pages of articles that came."""

    refused: int = 0
    """Of those the ones without an article."""

    listings: int = 0
    """Listings that were asked for."""

    lost: Mapping[str, int]
    """Of those the ones that gave nothing, by reason."""

    listed: int = 0
    """Pages and sitemaps that the listings named, of whatever day, and the listings that are as
    they were."""

    known_before: int = 0
    """Links of the site that earlier crawls finished."""

    @classmethod
    def of(cls, stats: Mapping[str, int]) -> Self:
        """Read the counts out of the numbers in the stats of a crawl."""
        lost = {name: n for name, n in stats.items() if name.startswith("listings/failed/")}
        refused = (n for name, n in stats.items() if name.startswith("articles/refused/"))
        return cls(
            articles=stats.get("articles/written", 0) + stats.get("articles/version", 0),
            layout_changed=stats.get("articles/layout_changed", 0),
            guarded=stats.get("articles/guarded", 0),
            received=stats.get("pages/received", 0),
            refused=sum(refused),
            listings=stats.get("listings/asked", 0),
            lost={name.removeprefix("listings/failed/"): n for name, n in lost.items()},
            listed=sum(stats.get(name, 0) for name in NAMED),
            known_before=stats.get("links/known_before", 0),
        )

    def trouble(self) -> str:
        """Return what is wrong, in the words of the last line; nothing for a healthy site."""
        if _is_most(self.layout_changed, self.articles):
            return f"no layout fits {self.layout_changed} of {self.articles} articles"
        if _is_most(self.guarded, self.articles):
            return f"the layout loses text of {self.guarded} of {self.articles} articles"
        if _is_most(self.refused, self.received):
            return f"{self.refused} of {self.received} pages are no articles"
        if self.listings and self.known_before and not self.listed and set(self.lost) <= ANSWERS:
            return f"the listings name no page, and {self.known_before} are known"
        return ""


def _is_most(part: int, whole: int) -> bool:
    return whole >= ENOUGH and part >= SHARE * whole
