"""The way of a listing: request, response, links, queue."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.log import SpiderLoggerAdapter
from twisted.python.failure import Failure

from crawler.discovery.finder import Finder
from crawler.discovery.listing import Listing, ListingError
from crawler.discovery.reading import Bounds, Found, Raw, read_listing
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError
from crawler.extraction import Extraction
from crawler.failures import advice, reason
from crawler.validators import Validators

SIZE_LIMITS = {"sitemap": "SITEMAP_MAXSIZE"}
"""Settings with the largest size of a listing, by its kind; of others that of a page."""


@dataclass(eq=False, kw_only=True)
class Listings:
    """Asks for listings and reads them."""

    crawler: Crawler
    finder: Finder
    extraction: Extraction
    logger: SpiderLoggerAdapter
    take: Callable[[Found, Listing], None]
    """Queues what a listing named."""

    def request(self, listing: Listing) -> Request:
        """Return the request for a listing, which may lie on another host than the site."""
        self.crawler.stats.inc_value("listings/asked")
        headers = self.finder.memory.headers(listing)
        meta: dict[str, object] = {
            "allow_offsite": True,
            "dont_obey_robotstxt": listing.kind == "robots",
            "download_maxsize": self.crawler.settings.getint(
                SIZE_LIMITS.get(listing.kind, "DOWNLOAD_MAXSIZE")
            ),
        }
        if headers:  # only then is "not modified" an answer
            meta["handle_httpstatus_list"] = [HTTPStatus.NOT_MODIFIED]
        return Request(
            listing.url,
            headers=headers,
            callback=self.parse,
            errback=partial(self.lose, listing=listing),
            cb_kwargs={"listing": listing},
            meta=meta,
        )

    async def parse(self, response: Response, listing: Listing) -> None:
        """Queue what a listing names."""
        if response.status == HTTPStatus.NOT_MODIFIED:
            self.finder.keep(listing)
            return
        try:
            found = await self.extraction.run(
                response.url,
                read_listing,
                Raw.of(response),
                listing.kind,
                Bounds.of(self.crawler.settings),
            )
        except (ListingError, ExtractionTimeoutError, ExtractionCrashError) as error:
            self.miss(listing, "no listing", f": {error}")
        else:
            self.take(replace(found, validators=Validators.of(response)), listing)

    def lose(self, failure: Failure, listing: Listing) -> None:
        """Count a listing that did not come."""
        self.miss(listing, reason(failure.value), advice(failure.value))

    def miss(self, listing: Listing, why: str, detail: str = "") -> None:
        """Count a listing that gave nothing; one that was only guessed is no failure."""
        self.finder.memory.lose(listing, why)
        is_expected = listing.guess or listing.kind == "robots"
        if not is_expected:
            self.crawler.stats.inc_value(f"listings/failed/{why}")
        level = logging.DEBUG if is_expected else logging.WARNING
        self.logger.log(level, "%s %s: %s%s", listing.kind, listing.url, why, detail)
