"""Spiders that were never started, and what sites answer them."""

import asyncio
from pathlib import Path
from typing import TypeVar

from scrapy import Request
from scrapy.http import Response, XmlResponse
from twisted.python.failure import Failure

from crawler.discovery.listing import Listing
from crawler.spiders.article import ArticleSpider
from tests.crawler.storing import a_crawler

SpiderT = TypeVar("SpiderT", bound=ArticleSpider)


FEED = Listing("https://www.ex.com/feed", "feed")


SITE = "https://www.ex.com/"


class ExampleSpider(ArticleSpider):
    name = "example"
    allowed_domains = ("ex.com",)
    feeds = (FEED.url,)
    sitemaps = ("https://www.ex.com/sitemap.xml",)


def make(kind: type[SpiderT], data: Path, **arguments: str) -> SpiderT:
    crawler = a_crawler(data, kind, **SETTINGS)
    spider = kind.from_crawler(crawler, **arguments)
    crawler.spider = spider
    OPEN.append(spider)
    return spider


OPEN: list[ArticleSpider] = []


SETTINGS = {
    "SITEMAP_LIMIT": 9,
    "LISTING_LIMIT": 99,
    "SITEMAP_MAXSIZE": 9999,
    "SECTION_LIMIT": 2,
    "PAGES_IN_FLIGHT": 32,
    "EXTRACTION_PROCESSES": 1,
    "EXTRACTION_CPU": 10,
    "EXTRACTION_TIMEOUT": 60,
    "EXTRACTION_MEMORY_MB": 2048,
}


def urls(requests: list[Request]) -> list[str]:
    return [request.url for request in requests]


def begin(spider: ArticleSpider) -> list[Request]:
    async def collect() -> list[Request]:
        return [request async for request in spider.start()]

    return asyncio.run(collect())


def failure(error: Exception) -> Failure:
    return Failure(error)  # type: ignore[no-untyped-call]  # Twisted types only part of it


def feed(*days: int) -> XmlResponse:
    items = "".join(
        f"<item><link>/a/{day}</link><pubDate>{day:02} Nov 2025 08:00:00 GMT</pubDate></item>"
        for day in days
    )
    body = f"<rss version='2.0'><channel>{items}</channel></rss>"
    return XmlResponse(FEED.url, body=body, encoding="utf-8")


def read(spider: ArticleSpider, response: Response, listing: Listing = FEED) -> list[str]:
    """Read a listing and return the addresses asked for next."""
    asyncio.run(spider.listings.parse(response, listing))
    return urls(spider.steps.next_requests())


def pages(*days: int) -> list[str]:
    return [f"https://www.ex.com/a/{day}" for day in days]


def stat(spider: ArticleSpider, name: str) -> object:
    return spider.crawler.stats.get_value(name)
