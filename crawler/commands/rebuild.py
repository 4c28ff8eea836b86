"""``scrapy rebuild``: clean the archive again with today's rules."""

import argparse
import datetime as dt
import json
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy.exc import SQLAlchemyError

from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.cleaning.plain import escape
from crawler.errors import DataDirError, UnusableError
from crawler.lock import LockedError, site_lock
from crawler.rebuild.site import Rebuild, Site
from crawler.recovery import open_state
from crawler.state import StateError
from crawler.state import archive as archived
from crawler.summary import ERROR, INTERRUPTED, LOCKED, OK

if TYPE_CHECKING:
    from crawler.rebuild.report import Report

CODES = """\
Exit codes:

  0   ok; no change is ok
  1   a page of the archive is torn or damaged or cannot be cleaned; a full or read-only disk
  2   wrong usage
  5   a crawl of one of the sites is running; the others were done
  11  interrupted; run it again"""


class Command(ScrapyCommand):
    """Show what today's rules change, and write it with ``--write``."""

    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012  # Scrapy declares it as a ClassVar
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options]"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Clean the archived pages again with today's rules: rebuild [--write]"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Clean all archived pages again and show, site by site, what today's rules change."
            " Nothing is written without --write. Nothing is fetched."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what is cleaned, what is shown, and whether it is written."""
        super().add_options(parser)
        parser.add_argument(
            "--site",
            action="append",
            default=[],
            metavar="NAME",
            help="only this site; may be given several times",
        )
        parser.add_argument(
            "--since", default="", metavar="DAY", help="only articles fetched since DAY, in UTC"
        )
        parser.add_argument("--diff", action="store_true", help="show a diff an article")
        parser.add_argument("--write", action="store_true", help="write the changes, once shown")
        parser.add_argument(
            "--json",
            action="store_true",
            help="end with one JSON object on standard output; all else goes to standard error",
        )
        show_examples(
            parser,
            "rebuild",
            "rebuild --site faz --diff | less",
            "rebuild --site faz --site dw --since 2026-11-01 --write",
            "rebuild --write --json",
            notes=CODES,
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Rebuild the sites that *opts* name."""
        check_arguments(args)
        if args:
            raise UsageError("it takes no arguments; --site NAME chooses a site")
        since = read_day(opts.since)
        settings = settings_of(self)
        root = Path(settings["DATA_DIR"])
        if not (root / "archive").is_dir():
            raise UsageError(f"there is no archive in {root}")
        try:
            state = open_state(root, settings["STATE_URL"])
            rebuild = Rebuild.of(settings, state, since)
        except UnusableError as error:
            raise UsageError(str(error)) from error
        except StateError as error:
            sys.stderr.write(f"scrapy rebuild: {error}\n")
            self.exitcode = ERROR
            return
        run = Run(rebuild, opts)
        try:
            for source in chosen(rebuild, opts.site):
                run.site(source)
        except KeyboardInterrupt:
            run.interrupt()
        finally:
            state.close()
        self.exitcode = run.end()


def read_day(text: str) -> dt.date | None:
    """Return the day that *text* is; None for nothing.

    Raises:
        UsageError: it is none.
    """
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"--since: no day such as 2026-11-01: {text}") from error


def chosen(rebuild: Rebuild, names: list[str]) -> list[str]:
    """Return the sites to clean again: all with pages in the archive, or those of *names*.

    Raises:
        UsageError: one of them has none.
    """
    with rebuild.state.transaction() as connection:
        known = archived.sources(connection)
    for name in names:
        if name not in known:
            raise UsageError(f"no archived page of {name}; there are some of {', '.join(known)}")
    return sorted(set(names)) or known


class Run:
    """One call of the command."""

    def __init__(self, rebuild: Rebuild, opts: argparse.Namespace) -> None:
        self._rebuild = rebuild
        self._opts = opts
        self._out = sys.stderr if opts.json else sys.stdout
        self._reports: list[Report] = []
        self._codes = {OK}
        self._in_use: list[str] = []

    def site(self, source: str) -> None:
        """Show what changes at a site, and write it where that is asked for."""
        try:
            with (
                site_lock(self._rebuild.root, source),
                self._rebuild.site(source, sys.stderr) as site,
            ):
                self._show(site)
                if self._opts.write:
                    site.write()
        except LockedError as error:
            self._codes.add(LOCKED)
            self._in_use.append(source)
            sys.stderr.write(f"scrapy rebuild: {error}; it is left out\n")
        except (OSError, SQLAlchemyError, DataDirError, BrokenProcessPool) as error:
            self._codes.add(ERROR)
            sys.stderr.write(f"scrapy rebuild: {source}: {error}\n")

    def interrupt(self) -> None:
        """Note that the user stopped it."""
        self._codes.add(INTERRUPTED)
        sys.stderr.write("scrapy rebuild: interrupted; run it again\n")

    def _show(self, site: Site) -> None:
        for fault in site.faults():
            self._codes.add(ERROR)
            sys.stderr.write(f"{escape(fault)}\n")
        if self._opts.diff:
            for diff in site.diffs():
                self._out.write(diff)
        self._reports.append(site.report)
        self._out.write(f"{site.report.line()}\n")
        self._out.flush()

    def end(self) -> int:
        """Say what is to be done with the changes; return the exit code."""
        changes = sum(report.changes for report in self._reports)
        code = next(one for one in (INTERRUPTED, ERROR, LOCKED, OK) if one in self._codes)
        if changes and not self._opts.write:
            sys.stderr.write("nothing was written; --write writes the changes\n")
        if self._opts.json:
            told = {
                "sites": [report.json() for report in self._reports],
                "in_use": self._in_use,
                "written": bool(self._opts.write),
                "exit_code": code,
            }
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return code
