"""Read a response as the listing that it was asked for.

Runs in the processes of `crawler.extraction`: a listing can be as hostile as a page.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from crawler.discovery.feeds import read_feed
from crawler.discovery.listing import Entry, Kind, Listing, ListingError
from crawler.discovery.sections import anchors_in, article_links, section_addresses
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.sources import feeds_in_home, sitemaps_in_robots
from crawler.validators import NO_VALIDATORS, Validators

if TYPE_CHECKING:
    from scrapy.http import Response
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Raw:
    """A response to a request for a listing, bare of what does not travel."""

    url: str
    body: bytes
    content_type: str = ""
    encoding: str = ""
    """Of a text, as Scrapy finds it; empty for what is no text."""

    @classmethod
    def of(cls, response: "Response") -> Self:
        """Take what matters of *response*."""
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        encoding: str = getattr(response, "encoding", "")
        return cls(response.url, response.body, content_type, encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of a listing is read."""

    links: int
    size: int
    """Bytes of a sitemap, unpacked."""

    @classmethod
    def of(cls, settings: "BaseSettings") -> Self:
        """Take the limits from the settings."""
        size = settings.getint("SITEMAP_MAXSIZE")
        return cls(links=settings.getint("LISTING_LIMIT"), size=size)


@dataclass(frozen=True, slots=True)
class Found:
    """What one listing names."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    """Other sitemaps, with the time of their last change."""

    listings: tuple[Listing, ...] = ()
    whole: bool = True
    """False where the end of the listing was cut off."""

    validators: Validators = NO_VALIDATORS
    """What to ask for the listing with the next time."""


def read_listing(raw: Raw, kind: Kind, bounds: Bounds) -> Found:
    """Return what a response names, read as *kind*.

    Raises:
        ListingError: it is no such listing.
    """
    if kind == "feed":
        feed = read_feed(raw.body, raw.url, content_type=raw.content_type, limit=bounds.links)
        return Found(pages=tuple(feed))
    if kind == "sitemap":
        found = read_sitemap(raw.body, raw.url, limit=bounds.links, max_size=bounds.size)
        return Found(pages=found.pages, sitemaps=found.sitemaps, whole=found.whole)
    if kind == "robots":
        return Found(listings=tuple(sitemaps_in_robots(raw.body, raw.url)))
    return _read_page(raw, kind, bounds)


def _read_page(raw: Raw, kind: Kind, bounds: Bounds) -> Found:
    if not raw.encoding:
        raise ListingError(f"no page of links: {raw.url}")
    from scrapy.http import HtmlResponse  # noqa: PLC0415  # most crawls never read such a page

    page = HtmlResponse(raw.url, body=raw.body, encoding=raw.encoding)
    anchors = anchors_in(page)
    links = article_links(anchors, raw.url, limit=bounds.links)
    pages = tuple(map(Entry, links))
    if kind == "section":
        return Found(pages=pages)
    sections = [Listing(url, "section") for url in section_addresses(anchors)]
    return Found(pages=pages, listings=(*feeds_in_home(page), *sections))
