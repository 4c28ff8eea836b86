"""``scrapy schedule``: stay and run each crawl at its time; or print what lets the system do so."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.schedules.command import CODES, RunningCommand, entries_of, exit_code_of, history_of
from crawler.schedules.loop import new_runner, polling_adaptively, run
from crawler.schedules.printing import PRINTERS, Call
from crawler.summary import INTERRUPTED


class Command(RunningCommand):
    """Run the setting ``SCHEDULE`` until interrupted."""

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[--print cron|systemd]"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Stay and run each crawl of SCHEDULE at its time"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Stay, and run each crawl of the setting SCHEDULE at its time, in a process of its own;"
            " Ctrl-C or SIGTERM ends it in order. What a sleep or a downtime missed runs once. With"
            " --print it starts nothing, and prints the lines by which cron or systemd call"
            " `scrapy due`."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument(
            "--print",
            choices=sorted(PRINTERS),
            dest="printed",
            help="print a line for a crontab, or a service and a timer for systemd",
        )
        show_examples(parser, "schedule", "schedule --print cron | crontab -", notes=CODES)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the schedule, or print it."""
        settings = settings_of(self)

        def action() -> int:
            check_arguments(args)
            if args:
                raise UsageError("it takes no arguments; the setting SCHEDULE names the sites")
            if opts.printed is None:
                return stay(settings, opts.set)
            call = Call(Path.cwd(), sys.executable)
            sys.stdout.write(PRINTERS[opts.printed](entries_of(settings), call))
            return 0

        self.exitcode = exit_code_of("schedule", action)


def stay(settings: BaseSettings, given: Sequence[str]) -> int:
    """Run the schedule until a signal comes; return the exit code.

    Raises:
        ScheduleError: ``SCHEDULE`` cannot be used.
        LockedError: another process runs the schedule.
        DataDirError: ``DATA_DIR`` cannot be written to.
        OSError: a crawl cannot be started or noted.
    """
    entries = entries_of(settings)
    with history_of(settings) as history:
        number = 0
        given = polling_adaptively(settings, given)
        for _ in run(new_runner(entries, history, settings, given), stays=True):
            number += 1
    sys.stdout.write(f"{number} {'crawl' if number == 1 else 'crawls'}, interrupted\n")
    return INTERRUPTED
