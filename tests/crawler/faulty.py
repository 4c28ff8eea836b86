"""Spiders and components with a fault, for ``-s SPIDER_MODULES=tests.crawler.faulty``."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawler import settings
from crawler.fetch import Fetch
from crawler.link import Link
from crawler.spiders.news import NewsSpider


class RaisingCallbackSpider(NewsSpider):
    """Fails on every page."""

    name = "raising-callback"

    async def parse_article(self, response: Response, link: Link) -> AsyncIterator[Fetch | Request]:
        if link.url:
            raise ZeroDivisionError
        yield self.page_request(link)  # never: the method is to be a generator


class WaitingSpider(NewsSpider):
    """Waits for what never comes."""

    name = "waiting"

    async def parse_article(self, response: Response, link: Link) -> AsyncIterator[Fetch | Request]:
        await asyncio.Event().wait()
        yield self.page_request(link)  # never: the method is to be a generator


class BlockingSpider(NewsSpider):
    """Calls what does not return."""

    name = "blocking"

    async def parse_article(self, response: Response, link: Link) -> AsyncIterator[Fetch | Request]:
        time.sleep(3600)  # that is the fault
        yield self.page_request(link)


class RaisingPipelineSpider(NewsSpider):
    """Has a pipeline that fails on every item."""

    name = "raising-pipeline"

    custom_settings = {  # noqa: RUF012  # Scrapy declares no class variable
        "ITEM_PIPELINES": {**settings.ITEM_PIPELINES, "tests.crawler.faulty.RaisingPipeline": 50}
    }


class RaisingPipeline:
    """Fails on every item."""

    def process_item(self, item: object) -> object:
        raise ZeroDivisionError


class RaisingExtensionSpider(NewsSpider):
    """Has an extension that fails while the crawl goes on."""

    name = "raising-extension"

    custom_settings = {  # noqa: RUF012  # Scrapy declares no class variable
        "EXTENSIONS": {**settings.EXTENSIONS, "tests.crawler.faulty.RaisingExtension": 50}
    }


class RaisingExtension:
    """Fails on every response."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls()
        crawler.signals.connect(extension.fail, signals.response_received)
        return extension

    def fail(self) -> None:
        raise ZeroDivisionError


class DeadResolver(CachingThreadedResolver):
    """Knows no host."""

    def getHostByName(  # noqa: N802  # the name is Twisted's
        self, name: str, timeout: object = ()
    ) -> defer.Deferred[str]:
        return defer.fail(DNSLookupError(name))
