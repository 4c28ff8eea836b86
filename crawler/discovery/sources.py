"""Where a site that nobody described may announce its articles."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from crawler.discovery.addresses import clean_address
from crawler.discovery.listing import Kind, Listing

if TYPE_CHECKING:
    from scrapy.http import TextResponse

FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}

MAX_FEEDS = 20  # of one page; some name one for each of a thousand authors

USUAL_PLACES: dict[Kind, tuple[str, ...]] = {
    "feed": ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds"),
    "sitemap": (
        "/news-sitemap.xml",
        "/sitemap-news.xml",
        "/sitemap_index.xml",
        "/sitemap.xml",
        "/sitemap.xml.gz",
    ),
}


def sitemaps_in_robots(body: bytes, address: str) -> list[Listing]:
    """Return the sitemaps that a robots.txt names."""
    robots = Protego.parse(body.decode(errors="replace"))
    found = (clean_address(sitemap, address) for sitemap in robots.sitemaps)
    return [Listing(sitemap, "sitemap") for sitemap in dict.fromkeys(found) if sitemap]


def feeds_in_home(response: "TextResponse") -> list[Listing]:
    """Return the feeds that a page announces in its head, without those of comments."""
    found = (
        clean_address(link.attrib["href"], response.url)
        for link in response.css("link[rel~=alternate][href]")
        if link.attrib.get("type", "").lower() in FEED_TYPES
        and "comment" not in (link.attrib["href"] + link.attrib.get("title", "")).lower()
    )
    feeds = [Listing(address, "feed") for address in dict.fromkeys(found) if address]
    return feeds[:MAX_FEEDS]


def usual_places(site: str, kind: Kind) -> list[Listing]:
    """Return the addresses where most sites keep a feed or sitemap, the likeliest first."""
    parts = urlsplit(site)
    root = f"{parts.scheme}://{parts.netloc}"
    return [Listing(root + path, kind, guess=True) for path in USUAL_PLACES[kind]]
