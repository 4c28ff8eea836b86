"""The way of a page: request, response, article, the further pages of the article, item."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.log import SpiderLoggerAdapter
from twisted.python.failure import Failure

from cleaners import Article, CleaningError
from crawler.chain import Chain
from crawler.discovery.span import Span
from crawler.extraction import Extraction
from crawler.failures import advice, counts_against, is_final, is_gone, reason
from crawler.fetch import Fetch
from crawler.hints import headers_of, page_of, refusal_of, with_hints
from crawler.link import Link
from crawler.middlewares.robots import ClosedError
from crawler.packed import Packed
from crawler.storage import ending_crawl_on_failure, storage_of


@dataclass(eq=False, kw_only=True)
class Pages:
    """Asks for pages and makes articles of them."""

    crawler: Crawler
    extraction: Extraction
    span: Span
    """Days that are asked for."""

    logger: SpiderLoggerAdapter
    source_for: Callable[[Link], str]
    """Publisher of a page."""

    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def request(self, link: Link) -> Request:
        """Return the request for a page; where its article is known, for one that has changed."""
        headers = link.validators.headers()
        meta: dict[str, object] = {"allow_offsite": link.origin == "urls"}
        if headers:  # only then is "not modified" an answer
            meta["handle_httpstatus_list"] = [HTTPStatus.NOT_MODIFIED]
        return Request(
            link.url,
            headers=headers,
            callback=self.parse,
            errback=partial(self.lose, link=link),
            cb_kwargs={"link": link},
            meta=meta,
        )

    async def parse(self, response: Response, link: Link) -> AsyncIterator[Fetch | Request]:
        """Yield the page with its article, or with the reason why there is none.

        Where the article goes on, the request for its next page is yielded in its place.
        """
        self.crawler.stats.inc_value("pages/received")
        if response.status == HTTPStatus.NOT_MODIFIED:
            self.keep(link)
            return
        fetch = await self.fetch(response, link, link.url)
        if not isinstance(fetch.outcome, Article):
            yield fetch
            return
        article = with_hints(fetch.outcome, link)
        if self.span.holds(article.published):
            yield self.go_on_with(Chain.of(fetch, article))
        else:
            self.leave(link, article)

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
            packed=Packed.among(response.meta),
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
            self.lose(failure, link)

    def keep(self, link: Link) -> None:
        """Count a page that has not changed by the word of its server."""
        self.crawler.stats.inc_value("articles/unchanged")
        self.logger.info("unchanged: %s", link.url)
        with ending_crawl_on_failure(self.crawler):
            storage_of(self.crawler).state.keep(self.source_for(link), link.url)

    def lose(self, failure: Failure, link: Link) -> None:
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

    def leave(self, link: Link, article: Article) -> None:
        """Count an article of another day; its link is not finished, a later run may ask for it."""
        self.crawler.stats.inc_value("articles/out_of_range")
        if article.published is not None:
            with ending_crawl_on_failure(self.crawler):
                state = storage_of(self.crawler).state
                state.leave(self.source_for(link), link.url, article.published)
