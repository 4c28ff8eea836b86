"""What every spider shares: from listings to links, from links to articles.

The crawl goes in steps. Whenever nothing is left to wait for, `ArticleSpider.next_requests` says
what comes next: listings until there are links enough, then pages, the newest first.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from cleaners import Article, CleaningError
from crawler.agent import name_contact
from crawler.arguments import read_arguments
from crawler.chain import Chain
from crawler.discovery.finder import Finder
from crawler.discovery.listing import Kind, Listing, ListingError
from crawler.discovery.polling import Validators
from crawler.discovery.reading import Bounds, Found, Raw, read_listing
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError
from crawler.extraction import Extraction
from crawler.failures import advice, counts_against, is_final, is_gone, reason
from crawler.fetch import Fetch
from crawler.hints import headers_of, page_of, refusal_of, with_hints
from crawler.link import Link
from crawler.middlewares.robots import ClosedError
from crawler.processes import Limits
from crawler.storage import ending_crawl_on_failure, storage_of
from crawler.summary import Summary

SIZE_LIMITS = {"sitemap": "SITEMAP_MAXSIZE"}
"""Settings with the largest size of a listing, by its kind; of others that of a page."""


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

    def __init__(self, **given: str) -> None:
        super().__init__()
        self._turn = asyncio.Lock()
        self._at_pages = False
        """Whether the listings are read, and pages are asked for."""

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
        spider.extraction = Extraction(Limits.of(crawler.settings))
        crawler.signals.connect(spider.go_on, signals.spider_idle)
        crawler.signals.connect(spider.keep_busy, signals.scheduler_empty)
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
        for request in self.next_requests():
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

    def go_on(self) -> None:
        """Ask for what comes next, when nothing is left to wait for.

        Raises:
            DontCloseSpider: there is more to do.
        """
        with self._counting_errors():
            requests = self.next_requests()
            for request in requests:
                self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def keep_busy(self) -> None:
        """Ask for as many pages as have come to their end, so that few are in memory at a time.

        The signal comes whenever the downloader could take one more.
        """
        if not self._at_pages:
            return
        with self._counting_errors():
            under_way = self.under_way()
            missing = self.missing()
            room = self.settings.getint("PAGES_IN_FLIGHT") - under_way
            number = room if missing is None else min(room, missing - under_way)
            for link in self.finder.frontier.next_pages(max(0, number)):
                self.crawler.engine.crawl(self.page_request(link))

    def under_way(self) -> int:
        """Return how many requests and responses the engine holds, but for waiting requests."""
        engine = self.crawler.engine
        scraping = engine.scraper.slot
        scraped = len(scraping.active) + len(scraping.queue) if scraping else 0
        return len(engine.downloader.active) + scraped

    @contextmanager
    def _counting_errors(self) -> Iterator[None]:
        try:
            yield
        except Exception:
            # Scrapy logs what a handler of signals raises, and ends as if all had gone well
            self.crawler.stats.inc_value("spider_exceptions/count")
            raise

    def next_requests(self) -> list[Request]:
        """Return the first requests of the next step; none when the crawl is done.

        With a limit, listings are read one by one until they give enough pages, and no more
        pages are asked for than articles are missing.
        """
        frontier, missing = self.finder.frontier, self.missing()
        if missing is None or frontier.pages < missing:
            number = None if missing is None else 1
            listings = frontier.next_listings(number)
            if not listings:
                self.finder.add_listings(self.more_listings())
                listings = frontier.next_listings(number)
            if listings:
                self._at_pages = False
                return [self.listing_request(listing) for listing in listings]
        self._at_pages = True
        few = self.settings.getint("PAGES_IN_FLIGHT")
        number = few if missing is None else min(few, missing)
        return [self.page_request(link) for link in frontier.next_pages(number)]

    def missing(self) -> int | None:
        """Return how many articles are left to write; None without a limit."""
        if self.arguments.limit is None:
            return None
        summary = Summary.of(self.crawler.stats.get_stats())
        return max(0, self.arguments.limit - summary.new - summary.changed)

    def listing_request(self, listing: Listing) -> Request:
        """Return the request for a listing, which may lie on another host than the site."""
        self.crawler.stats.inc_value("listings/asked")
        headers = self.finder.memory.headers(listing)
        meta: dict[str, object] = {
            "allow_offsite": True,
            "dont_obey_robotstxt": listing.kind == "robots",
            "download_maxsize": self.settings.getint(
                SIZE_LIMITS.get(listing.kind, "DOWNLOAD_MAXSIZE")
            ),
        }
        if headers:  # only then is "not modified" an answer
            meta["handle_httpstatus_list"] = [HTTPStatus.NOT_MODIFIED]
        return Request(
            listing.url,
            headers=headers,
            callback=self.parse_listing,
            errback=partial(self.lose_listing, listing=listing),
            cb_kwargs={"listing": listing},
            meta=meta,
        )

    def page_request(self, link: Link) -> Request:
        """Return the request for a page."""
        return Request(
            link.url,
            callback=self.parse_article,
            errback=partial(self.lose_page, link=link),
            cb_kwargs={"link": link},
            meta={"allow_offsite": link.origin == "urls"},
        )

    async def parse_listing(self, response: Response, listing: Listing) -> None:
        """Queue what a listing names."""
        if response.status == HTTPStatus.NOT_MODIFIED:
            self.finder.keep(listing)
            return
        try:
            found = await self.extraction.run(
                response.url, read_listing, Raw.of(response), listing.kind, Bounds.of(self.settings)
            )
        except (ListingError, ExtractionTimeoutError, ExtractionCrashError) as error:
            self.miss_listing(listing, "no listing", f": {error}")
        else:
            self.take(replace(found, validators=Validators.of(response)), listing)

    def take(self, found: Found, listing: Listing) -> None:
        """Queue *found*, which *listing* named."""
        self.finder.take(found, listing, domains=self.allowed_domains)

    async def parse_article(self, response: Response, link: Link) -> AsyncIterator[Fetch | Request]:
        """Yield the page with its article, or with the reason why there is none.

        Where the article goes on, the request for its next page is yielded in its place.
        """
        self.crawler.stats.inc_value("pages/received")
        fetch = await self.fetch(response, link, link.url)
        if not isinstance(fetch.outcome, Article):
            yield fetch
            return
        article = with_hints(fetch.outcome, link)
        if self.finder.span.holds(article.published):
            yield self.go_on_with(Chain.of(fetch, article))
        else:
            self.leave(link, article)

    def leave(self, link: Link, article: Article) -> None:
        """Count an article of another day; its link is not finished, a later run may ask for it."""
        self.crawler.stats.inc_value("articles/out_of_range")
        if article.published is not None:
            with ending_crawl_on_failure(self.crawler):
                state = storage_of(self.crawler).state
                state.leave(self.source_for(link), link.url, article.published)

    async def fetch(self, response: Response, link: Link, requested_url: str) -> Fetch:
        """Return what came, with the article made of it or the reason why there is none."""
        fetched = dt.datetime.now(dt.UTC)
        outcome: Article | CleaningError | None = refusal_of(response)
        if outcome is None:
            outcome = await self.extraction.clean(page_of(response), response.url, fetched)
        async with self._turn:
            # or all pages that came while the loop was at one would be stored in one go, and
            # neither timers nor sockets be looked at in between
            await asyncio.sleep(0)
        return Fetch(
            url=response.url,
            requested_url=requested_url,
            fetched=fetched,
            status=response.status,
            headers=headers_of(response),
            body=response.body,
            link=link,
            source=self.source_for(link),
            outcome=outcome,
        )

    def go_on_with(self, chain: Chain) -> Fetch | Request:
        """Return the request for the next page of an article, or the article made of its pages.

        Its link is finished with the article: a crawl that ends in between asks for all again.
        """
        address = chain.next_address
        if not address:
            return chain.fetch()
        return Request(
            address,
            callback=self.parse_further,
            errback=partial(self.lose_further, chain=chain, address=address),
            cb_kwargs={"chain": chain, "address": address},
            # before other articles, and even if it was asked for as an article of its own
            priority=1,
            dont_filter=True,
            meta={"allow_offsite": chain.first.link.origin == "urls"},
        )

    async def parse_further(
        self, response: Response, chain: Chain, address: str
    ) -> AsyncIterator[Fetch | Request]:
        """Add one more page to an article."""
        yield self.go_on_with(chain.add(await self.fetch(response, chain.first.link, address)))

    def lose_further(
        self, failure: Failure, chain: Chain, address: str
    ) -> Iterator[Fetch | Request]:
        """Leave an article for the next crawl where one of its pages may come by then.

        Where it will not, or was asked for often enough, the article is written as it is, marked
        as incomplete.
        """
        link, error = chain.first.link, failure.value
        rest = chain.without(address)
        with ending_crawl_on_failure(self.crawler):
            state = storage_of(self.crawler).state
            is_last = is_final(error) or state.is_last_attempt(self.source_for(link), link.url)
        if rest.next_address or is_last:
            self.logger.warning("%s: %s, a page of %s", reason(error), address, link.url)
            yield self.go_on_with(rest)
        else:
            self.lose_page(failure, link)

    def lose_listing(self, failure: Failure, listing: Listing) -> None:
        """Count a listing that did not come."""
        self.miss_listing(listing, reason(failure.value), advice(failure.value))

    def miss_listing(self, listing: Listing, why: str, detail: str = "") -> None:
        """Count a listing that gave nothing; one that was only guessed is no failure."""
        self.finder.memory.lose(listing, why)
        is_expected = listing.guess or listing.kind == "robots"
        if not is_expected:
            self.crawler.stats.inc_value(f"listings/failed/{why}")
        level = logging.DEBUG if is_expected else logging.WARNING
        self.logger.log(level, "%s %s: %s%s", listing.kind, listing.url, why, detail)

    def lose_page(self, failure: Failure, link: Link) -> None:
        """Count a page that did not come; its link stays for the next run unless it is gone."""
        error, stats = failure.value, self.crawler.stats
        if isinstance(error, ClosedError):
            stats.inc_value("articles/closed")
            self.logger.info("%s", error)
            return
        stats.inc_value(f"articles/failed/{reason(error)}")
        self.logger.warning("%s: %s%s", reason(error), link.url, advice(error))
        if counts_against(error, server_is_up=stats.get_value("pages/received", 0) > 0):
            with ending_crawl_on_failure(self.crawler):
                state = storage_of(self.crawler).state
                state.fail(self.source_for(link), link.url, reason(error), gone=is_gone(error))

    def closed(self, reason: str) -> None:
        """End the processes of the extraction."""
        self.crawler.stats.set_value("extraction/cpu_seconds", round(self.extraction.cpu, 2))
        self.extraction.close()
