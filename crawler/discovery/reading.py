"""Read a response as the listing that it was asked for."""

from dataclasses import dataclass

from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings

from crawler.discovery.feeds import read_feed
from crawler.discovery.listing import Entry, Listing, ListingError
from crawler.discovery.sections import article_links, section_addresses
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.sources import feeds_in_home, sitemaps_in_robots


@dataclass(frozen=True, slots=True)
class Found:
    """What one listing names."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    """Other sitemaps, with the time of their last change."""

    listings: tuple[Listing, ...] = ()
    whole: bool = True
    """False where the end of the listing was cut off."""


def read_listing(response: Response, listing: Listing, settings: BaseSettings) -> Found:
    """Return what *response* names, read as the kind of *listing*.

    Raises:
        ListingError: it is no such listing.
    """
    limit = settings.getint("LISTING_LIMIT")
    if listing.kind == "feed":
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        feed = read_feed(response.body, response.url, content_type=content_type, limit=limit)
        return Found(pages=tuple(feed))
    if listing.kind == "sitemap":
        max_size = settings.getint("SITEMAP_MAXSIZE")
        sitemap = read_sitemap(response.body, response.url, limit=limit, max_size=max_size)
        return Found(pages=sitemap.pages, sitemaps=sitemap.sitemaps, whole=sitemap.whole)
    if listing.kind == "robots":
        return Found(listings=tuple(sitemaps_in_robots(response)))
    return _read_page(response, listing, limit)


def _read_page(response: Response, listing: Listing, limit: int) -> Found:
    if not isinstance(response, TextResponse):
        raise ListingError(f"no page of links: {response.url}")
    pages = tuple(Entry(link) for link in article_links(response, limit=limit))
    if listing.kind == "section":
        return Found(pages=pages)
    sections = [Listing(url, "section") for url in section_addresses(response)]
    return Found(pages=pages, listings=(*feeds_in_home(response), *sections))
