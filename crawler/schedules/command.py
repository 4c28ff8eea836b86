"""What the commands that run crawls share: their settings, their lock, their errors."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from crawler.errors import DataDirError, UnusableError
from crawler.lock import LockedError, file_lock
from crawler.schedules.entry import Entry, read_schedule
from crawler.schedules.history import NAME, History
from crawler.storage import writable
from crawler.summary import ERROR, LOCKED

CODES = """\
Exit codes: the worst of the crawls, from the best to the worst

  0   ok, or nothing was due
  5   another crawl of the site is running, or another program runs the schedule
  3   a site is unhealthy
  4   nothing could be fetched, or the site refuses
  11  interrupted
  1   an error, or a crawl that was over its budget
  2   wrong usage"""


class RunningCommand(ScrapyCommand):
    """A command that runs crawls, each in a process of its own."""

    default_settings: ClassVar = {"LOG_ENABLED": False}
    requires_crawler_process = False
    requires_project = True


def entries_of(settings: BaseSettings) -> tuple[Entry, ...]:
    """Return the entries of ``SCHEDULE``.

    Raises:
        ScheduleError: one of them cannot be used, or there is none.
    """
    return read_schedule(settings["SCHEDULE"], get_spider_loader(settings))


@contextmanager
def history_of(settings: BaseSettings) -> Iterator[History]:
    """Give the history of the schedule, which no other process has meanwhile.

    Raises:
        LockedError: another process runs the schedule.
        DataDirError: ``DATA_DIR`` cannot be written to.
    """
    root = writable(Path(settings["DATA_DIR"]))
    with file_lock(root / "schedule.lock", "the schedule"):
        yield History(root / NAME)


def exit_code_of(name: str, action: Callable[[], int]) -> int:
    """Return the exit code of *action*; an error of those that are foreseen is one line.

    Raises:
        UsageError: an argument or a setting cannot be used; it has been told.
    """
    try:
        return action()
    except (UnusableError, UsageError) as error:
        sys.stderr.write(f"scrapy {name}: {error}\n")
        raise UsageError(print_help=False) from error
    except LockedError as error:
        sys.stderr.write(f"scrapy {name}: {error}\n")
        return LOCKED
    except (DataDirError, OSError) as error:
        sys.stderr.write(f"scrapy {name}: {error}\n")
        return ERROR
