"""``scrapy completeness``: what became of the pages that feeds and sitemaps named."""

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.arguments import day_of
from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.errors import UnusableError
from crawler.recovery import open_state
from crawler.state import Completeness, Figures, State, StateError
from crawler.summary import ERROR, OK

NOTES = """\
Columns:

  listed        pages on the site that feeds and sitemaps named
  written       of those, articles on disk
  elsewhere     other addresses of known articles, and texts that another page has
  refused       pages without an article
  failed        pages that never came, and are given up
  pending       pages that the next crawl asks for
  out of range  pages of other days than the crawls asked for
  complete      written and elsewhere, of what is in range

Exit codes:

  0   ok
  1   the state cannot be opened
  2   wrong usage"""

HEADS = (
    *("site", "listed", "written", "elsewhere", "refused", "failed", "pending", "out of range"),
    "complete",
)


class Command(ScrapyCommand):
    """Compare what sites announce with what is on disk."""

    default_settings: ClassVar = {"LOG_ENABLED": False}
    requires_crawler_process = False
    requires_project = True

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] [SITE...]"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Tell how much of what sites announce is on disk: completeness [SITE...]"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Tell for each site what became of the pages that its feeds and sitemaps named. SITE is"
            " a name as in the folder of the articles; without one, these are all sites. Nothing is"
            " fetched."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument(
            "--since",
            default="",
            metavar="DAY",
            help="only pages that were first named on that day or later, in UTC",
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="one JSON object a site and line, with the figures of the site",
        )
        show_examples(parser, "completeness", "completeness faz dw --since 2026-11-01", notes=NOTES)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table.

        Raises:
            UsageError: an argument or a setting cannot be used; it has been told.
        """
        try:
            check_arguments(args)
            since = day_of("--since", opts.since)
            state = open_state_of(settings_of(self))
            self.exitcode = tell(state, args, since, as_json=opts.json)
        except (UnusableError, UsageError) as error:
            sys.stderr.write(f"scrapy completeness: {error}\n")
            raise UsageError(print_help=False) from error
        except StateError as error:
            sys.stderr.write(f"scrapy completeness: {error}\n")
            self.exitcode = ERROR


def open_state_of(settings: BaseSettings) -> State:
    """Open the state that the settings name; it must be there.

    Raises:
        UsageError: nothing was crawled yet.
        SettingError: ``STATE_URL`` cannot be used.
        StateError: the state cannot be used.
    """
    root = Path(settings["DATA_DIR"])
    if not settings["STATE_URL"] and not (root / "state.db").exists():
        raise UsageError(f"there is no state in {root}; DATA_DIR names the folder of the crawls")
    return open_state(root, settings["STATE_URL"])


def tell(state: State, names: Sequence[str], since: dt.date | None, *, as_json: bool) -> int:
    """Print what became of the pages of each site; return the exit code.

    Raises:
        UsageError: a site is unknown.
    """
    try:
        known = state.sources()
        unknown = next((name for name in names if name not in known), None)
        if unknown is not None:
            there = ", ".join(known) or "none"
            raise UsageError(f"no site {unknown} was crawled; those that were: {there}")
        found = {name: state.completeness(name, since) for name in names or known}
        if as_json:
            for name, one in found.items():
                sys.stdout.write(f"{as_object(name, one, state.figures(name))}\n")
        else:
            sys.stdout.write(table(found))
    finally:
        state.close()
    return OK


def as_object(name: str, found: Completeness, figures: Figures) -> str:
    """Return all that is known of a site as JSON, in one line."""
    values = {"site": name, **asdict(found), "share": found.share, **asdict(figures)}
    success = figures.last_success
    values["last_success"] = success.isoformat() if success else None
    return json.dumps(values, ensure_ascii=False)


def table(found: Mapping[str, Completeness]) -> str:
    """Return a line a site, and the reasons of what is missing."""
    rows = [_row(name, one) for name, one in found.items()]
    widths = [max(len(row[n]) for row in (HEADS, *rows)) for n in range(len(HEADS))]
    lines = [_line(row, widths) for row in (HEADS, *rows)]
    return "".join([*lines, *(_reasons(name, one) for name, one in found.items())])


def _row(name: str, one: Completeness) -> tuple[str, ...]:
    numbers = (
        *(one.listed, one.written, one.elsewhere),
        *(sum(one.refused.values()), sum(one.failed.values()), one.pending, one.out_of_range),
    )
    # rounded down: 100 % means that nothing is missing
    share = "" if one.share is None else f"{int(one.share * 1000) / 10:.1f} %"
    return (name, *map(str, numbers), share)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        text.rjust(width) if number else text.ljust(width)
        for number, (text, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *rest]).rstrip() + "\n"


def _reasons(name: str, one: Completeness) -> str:
    told = [
        f"{number} {word} ({reason})"
        for word, group in (("refused", one.refused), ("failed", one.failed))
        for reason, number in Counter(group).most_common()
    ]
    return f"{name}: {', '.join(told)}\n" if told else ""
