"""Spiders and components with a fault, for ``-s SPIDER_MODULES=tests.crawler.faulty``."""

import asyncio
import time
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawler import settings
from crawler.link import Link
from crawler.spiders.news import NewsSpider


class FaultySpider(NewsSpider):
    """Makes a fault of each page that comes."""

    name = "faulty"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        vars(spider.pages)["parse"] = spider.fail
        return spider

    async def fail(self, response: Response, link: Link) -> None:
        raise NotImplementedError


class RaisingCallbackSpider(FaultySpider):
    """Fails on every page."""

    name = "raising-callback"

    async def fail(self, response: Response, link: Link) -> None:
        raise ZeroDivisionError


class WaitingSpider(FaultySpider):
    """Waits for what never comes."""

    name = "waiting"

    async def fail(self, response: Response, link: Link) -> None:
        await asyncio.Event().wait()


class BlockingSpider(FaultySpider):
    """Calls what does not return."""

    name = "blocking"

    async def fail(self, response: Response, link: Link) -> None:
        time.sleep(3600)  # that is the fault


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
    """Fails whenever the signals come that ``FAIL_AT`` names; by default on every response."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls()
        for name in crawler.settings.getlist("FAIL_AT", ["response_received"]):
            crawler.signals.connect(extension.fail, getattr(signals, name))
        if crawler.settings.getbool("FAIL_AT_ONCE"):
            extension.fail()
        return extension

    def fail(self) -> None:
        raise ZeroDivisionError


class DeadResolver(CachingThreadedResolver):
    """Knows no host."""

    def getHostByName(  # noqa: N802  # the name is Twisted's
        self, name: str, timeout: object = ()
    ) -> defer.Deferred[str]:
        return defer.fail(DNSLookupError(name))
