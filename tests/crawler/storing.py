"""Pages and articles for the tests of what is stored."""

import datetime as dt
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from cleaners.article import Article, Moment
from cleaners.errors import CleaningError
from crawler.fetch import Fetch
from crawler.link import Link

URL = "https://example.org/news/bridge-opens.html"
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


def a_crawler(root: Path, **settings: object) -> Crawler:
    return get_crawler(settings_dict={"DATA_DIR": str(root), **settings})
