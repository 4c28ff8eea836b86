"""``scrapy due``: run the crawls that are due, and end."""

import argparse
import sys
from collections.abc import Sequence

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.schedules.command import CODES, RunningCommand, entries_of, exit_code_of, history_of
from crawler.schedules.loop import new_runner, polling_adaptively, run, totals
from crawler.schedules.runner import worst
from crawler.summary import INTERRUPTED, LOCKED


class Command(RunningCommand):
    """Run what the setting ``SCHEDULE`` says is due; made for cron and systemd timers."""

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Run the crawls of SCHEDULE that are due, and end"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Run each crawl of the setting SCHEDULE that is due, in a process of its own, and end"
            " when nothing is due any more. Let cron or a systemd timer call it every few minutes:"
            " `scrapy schedule --print cron`. The log of each entry's last crawl is in logs/ below"
            " DATA_DIR."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add examples."""
        super().add_options(parser)
        show_examples(parser, "due", "due -s SCHEDULE_JOBS=4", notes=CODES)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run what is due."""
        settings = settings_of(self)

        def action() -> int:
            check_arguments(args)
            if args:
                raise UsageError("it takes no arguments; the setting SCHEDULE names the sites")
            return run_due(settings, opts.set)

        self.exitcode = exit_code_of("due", action)


def run_due(settings: BaseSettings, given: Sequence[str]) -> int:
    """Run what is due and tell what became of it; return the exit code.

    Raises:
        ScheduleError: ``SCHEDULE`` cannot be used.
        LockedError: another process runs the schedule.
        DataDirError: ``DATA_DIR`` cannot be written to.
        OSError: a crawl cannot be started or noted.
    """
    entries = entries_of(settings)
    with history_of(settings) as history:
        given = polling_adaptively(settings, given)
        runner = new_runner(entries, history, settings, given)
        ended = list(run(runner, stays=False))
    sys.stdout.write(f"{totals(ended, runner.left_out)}\n")
    # a site that another crawl was at is left out, which is no failure
    codes = [one.code for one in ended if one.code != LOCKED]
    return worst([*codes, INTERRUPTED] if runner.is_stopping else codes)
