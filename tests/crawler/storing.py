"""Pages and articles for the tests of what is stored."""

import datetime as dt
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from cleaners.article import Article, Moment
from cleaners.errors import CleaningError
from crawler import index, settings
from crawler.fetch import Fetch
from crawler.link import Link
from crawler.pipelines.storing import Result, StoringPipeline, page_of

DEFAULTS = {
    name: vars(settings)[name]
    for name in (
        *("TEXT_HEADER", "STATE_URL", "ARCHIVE_MAX_BYTES"),
        *("POLL", "POLL_MIN", "POLL_MAX", "POLL_WHOLE_DAYS", "UPDATES", "UPDATES_DAYS"),
    )
}
"""What storage and spiders take from the settings of the project, besides the folder."""

URL = "https://example.org/news/bridge-opens.html"
SECOND = "https://example.org/news/second.html"
FETCHED = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
DAY = dt.date(2024, 5, 4)
TEXT = "\n\n".join(
    f"In year {year} of the works the town paid for pier number {year * 7} of its bridge."
    for year in range(1, 21)
)
EDITED = TEXT.replace("pier number 7 ", "the first pier ")
OTHER = "\n\n".join(
    f"Farm {farm} reports a harvest of {farm * 13} tonnes, and hopes for rain by the autumn."
    for farm in range(1, 21)
)


def an_article(
    url: str = URL,
    *,
    text: str = TEXT,
    title: str = "Bridge Opens",
    published: Moment | None = DAY,
    canonical_url: str = "",
) -> Article:
    return Article(
        url=url,
        source="example",
        title=title,
        text=text,
        published=published,
        date_source="meta" if published else "",
        canonical_url=canonical_url,
    )


def a_fetch(
    outcome: Article | CleaningError,
    *,
    url: str = URL,
    link: Link | None = None,
    fetched: dt.datetime = FETCHED,
) -> Fetch:
    return Fetch(
        url=url,
        requested_url=link.url if link else url,
        fetched=fetched,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=b"<p>page</p>",
        link=link or Link(url),
        source="example",
        outcome=outcome,
    )


def a_crawler(root: Path, spider: type[Spider] | None = None, **settings: object) -> Crawler:
    return get_crawler(spider, {**DEFAULTS, "DATA_DIR": str(root), **settings})


def store(crawler: Crawler, fetch: Fetch) -> dict[str, index.Value]:
    [result] = store_all(crawler, fetch)
    if isinstance(result, Exception):
        raise result
    return result


def store_all(crawler: Crawler, *fetches: Fetch) -> list[Result]:
    """Store pages that came together."""
    return StoringPipeline.from_crawler(crawler).store([page_of(fetch) for fetch in fetches])


def drop(crawler: Crawler, fetch: Fetch) -> DropItem:
    with pytest.raises(DropItem) as caught:
        store(crawler, fetch)
    return caught.value


def counts(crawler: Crawler) -> dict[str, int]:
    stats = crawler.stats.get_stats()
    return {name[9:]: count for name, count in stats.items() if name.startswith("articles/")}


def texts(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("articles/**/*.txt"))


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").rpartition("---\n\n")[2].removesuffix("\n")
