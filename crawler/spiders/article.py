"""What every spider shares: who its publisher is, and which listings lead to the articles.

The crawl goes in steps, which `crawler.spiders.steps` takes; `crawler.spiders.listings` and
`crawler.spiders.pages` read what comes.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.agent import name_contact
from crawler.arguments import read_arguments
from crawler.discovery.finder import Finder
from crawler.discovery.listing import Kind, Listing
from crawler.discovery.reading import Found
from crawler.extraction import Extraction
from crawler.limits import Limits, processes_beside_crawl
from crawler.link import Link
from crawler.spiders.listings import Listings
from crawler.spiders.pages import Pages
from crawler.spiders.steps import Steps


class ArticleSpider(scrapy.Spider):
    """Follow a site's listings to its articles.

    A site's spider is a name, its domains and one or more kinds of listing. Having no ``name``,
    this class itself is not listed by ``scrapy list``.
    """

    allowed_domains: Sequence[str] = ()
    feeds: Sequence[str] = ()
    sitemaps: Sequence[str] = ()
    sections: Sequence[str] = ()

    finder: Finder
    extraction: Extraction
    listings: Listings
    pages: Pages
    steps: Steps

    def __init__(self, **given: str) -> None:
        super().__init__()
        # scrapyd and its like add arguments of their own, such as _job
        self.arguments = read_arguments({k: v for k, v in given.items() if not k.startswith("_")})

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider out of arguments and settings.

        Raises:
            UnusableError: an argument or a setting cannot be used.
        """
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.finder = Finder(crawler, spider.arguments, spider.source)
        spider.extraction = Extraction(Limits.of(crawler.settings, processes_beside_crawl()))
        spider.listings = Listings(
            crawler=crawler,
            finder=spider.finder,
            extraction=spider.extraction,
            logger=spider.logger,
            take=spider.take,
        )
        spider.pages = Pages(
            crawler=crawler,
            extraction=spider.extraction,
            span=spider.finder.span,
            logger=spider.logger,
            source_for=spider.source_for,
        )
        spider.steps = Steps(
            crawler=crawler,
            finder=spider.finder,
            listings=spider.listings,
            pages=spider.pages,
            limit=spider.arguments.limit,
            more_listings=spider.more_listings,
        )
        crawler.signals.connect(spider.steps.go_on, signals.spider_idle)
        crawler.signals.connect(spider.steps.keep_busy, signals.scheduler_empty)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Name the contact in the user agent."""
        super().update_settings(settings)
        name_contact(settings)

    @property
    def source(self) -> str:
        """Name of the publisher, in the state and in file names."""
        return self.name

    @property
    def sources(self) -> frozenset[str]:
        """Publishers that the crawl may write to; no other crawl of them may run beside it."""
        return frozenset({self.source})

    @property
    def folder(self) -> str:
        """Folder of the articles; empty where they are of several publishers."""
        return self.source

    def source_for(self, link: Link) -> str:
        """Return the publisher of one page."""
        return self.source

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first requests: pages the user names or an earlier run left, and listings."""
        self.finder.register([Link(url) for url in self.arguments.urls], self.source_for)
        self.finder.resume()
        self.finder.add_listings(self.first_listings())
        for request in self.steps.next_requests():
            yield request

    def first_listings(self) -> list[Listing]:
        """Return the listings to begin with."""
        kinds: tuple[tuple[Kind, Sequence[str]], ...] = (
            ("feed", self.feeds),
            ("sitemap", self.sitemaps),
            ("section", self.sections),
        )
        return [Listing(address, kind) for kind, found in kinds for address in found]

    def more_listings(self) -> list[Listing]:
        """Return the listings to try when those so far are read; none: there are no others."""
        return []

    def take(self, found: Found, listing: Listing) -> None:
        """Queue *found*, which *listing* named."""
        self.finder.take(found, listing, domains=self.allowed_domains)

    def closed(self, reason: str) -> None:
        """End the processes of the extraction."""
        self.crawler.stats.set_value("extraction/cpu_seconds", round(self.extraction.cpu, 2))
        self.extraction.close()
