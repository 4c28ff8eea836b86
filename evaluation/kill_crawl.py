"""Crawls in processes of their own, to be killed and begun again."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PATIENCE = 600.0  # seconds; a crawl that takes longer hangs
SETTINGS = {
    # without any delay Scrapy starts all that waits at once
    "DOWNLOAD_DELAY": "0.005",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    # the order of two addresses of one text decides which one it is filed under
    "PAGES_IN_FLIGHT": "4",
    "EXTRACTION_PROCESSES": "1",
    "LOG_LEVEL": "WARNING",
    "MIN_FREE_BYTES": "0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A site to be crawled, and where to."""

    url: str
    """Without a final slash."""

    data: Path
    """``DATA_DIR``, absolute."""

    log: Path
    """File that takes what the crawls say."""

    settings: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()

    def command(self) -> list[str]:
        """Return the command that crawls."""
        own = {"ALLOW_INTERNAL": self.url.removeprefix("http://"), "DATA_DIR": str(self.data)}
        settings = SETTINGS | own | self.settings
        listings = (f"feed={self.url}/feed.xml", f"sitemap={self.url}/sitemap.xml")
        arguments = (f"site={self.url}", *listings, *self.arguments)
        return [
            *(sys.executable, "-m", "scrapy", "crawl", "news"),
            *(part for argument in arguments for part in ("-a", argument)),
            *(part for name, value in settings.items() for part in ("-s", f"{name}={value}")),
        ]

    def start(self, *prefix: str) -> subprocess.Popen[bytes]:
        """Start a crawl in a process group of its own; *prefix* is a program to run it under."""
        environment = plain_environment()
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # a command of our own
                [*prefix, *self.command()],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def run(self, *prefix: str) -> int:
        """Crawl to the end and return the exit code; it is negative or over 128 after a kill."""
        with self.start(*prefix) as process:
            try:
                return process.wait(PATIENCE)
            finally:
                kill_group(process)

    def finish(self) -> None:
        """Crawl to the end.

        Raises:
            subprocess.CalledProcessError: the crawl failed.
        """
        if code := self.run():
            tail = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise subprocess.CalledProcessError(code, self.command(), stderr=tail)

    def clear(self) -> None:
        """Forget all that was crawled."""
        shutil.rmtree(self.data, ignore_errors=True)


def plain_environment() -> dict[str, str]:
    """Return the environment without proxies, through which no loopback server is reached."""
    return {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a crawl and all that it started, as the kernel does it for want of memory."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def is_killed(code: int) -> bool:
    """Whether an exit code, of a program under another or not, tells of SIGKILL."""
    return code in {-signal.SIGKILL, 128 + signal.SIGKILL}


def tail_of(path: Path, lines: int = 5) -> Sequence[str]:
    """Return the last lines of a log."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
