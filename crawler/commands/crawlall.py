"""``scrapy crawlall``: crawl every site once."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.conf import arglist_to_dict

from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.schedules.command import CODES, RunningCommand, entries_of, exit_code_of
from crawler.schedules.entry import Entry, read_site
from crawler.schedules.history import History
from crawler.schedules.loop import new_runner, run, totals
from crawler.schedules.runner import Ended, worst
from crawler.schedules.times import Once
from crawler.storage import writable
from crawler.summary import ENDS, INTERRUPTED

ANY_SITE = frozenset({"news", "urls"})
"""Spiders that crawl what they are told to."""

COLUMNS = ("new", "changed", "known", "refused", "failed")


class Command(RunningCommand):
    """Run one crawl of each site, a few at a time."""

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] [SITE...]"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Crawl every site once: crawlall [SITE...] [--jobs N]"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Crawl every site once, each in a process of its own. SITE is a spider or an address."
            " Without one, these are the sites of the setting SCHEDULE, with their arguments; where"
            " that is empty, all that `scrapy list` names but news and urls. It ends with a table."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument(
            "--jobs", type=int, metavar="N", help="crawls at once (default: SCHEDULE_JOBS)"
        )
        parser.add_argument(
            "-a",
            action="append",
            default=[],
            dest="spargs",
            metavar="NAME=VALUE",
            help="argument for every crawl (may be repeated)",
        )
        show_examples(
            parser,
            "crawlall -a limit=50",
            "crawlall faz dw https://www.example.com --jobs 3",
            notes=CODES,
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the crawls."""
        settings = settings_of(self)

        def action() -> int:
            check_arguments(args)
            if opts.jobs is not None:
                if opts.jobs < 1:
                    raise UsageError("--jobs: at least 1")
                settings.set("SCHEDULE_JOBS", opts.jobs, priority="cmdline")
            return crawl_all(sites_of(settings, args, _arguments(opts.spargs)), settings, opts.set)

        self.exitcode = exit_code_of("crawlall", action)


def sites_of(
    settings: BaseSettings, names: Sequence[str], arguments: Mapping[str, str]
) -> list[Entry]:
    """Return what is to be crawled, with *arguments* added to those of each.

    Raises:
        UnusableError: there is no such spider, or an argument or ``SCHEDULE`` cannot be used.
    """
    spiders = get_spider_loader(settings)
    if not names and settings["SCHEDULE"]:
        return [
            replace(entry, rule=Once(), arguments={**entry.arguments, **arguments})
            for entry in entries_of(settings)
        ]
    named = names or [name for name in spiders.list() if name not in ANY_SITE]
    return [read_site(name, arguments, spiders) for name in dict.fromkeys(named)]


def crawl_all(entries: Sequence[Entry], settings: BaseSettings, given: Sequence[str]) -> int:
    """Run each crawl once, tell what became of them and return the exit code.

    Raises:
        DataDirError: ``DATA_DIR`` cannot be written to.
        OSError: a crawl cannot be started.
    """
    writable(Path(settings["DATA_DIR"]))
    runner = new_runner(entries, History(None), settings, given)
    ended = list(run(runner, stays=False, total=len(entries)))
    sys.stdout.write(f"\n{table(ended)}{totals(ended, runner.left_out)}\n")
    codes = [one.code for one in ended]
    return worst([*codes, INTERRUPTED] if runner.is_stopping else codes)


def table(ended: Sequence[Ended]) -> str:
    """Return a line a site: counts, how it ended, how long it took."""
    heads: tuple[str, ...] = ("site", *COLUMNS, "time", "end")
    rows = [heads, *(_row(one) for one in sorted(ended, key=lambda one: one.entry.name))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(_line(row, widths) for row in rows)


def _row(one: Ended) -> tuple[str, ...]:
    counts = (str(_number(one.told.get(name, 0))) for name in COLUMNS)
    end = ENDS[one.code] + (f": {one.reason}" if one.reason else "")
    return (one.entry.name, *counts, f"{one.seconds:.0f} s", end)


def _number(value: object) -> int:
    if isinstance(value, dict):  # by reason
        return sum(value.values())
    return value if isinstance(value, int) else 0


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers, last = row
    middle = (text.rjust(width) for text, width in zip(numbers, widths[1:-1], strict=True))
    return f"{first.ljust(widths[0])}  {'  '.join(middle)}  {last}\n"


def _arguments(given: Sequence[str]) -> Mapping[str, str]:
    try:
        return arglist_to_dict(list(given))
    except ValueError as error:
        raise UsageError("-a: give it as NAME=VALUE") from error
