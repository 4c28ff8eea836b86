"""Run one crawl of a measurement in this process, and write what its loop and its stats tell.

Called as ``python -m evaluation.crawl_spiders JOB.json``; see `Job`.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import scrapy
from scrapy import Request, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

Kind = Literal["dateline", "trafilatura", "fetch"]
ALIKE = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
}
"""Settings that all spiders of a measurement share."""

TICK = 0.01  # seconds between two looks at the loop


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One crawl to be measured."""

    kind: Kind
    site: str
    """Without a final slash."""

    sitemap: str
    paths: str
    """File with a path of a page a line, for the spiders that read no sitemap."""

    out: str
    """Folder of the data, and of the file ``told.json``."""

    settings: dict[str, Any]


class LoopWatch:
    """Notes how late the loop comes back to a callback that is due, and what is in memory."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.lags: list[float] = []
        self.most: dict[str, int] = {"downloading": 0, "scraping": 0, "scheduled": 0}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Look from the start of the spider to its end."""
        watch = cls(crawler)
        crawler.signals.connect(watch.start, signals.spider_opened)
        crawler.signals.connect(watch.tell, signals.spider_closed)
        return watch

    def start(self) -> None:
        """Begin to look."""
        loop = asyncio.get_running_loop()
        self._call = loop.call_later(TICK, self._look, loop, loop.time() + TICK)

    def _look(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        self.lags.append(loop.time() - due)
        engine = self._crawler.engine
        scraping = engine.scraper.slot
        now = {
            "downloading": len(engine.downloader.active),
            "scraping": len(scraping.active) + len(scraping.queue) if scraping else 0,
            "scheduled": self._scheduled(),
        }
        self.most = {name: max(most, now[name]) for name, most in self.most.items()}
        self._call = loop.call_later(TICK, self._look, loop, loop.time() + TICK)

    def _scheduled(self) -> int:
        slot = self._crawler.engine._slot  # noqa: SLF001  # Scrapy shows its queue nowhere else
        return len(slot.scheduler) if slot and isinstance(slot.scheduler, Scheduler) else 0

    def tell(self) -> None:
        """Put what was seen into the stats."""
        self._call.cancel()
        lags = sorted(self.lags) or [0.0]
        stats = self._crawler.stats
        stats.set_value("watch/lag_p99", lags[int(len(lags) * 0.99)])
        stats.set_value("watch/lag_max", lags[-1])
        for name, most in self.most.items():
            stats.set_value(f"watch/most_{name}", most)


class FetchSpider(scrapy.Spider):
    """Asks for the pages of a list, and does nothing with them."""

    name = "fetch"
    site = ""
    paths = ""

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each page."""
        for path in Path(self.paths).read_text(encoding="utf-8").split():
            yield Request(f"{self.site}/{path}", callback=self.take)

    def take(self, response: Response) -> Iterator[dict[str, object]]:
        """Return nothing."""
        yield from ()


class InlineSpider(FetchSpider):
    """Lets trafilatura read each page where it comes, in the callback."""

    name = "trafilatura"

    def take(self, response: Response) -> Iterator[dict[str, object]]:
        """Yield what trafilatura finds."""
        # here, or the other spiders would load it, too
        from trafilatura import bare_extraction  # noqa: PLC0415
        from trafilatura.settings import Document  # noqa: PLC0415

        found = bare_extraction(response.body, url=response.url, with_metadata=True)
        if isinstance(found, Document):
            fields = found.as_dict()
            yield {name: fields[name] for name in ("url", "title", "author", "date", "text")}


def settings_of(job: Job) -> Settings:
    """Return the settings of a crawl: the project's own for its own spider, else Scrapy's."""
    if job.kind != "dateline":
        settings = Settings()
        if job.kind == "trafilatura":
            settings.set("FEEDS", {f"{job.out}/articles.jsonl": {"format": "jsonlines"}})
    else:
        settings = get_project_settings()
        settings.set("ALLOW_INTERNAL", [job.site.removeprefix("http://")])
        settings.set("DATA_DIR", f"{job.out}/data")
        settings.set("LISTING_LIMIT", 1_000_000)
    watch = {"evaluation.crawl_spiders.LoopWatch": 1}
    settings.set("EXTENSIONS", settings.getdict("EXTENSIONS") | watch)
    for name, value in (ALIKE | job.settings).items():
        settings.set(name, value)
    return settings


def main(file: Path) -> None:
    """Run the crawl that *file* describes."""
    job = Job(**json.loads(file.read_text(encoding="utf-8")))
    process = AsyncCrawlerProcess(settings_of(job))
    if job.kind == "dateline":
        crawler = process.create_crawler("news")
        arguments = {"sitemap": job.sitemap}
    else:
        crawler = process.create_crawler(InlineSpider if job.kind == "trafilatura" else FetchSpider)
        arguments = {"site": job.site, "paths": job.paths}
    process.crawl(crawler, **arguments)
    process.start()
    told = json.dumps(crawler.stats.get_stats(), default=str)
    Path(job.out, "told.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
