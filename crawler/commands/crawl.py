"""``scrapy crawl`` with exit codes that tell how the crawl went."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from cleaners.registry import sites
from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.errors import DataDirError, UnusableError
from crawler.spiders.article import ArticleSpider
from crawler.state import StateError
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

ARGUMENTS = """\
Arguments, each given as -a NAME=VALUE:

  since=DAY    first day of publication, such as 2026-11-01
  until=DAY    last day of publication
  limit=N      articles to write; the newest come first
  refetch=yes  fetch again what earlier crawls finished
  urls=...     addresses, @FILE with one a line, or - for standard input
  site=URL     news: the home page
  feed=URL, sitemap=URL, section=URL
               news: read these listings and no others

Exit codes:

  0   ok; nothing new is ok
  1   an error in the project or its storage
  2   wrong usage
  4   nothing could be fetched, or the site refuses
  11  interrupted; the next crawl goes on"""


class Command(BaseRunSpiderCommand):
    """Run one spider; see `crawler.summary` for the exit codes."""

    requires_project = True

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] <spider>"

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Fetch new articles of a site: crawl NAME [-a since=DAY] [-a limit=N]"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Fetch the new articles of a site: one dated text file an article. SPIDER is the name"
            " of a site, news for any site, or urls for a list of pages; `scrapy list` shows them."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options, and to the help what the spiders take."""
        super().add_options(parser)
        show_examples(
            parser,
            "crawl faz -a since=2026-11-01 -a limit=50",
            "crawl news -a site=https://www.example.com -a limit=20",
            "crawl urls -a urls=@list.txt",
            notes=ARGUMENTS,
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; an argument given twice, ``-a feed=… -a feed=…``, has both values.

        What can be checked is checked here: the process of the crawl, which Scrapy makes after
        this, takes a second and logs.

        Raises:
            UsageError: one of them cannot be read, or there is no such spider.
        """
        with telling_usage_in_one_line():
            opts.spargs = _joined(opts.spargs)
            super().process_options(args, opts)
            check_arguments(args)
            if len(args) != 1:
                raise UsageError("name one spider; `scrapy list` shows them")
            if args[0] not in get_spider_loader(settings_of(self)).list():
                raise UsageError(no_spider(args[0]))
        _quieten(settings_of(self))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider that *args* names.

        Raises:
            UsageError: an argument or a setting cannot be used.
        """
        with telling_usage_in_one_line():
            process = self.crawler_process
            if not isinstance(process, AsyncCrawlerProcess):
                raise UsageError("the crawl needs the asyncio reactor")
            crawler = process.create_crawler(args[0])
            task = process.crawl(crawler, **opts.spargs)
            process.start()
            self.exitcode = self._end(crawler, task)

    @staticmethod
    def _end(crawler: Crawler, task: asyncio.Task[None]) -> int:
        if not task.done() or task.cancelled():
            return INTERRUPTED
        error = task.exception()
        if isinstance(error, UnusableError):
            raise UsageError(str(error))
        if isinstance(error, (DataDirError, StateError)):
            logger.critical("the crawl could not start: %s", error)
            return ERROR
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


@contextmanager
def telling_usage_in_one_line() -> Iterator[None]:
    """Say what is wrong in one line, where Scrapy would print the usage besides."""
    try:
        yield
    except UsageError as error:
        sys.stderr.write(f"scrapy crawl: {error}\n")
        raise UsageError(print_help=False) from error


def no_spider(name: str) -> str:
    """Return what to do where there is no spider called *name*."""
    site = next((site for site in sites() if site.name == name), None)
    if site is None:
        return f"no spider {name}; `scrapy list` shows them"
    return (
        f"no spider {name}; write crawler/spiders/{name}.py,"
        f" or use `scrapy crawl news -a site=https://{site.domains[0]}`"
    )


def _quieten(settings: BaseSettings) -> None:
    if settings["LOG_LEVEL"] != "DEBUG":
        # filters, for Scrapy takes back the levels of its loggers when it sets up the log
        for name in NOISY:
            logging.getLogger(name).addFilter(_is_warning)
        logging.getLogger(TRACEBACKS).addFilter(_is_critical)


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _is_critical(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.CRITICAL


def _joined(arguments: Iterable[str]) -> list[str]:
    values: dict[str, list[str]] = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        values.setdefault(name + equals, []).append(value)
    return [name + "\n".join(given) for name, given in values.items()]
