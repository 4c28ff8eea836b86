"""Whole crawls of a site on the loopback interface, each in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crawler import newspaper
from tests.crawler.site_server import SiteServer

ROOT = Path(__file__).parents[2]


@dataclass
class Crawl:
    """Runs ``scrapy crawl`` against `site`."""

    site: SiteServer
    data: Path

    def run(
        self, *arguments: str, spider: str = "news", stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        settings = {
            "ALLOW_INTERNAL": self.site.address,
            "DATA_DIR": str(self.data),
            "DOWNLOAD_DELAY": "0",
            "AUTOTHROTTLE_ENABLED": "0",
            "EXTRACTION_PROCESSES": "1",
        }
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return subprocess.run(  # noqa: S603  # the arguments are the test's own
            [sys.executable, "-m", "scrapy", "crawl", spider, *options, *arguments],
            cwd=ROOT,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def news(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        given = [part for argument in arguments for part in ("-a", argument)]
        return self.run("-a", f"site={self.site.url}", *given)

    def texts(self) -> list[str]:
        return sorted(path.name[:10] for path in self.data.rglob("*.txt"))


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    with SiteServer() as site:
        site.serve("/", "<html><body><a href='/'>Home</a></body></html>")
        yield Crawl(site, tmp_path)


def test_second_run_finds_nothing_new(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    first, second = crawl.news(), crawl.news()
    assert first.stdout.startswith("3 new, 0 known · "), first.stderr
    assert second.stdout.startswith("0 new, 3 known · "), second.stderr
    assert (first.returncode, second.returncode) == (0, 0)
    assert crawl.texts() == ["2025-11-01", "2025-11-02", "2025-11-03"]
