"""``scrapy crawl`` with exit codes that tell how the crawl went."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Iterable
from pathlib import Path

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import UsageError

from crawler.errors import ArgumentError
from crawler.spiders.article import ArticleSpider
from crawler.summary import ERROR, INTERRUPTED, Summary

logger = logging.getLogger(__name__)

NOISY = (
    "scrapy.addons",
    "scrapy.core.engine",
    "scrapy.crawler",
    "scrapy.extensions.memusage",
    "scrapy.middleware",
    "scrapy.utils.log",
)
"""Loggers of Scrapy that say at INFO what is the same in every crawl."""

TRACEBACKS = "scrapy.downloadermiddlewares.robotstxt"
"""Logger that shows a traceback for a server that is down; the spider says so in one line."""


class Command(BaseRunSpiderCommand):
    """Run one spider; see `crawler.summary` for the exit codes."""

    requires_project = True

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] <spider>"

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Fetch new articles of a site: crawl NAME [-a since=DAY] [-a limit=N]"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; an argument given twice, ``-a feed=… -a feed=…``, has both values."""
        opts.spargs = _joined(opts.spargs)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider that *args* names.

        Raises:
            UsageError: there is no such spider, or an argument cannot be used.
        """
        if len(args) != 1:
            raise UsageError("name one spider; `scrapy list` shows them")
        process = self.crawler_process
        if not isinstance(process, AsyncCrawlerProcess):
            raise UsageError("the crawl needs the asyncio reactor", print_help=False)
        if process.settings["LOG_LEVEL"] == "INFO":
            for name in NOISY:
                logging.getLogger(name).setLevel(logging.WARNING)
            logging.getLogger(TRACEBACKS).setLevel(logging.CRITICAL)
        try:
            crawler = process.create_crawler(args[0])
        except KeyError:
            raise UsageError(f"no spider {args[0]}; `scrapy list` shows them") from None
        task = process.crawl(crawler, **opts.spargs)
        process.start()
        self.exitcode = self._end(crawler, task)

    def _end(self, crawler: Crawler, task: asyncio.Task[None]) -> int:
        if not task.done() or task.cancelled():
            return INTERRUPTED
        error = task.exception()
        if isinstance(error, ArgumentError):
            raise UsageError(str(error), print_help=False)
        if error is not None:
            logger.critical("the crawl could not start: %s", error, exc_info=error)
            return ERROR
        summary = Summary.of(crawler.stats.get_stats())
        if isinstance(crawler.spider, ArticleSpider):
            folder = Path(crawler.settings["DATA_DIR"], "articles", crawler.spider.folder)
            # items that go to standard output are not to be mixed with it
            to_stdout = any("stdout" in str(uri) for uri in crawler.settings.getdict("FEEDS"))
            stream = sys.stderr if to_stdout else sys.stdout
            stream.write(f"{summary.counts()} · {folder}\n")
        return summary.exit_code()


def _joined(arguments: Iterable[str]) -> list[str]:
    values: dict[str, list[str]] = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        values.setdefault(name + equals, []).append(value)
    return [name + "\n".join(given) for name, given in values.items()]
