"""One crawl in a process of its own, with its log, its budget and what it told at its end."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol

from crawler.paths import source_name
from crawler.schedules.entry import Entry

LOGS = "logs"  # below DATA_DIR


class Crawl(Protocol):
    """A crawl that was started."""

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""

    def terminate(self) -> None:
        """Ask it to finish what it has begun and end."""

    def kill(self) -> None:
        """End it, with every process that it started."""

    def told(self) -> Mapping[str, Any]:
        """Return what it told at its end; nothing where it did not come to that."""


class CrawlProcess:
    """``scrapy crawl`` in a session of its own: a Ctrl-C reaches it only through `terminate`."""

    def __init__(self, entry: Entry, root: Path, options: Sequence[str]) -> None:
        """Start the crawl of *entry*; its log replaces that of the one before, below *root*.

        *options* go to the command line as they are.

        Raises:
            OSError: it cannot be started, or the log cannot be written.
        """
        folder = root / LOGS
        folder.mkdir(parents=True, exist_ok=True)
        name = source_name(entry.name)
        self._told = folder / f"{name}.json"
        with (folder / f"{name}.log").open("wb") as log, self._told.open("wb") as told:
            self._process = self._start(entry, options, told, log)

    @staticmethod
    def _start(
        entry: Entry, options: Sequence[str], told: IO[bytes], log: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        given = (
            part for name, value in entry.arguments.items() for part in ("-a", f"{name}={value}")
        )
        return subprocess.Popen(  # noqa: S603  # a command line of our own, without a shell
            [sys.executable, "-m", "scrapy", "crawl", entry.spider, "--json", *given, *options],
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=log,
            start_new_session=True,
        )

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask it to finish what it has begun and end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it, with every process that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def told(self) -> Mapping[str, Any]:
        """Return the JSON object of ``scrapy crawl --json``; empty where there is none."""
        lines = self._told.read_text(encoding="utf-8").splitlines()
        try:
            end = json.loads(lines[-1])
        except (ValueError, IndexError):
            return {}
        return end if isinstance(end, dict) else {}


class Running:
    """A crawl under way, and the time it has left. Seconds are those of a monotonic clock."""

    def __init__(self, entry: Entry, crawl: Crawl, began: float, grace: float) -> None:
        self.entry = entry
        self.crawl = crawl
        self.began = began
        self.is_over_budget = False
        self._grace = grace
        self._patience: float | None = None

    @property
    def is_asked_to_end(self) -> bool:
        """Whether the crawl got its SIGTERM."""
        return self._patience is not None

    def end_when_over_budget(self, tick: float) -> bool:
        """Ask the crawl to end once its budget is used up; return whether this was the moment."""
        budget = self.entry.budget
        is_over = budget is not None and dt.timedelta(seconds=tick - self.began) > budget
        if is_over and not self.is_asked_to_end:
            self.is_over_budget = True
            self.terminate(tick)
            return True
        return False

    def terminate(self, tick: float) -> None:
        """Ask the crawl to end; it has the grace period for it."""
        if not self.is_asked_to_end:
            self._patience = tick + self._grace
            self.crawl.terminate()

    def kill_when_out_of_patience(self, tick: float) -> None:
        """End a crawl that was asked to and did not."""
        if self._patience is not None and tick > self._patience:
            self.crawl.kill()
