"""``scrapy crawl`` with exit codes that tell how the crawl went."""

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from cleaners.registry import sites
from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.outcome import Outcome, outcome_of
from crawler.streams import prepare_streams, say
from crawler.summary import INTERRUPTED, USAGE, Summary

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
  3   the site is unhealthy: its rules or listings no longer fit
  4   nothing could be fetched, or the site refuses
  5   another crawl of the site is running
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
        parser.add_argument(
            "--json",
            action="store_true",
            help="end with one JSON object on standard output; all else goes to standard error",
        )
        show_examples(
            parser,
            "crawl faz -a since=2026-11-01 -a limit=50",
            "crawl news -a site=https://www.example.com -a limit=20",
            "crawl urls -a urls=@list.txt",
            "crawl faz --json",
            notes=ARGUMENTS,
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; an argument given twice, ``-a feed=… -a feed=…``, has both values.

        What can be checked is checked here: the process of the crawl, which Scrapy makes after
        this, takes a second and logs.

        Raises:
            UsageError: one of them cannot be read, or there is no such spider.
        """
        with telling_usage_in_one_line(args, as_json=opts.json):
            opts.spargs = _joined(opts.spargs)
            super().process_options(args, opts)
            check_arguments(args)
            if len(args) != 1:
                raise UsageError("name one spider; `scrapy list` shows them")
            if args[0] not in get_spider_loader(settings_of(self)).list():
                raise UsageError(no_spider(args[0]))
            if opts.json and _writes_items_to_stdout(settings_of(self)):
                raise UsageError("--json and items on standard output exclude each other")
        _quieten(settings_of(self))
        prepare_streams()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, _leave)  # until Scrapy's own handlers are there
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup leaves it
            signal.signal(signal.SIGHUP, _terminate)  # the terminal is gone

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider that *args* names.

        Raises:
            UsageError: an argument or a setting cannot be used.
        """
        began = time.monotonic()
        with telling_usage_in_one_line(args, as_json=opts.json):
            process = self.crawler_process
            if not isinstance(process, AsyncCrawlerProcess):
                raise UsageError("the crawl needs the asyncio reactor")
            crawler = process.create_crawler(args[0])
            task = process.crawl(crawler, **opts.spargs)
            process.start()
            outcome = outcome_of(crawler, task, time.monotonic() - began)
        to_stderr = opts.json or _writes_items_to_stdout(crawler.settings)
        if outcome.folder is not None:
            say(sys.stderr if to_stderr else sys.stdout, outcome.line())
        if opts.json:
            say(sys.stdout, outcome.json())
        self.exitcode = outcome.code


@contextmanager
def telling_usage_in_one_line(args: Sequence[str], *, as_json: bool) -> Iterator[None]:
    """Say what is wrong in one line, where Scrapy would print the usage besides."""
    try:
        yield
    except UsageError as error:
        sys.stderr.write(f"scrapy crawl: {error}\n")
        if as_json:
            spider = args[0] if args else ""
            end = Outcome(code=USAGE, reason=str(error), spider=spider, summary=Summary.of({}))
            say(sys.stdout, end.json())
        raise UsageError(print_help=False) from error


def _writes_items_to_stdout(settings: BaseSettings) -> bool:
    return any("stdout" in str(uri) for uri in settings.getdict("FEEDS"))


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


def _terminate(_number: int, _frame: object) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(_number: int, _frame: object) -> None:
    sys.exit(INTERRUPTED)


def _is_warning(record: logging.LogRecord) -> bool:
    # what a signal brings about is no news to Scrapy, but is to one who waits for the end
    return record.levelno >= logging.WARNING or str(record.msg).startswith("Received ")


def _is_critical(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.CRITICAL


def _joined(arguments: Iterable[str]) -> list[str]:
    values: dict[str, list[str]] = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        values.setdefault(name + equals, []).append(value)
    return [name + "\n".join(given) for name, given in values.items()]
