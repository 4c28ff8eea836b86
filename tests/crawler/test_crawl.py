"""Whole crawls of a site on the loopback interface, each in a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crawler import newspaper
from tests.crawler.site_server import Reply, SiteServer

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
        }
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return subprocess.Popen(  # noqa: S603  # the arguments are the test's own
            [sys.executable, "-m", "scrapy", "crawl", spider, *options, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, *arguments: str, spider: str = "news", stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        with self.start(*arguments, spider=spider) as process:
            output, log = process.communicate(stdin, timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, output, log)

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


def test_later_runs_ask_for_what_is_new_or_what_they_are_told_to(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    first, second = crawl.news(), crawl.news()
    asked = [path for path in crawl.site.asked.elements() if path.startswith("/2025/")]
    crawl.site.serve(newspaper.path(2), newspaper.article("orchard", newspaper.day(2)))
    third = crawl.news("refetch=yes")
    assert first.stdout.startswith("3 new, 0 known · "), first.stderr
    assert second.stdout.startswith("0 new, 3 known · "), second.stderr
    assert third.stdout.startswith("0 new, 0 known, 1 changed, 2 unchanged · "), third.stderr
    assert (first.returncode, second.returncode, third.returncode) == (0, 0, 0)
    assert asked == [newspaper.path(number) for number in (3, 2, 1)]


def test_days_and_limit_bound_a_run(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 6))
    run = crawl.news("since=2025-11-02", "until=2025-11-04", "limit=2")
    assert run.stdout.startswith("2 new, 0 known · "), run.stderr
    asked = [path for path in crawl.site.asked if path.startswith("/2025/")]
    assert asked == [newspaper.path(4), newspaper.path(3)]
    assert crawl.texts() == ["2025-11-03", "2025-11-04"]


def test_gzipped_sitemap_index_leads_to_the_articles_in_range(crawl: Crawl) -> None:
    newspaper.publish_sitemaps(crawl.site, range(1, 5))
    run = crawl.news("since=2025-11-03")
    assert run.stdout.startswith("2 new, 0 known · "), run.stderr
    assert crawl.site.asked["/sitemap-1.xml.gz"] == 0


def test_section_pages_serve_where_there_is_no_feed(crawl: Crawl) -> None:
    crawl.site.serve("/", "<a href='/town'>Town</a><a href='/about'>About</a>")
    crawl.site.serve("/town", f"<a href='{newspaper.path(1)}'>News</a>")
    crawl.site.serve(newspaper.path(1), newspaper.article("bridge"))
    run = crawl.news()
    assert run.stdout.startswith("1 new, 0 known · "), run.stderr
    assert crawl.site.asked["/about"] == 0


def test_date_of_the_feed_dates_an_article_without_one(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    feed = crawl.site.replies["/feed"].body.replace(b"/2025/11/01/", b"/a/").decode()
    crawl.site.serve("/feed", feed, "application/xml")
    crawl.site.serve("/a/news-of-the-bridge", newspaper.article("bridge"))
    crawl.news()
    [path] = crawl.data.rglob("*.txt")
    assert path.name.startswith("2025-11-01")
    assert "date_source: feed" in path.read_text(encoding="utf-8")


def test_page_that_robots_txt_closes_is_no_failure(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    crawl.site.serve("/robots.txt", "User-agent: *\nDisallow: /2025/", "text/plain")
    run = crawl.news()
    assert run.stdout.startswith("0 new, 0 known, 1 closed by robots.txt · "), run.stderr
    assert f"closed by robots.txt: {crawl.site.url}{newspaper.path(1)}" in run.stderr
    assert run.returncode == 0
    assert crawl.site.asked[newspaper.path(1)] == 0


def test_site_that_robots_txt_closes_is_an_exit_code(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    crawl.site.serve("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    run = crawl.news()
    assert run.stdout.startswith("0 new, 0 known, 1 listing lost (robots.txt) · "), run.stderr
    assert run.returncode == 4


def test_page_that_fails_comes_again_in_the_next_run(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    good = crawl.site.replies.pop(newspaper.path(1))
    crawl.site.replies[newspaper.path(1)] = Reply(status=503)
    first = crawl.news()
    crawl.site.replies[newspaper.path(1)] = good
    second = crawl.news()
    assert first.stdout.startswith("0 new, 0 known, 1 failed (HTTP 503) · "), first.stderr
    assert second.stdout.startswith("1 new, 0 known · "), second.stderr
    assert (first.returncode, second.returncode) == (4, 0)


def test_page_without_article_is_refused_by_name(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 3))
    crawl.site.serve(newspaper.path(2), b"%PDF-1.7 \x00\x01", "application/pdf")
    run = crawl.news()
    assert run.stdout.startswith("1 new, 0 known, 1 refused (NotHtmlError) · "), run.stderr
    assert run.returncode == 0


def test_site_that_does_not_answer_is_one_line_and_an_exit_code(crawl: Crawl) -> None:
    settings = ("-s", "ALLOW_INTERNAL=127.0.0.1:9", "-s", "LOG_LEVEL=WARNING")
    run = crawl.run("-a", "site=http://127.0.0.1:9", *settings)
    assert run.stdout.startswith("0 new, 0 known, 1 listing lost (connection refused)"), run.stderr
    [line] = run.stderr.splitlines()
    assert line.endswith("WARNING: home http://127.0.0.1:9: connection refused")
    assert run.returncode == 4


def test_internal_server_is_not_asked(crawl: Crawl) -> None:
    run = crawl.run("-a", f"site={crawl.site.url}", "-s", "ALLOW_INTERNAL=")
    assert "listing lost (internal address)" in run.stdout, run.stderr
    assert f"internal address; allow it with -s ALLOW_INTERNAL={crawl.site.address}\n" in run.stderr
    assert (run.returncode, sum(crawl.site.asked.values())) == (4, 0)


def test_argument_that_cannot_be_used_is_told_in_one_line(crawl: Crawl) -> None:
    run = crawl.news("since=yesterday")
    assert run.stderr == "scrapy crawl: since: not a day, such as 2026-11-03: yesterday\n"
    assert run.returncode == 2


def test_fault_in_the_crawl_is_an_exit_code(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    (crawl.data / "articles").write_text("no folder", encoding="utf-8")
    run = crawl.news()
    assert run.returncode == 1


def test_setting_that_cannot_be_used_is_told_in_one_line(crawl: Crawl) -> None:
    run = crawl.run("-a", f"site={crawl.site.url}", "-s", "TEXT_HEADER=nonsense")
    assert run.stderr == "scrapy crawl: TEXT_HEADER: not one of yaml, date, none: nonsense\n"
    assert run.returncode == 2


def test_folder_that_cannot_be_written_to_is_told_in_one_line(crawl: Crawl) -> None:
    crawl.data /= "data"
    crawl.data.touch()
    run = crawl.news()
    [line] = run.stderr.splitlines()
    assert line.endswith(f"DATA_DIR: cannot write to {crawl.data}: it is no folder")
    assert run.returncode == 1


def test_interrupted_crawl_says_so_and_the_next_one_goes_on(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    crawl.site.held = newspaper.path(2)
    first = crawl.start("-a", f"site={crawl.site.url}")
    crawl.site.reached.wait(60)
    first.send_signal(signal.SIGINT)
    crawl.site.released.set()
    _, log = first.communicate(timeout=60)
    assert first.returncode == 11, log
    second = crawl.news()
    assert second.returncode == 0, second.stderr
    assert crawl.texts() == ["2025-11-01", "2025-11-02", "2025-11-03"]


def test_urls_come_from_standard_input_and_repeated_arguments(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    one, two, three = (f"{crawl.site.url}{newspaper.path(number)}" for number in (1, 2, 3))
    first = crawl.run("-a", "urls=-", spider="urls", stdin=f"# mine\n{one}\n")
    second = crawl.run("-a", f"urls={two}", "-a", f"urls={three}", spider="urls")
    assert first.stdout.startswith(f"1 new, 0 known · {crawl.data}"), first.stderr
    assert second.stdout.startswith("2 new, 0 known · "), second.stderr


def test_items_on_standard_output_are_not_mixed_with_the_summary(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    run = crawl.run("-a", f"site={crawl.site.url}", "-O", "-:jsonl")
    assert json.loads(run.stdout)["title"] == "News of the bridge"
    assert "1 new, 0 known · " in run.stderr
