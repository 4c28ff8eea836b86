"""Any site: where it announces its articles is found out."""

from dataclasses import replace
from urllib.parse import urljoin

from cleaners.registry import source_of
from crawler.arguments import address, addresses
from crawler.discovery.addresses import host, registered_domain
from crawler.discovery.listing import Listing
from crawler.discovery.reading import Found
from crawler.discovery.sources import usual_places
from crawler.errors import ArgumentError
from crawler.spiders.article import ArticleSpider


class NewsSpider(ArticleSpider):
    """Articles of the site that ``-a site=https://example.com`` names.

    Feeds and sitemaps are looked for in robots.txt, in the head of the home page and in the
    usual places; where there is neither, its section pages are read. ``feed=``, ``sitemap=`` and
    ``section=`` name listings, and then only those are read.
    """

    name = "news"

    def __init__(
        self, site: str = "", feed: str = "", sitemap: str = "", section: str = "", **given: str
    ) -> None:
        super().__init__(**given)
        self.feeds = addresses("feed", feed)
        self.sitemaps = addresses("sitemap", sitemap)
        self.sections = addresses("section", section)
        listed = (*self.feeds, *self.sitemaps, *self.sections, *self.arguments.urls)
        if not site and not listed:
            raise ArgumentError("site: missing, as in -a site=https://example.com")
        self.site = _site(site or listed[0])
        self.allowed_domains = tuple({registered_domain(host(url)) for url in (self.site, *listed)})
        self._explores = bool(site) and not (self.feeds or self.sitemaps or self.sections)
        self._home = Found()
        self._further = iter((self._usual_places, self._section_pages))

    @property
    def source(self) -> str:
        """Name of the site in the state and in file names."""
        return source_of(self.site)

    def first_listings(self) -> list[Listing]:
        """Return the listings that the user names, else what may name some."""
        if not self._explores:
            return super().first_listings()
        return [Listing(urljoin(self.site, "/robots.txt"), "robots"), Listing(self.site, "home")]

    def more_listings(self) -> list[Listing]:
        """Return the usual places, then, where nothing names a page, section pages."""
        further = (find() for find in self._further) if self._explores else iter(())
        return next((listings for listings in further if listings), [])

    def take(self, found: Found, listing: Listing) -> None:
        """Queue *found*; what a home page links to is kept for when there is nothing else."""
        if listing.kind == "home":
            self._home = found
            feeds = tuple(other for other in found.listings if other.kind == "feed")
            found = replace(found, pages=(), listings=feeds)
        super().take(found, listing)

    def _usual_places(self) -> list[Listing]:
        known = self.finder.kinds
        feeds = [] if "feed" in known else usual_places(self.site, "feed")
        sitemaps = [] if "sitemap" in known else usual_places(self.site, "sitemap")
        return feeds + sitemaps

    def _section_pages(self) -> list[Listing]:
        if self.finder.names_pages:
            return []
        super().take(Found(pages=self._home.pages), Listing(self.site, "section"))
        limit = self.settings.getint("SECTION_LIMIT")
        return [other for other in self._home.listings if other.kind == "section"][:limit]


def _site(given: str) -> str:
    """Return the address of a home page; ``example.com`` will do."""
    return address("site", given if "//" in given or "." not in given else f"https://{given}")
