"""Runs ``scrapy crawl`` in a process of its own against a site on the loopback interface."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crawler.site_server import SiteServer

ROOT = Path(__file__).parents[2]


@dataclass
class Crawl:
    """Runs ``scrapy crawl`` against `site`."""

    site: SiteServer
    data: Path

    def start(self, *arguments: str, spider: str = "news") -> subprocess.Popen[str]:
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        settings = {
            "ALLOW_INTERNAL": self.site.address,
            "DATA_DIR": str(self.data),
            # without any delay Scrapy 2.19 starts all that waits at once, whatever the concurrency
            "DOWNLOAD_DELAY": "0.02",
            "AUTOTHROTTLE_ENABLED": "0",
            "EXTRACTION_PROCESSES": "1",
            "MIN_FREE_BYTES": "0",
        }
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return subprocess.Popen(  # noqa: S603  # the arguments are the test's own
            [sys.executable, "-m", "scrapy", "crawl", spider, *options, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, spider: str = "news") -> subprocess.CompletedProcess[str]:
        with self.start(*arguments, spider=spider) as process:
            output, log = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, output, log)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another of the project's commands on the data."""
        command = [sys.executable, "-m", "scrapy", *arguments, "-s", f"DATA_DIR={self.data}"]
        return subprocess.run(  # noqa: S603  # the arguments are the test's own
            command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    def news(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        given = [part for argument in arguments for part in ("-a", argument)]
        return self.run("-a", f"site={self.site.url}", *given)

    def texts(self) -> list[str]:
        return sorted(path.name[:10] for path in self.data.rglob("*.txt"))


@contextmanager
def site_with_home(data: Path) -> Iterator[Crawl]:
    """Serve a site with a bare home page, to be crawled into *data*."""
    with SiteServer() as site:
        site.serve("/", "<html><body><a href='/'>Home</a></body></html>")
        yield Crawl(site, data)
