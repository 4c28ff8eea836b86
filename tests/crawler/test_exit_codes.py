"""The exit code of ``scrapy crawl`` tells the truth; each crawl is a process of its own."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.lock import site_lock
from tests.crawler import newspaper
from tests.crawler.crawling import Crawl, site_with_home
from tests.crawler.site_server import Reply

FAULTY = ("-s", "SPIDER_MODULES=tests.crawler.faulty")


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    with site_with_home(tmp_path) as made:
        newspaper.publish(made.site, range(1, 7))
        yield made


def told(crawl: Crawl, *arguments: str, spider: str = "news") -> dict[str, Any]:
    """Crawl the site; return the one object on standard output, which has the exit code too."""
    run = crawl.run("-a", f"site={crawl.site.url}", "--json", *arguments, spider=spider)
    [line] = run.stdout.splitlines()
    end: dict[str, Any] = json.loads(line)
    assert end["exit_code"] == run.returncode, run.stderr
    return end


def answer(crawl: Crawl, reply: Reply) -> None:
    """Answer every article with *reply*."""
    for number in range(1, 7):
        crawl.site.replies[newspaper.path(number)] = reply


@pytest.mark.parametrize(
    ("status", "failed"),
    [
        (404, {"HTTP 404": 6}),
        (500, {"HTTP 500": 6}),
        (403, {"HTTP 403": 4, "blocked": 2}),
        (429, {"HTTP 429": 4, "blocked": 2}),
    ],
)
def test_site_of_which_no_page_comes_is_nothing(
    crawl: Crawl, status: int, failed: dict[str, int]
) -> None:
    answer(crawl, Reply(status=status))
    settings = ("BLOCKED_LIMIT=4", "RETRY_TIMES=0", "CONCURRENT_REQUESTS=1")
    end = told(crawl, *(part for setting in settings for part in ("-s", setting)))
    assert (end["exit_code"], end["end"], end["failed"]) == (4, "nothing", failed)


def test_unknown_host_is_nothing(crawl: Crawl) -> None:
    dead = ("-s", "TWISTED_DNS_RESOLVER=tests.crawler.faulty.DeadResolver")
    run = crawl.run("-a", "site=http://news.example", "--json", *dead)
    assert json.loads(run.stdout)["listings_lost"] == {"unknown host": 1}, run.stderr
    assert run.returncode == 4


def test_site_whose_pages_are_no_articles_is_unhealthy(crawl: Crawl) -> None:
    answer(crawl, Reply(b"<html><body><p>Subscribe to read.</p></body></html>"))
    end = told(crawl)
    assert (end["exit_code"], end["end"]) == (3, "unhealthy")
    assert end["reason"] == "6 of 6 pages are no articles"
    assert sum(end["refused"].values()) == 6


def test_listing_that_names_nothing_where_it_used_to_is_unhealthy(crawl: Crawl) -> None:
    assert told(crawl, "-a", f"feed={crawl.site.url}/feed")["end"] == "ok"
    crawl.site.serve("/feed", "<rss version='2.0'><channel></channel></rss>", "application/xml")
    run = crawl.run("-a", f"feed={crawl.site.url}/feed")
    counts = "0 new, 0 known, unhealthy (the listings name no page, and 6 are known) · "
    assert run.stdout.startswith(counts), run.stderr
    assert run.returncode == 3


@pytest.mark.parametrize(
    ("spider", "new"), [("raising-callback", 0), ("raising-pipeline", 0), ("raising-extension", 6)]
)
def test_fault_of_the_project_is_an_error(crawl: Crawl, spider: str, new: int) -> None:
    end = told(crawl, *FAULTY, spider=spider)
    assert (end["exit_code"], end["end"], end["new"]) == (1, "error", new)
    assert end["reason"] == f"{end['errors']} errors; the log has more"


@pytest.mark.parametrize(
    "moment",
    [
        *("spider_opened", "engine_started", "robots_parsed", "item_scraped"),
        *("spider_idle", "spider_closed", "engine_stopped"),
    ],
)
def test_extension_that_fails_at_any_moment_costs_no_article(crawl: Crawl, moment: str) -> None:
    end = told(crawl, *FAULTY, "-s", f"FAIL_AT={moment}", spider="raising-extension")
    assert (end["exit_code"], end["end"], end["new"]) == (1, "error", 6)


def test_extension_that_cannot_be_made_is_an_error(crawl: Crawl) -> None:
    end = told(crawl, *FAULTY, "-s", "FAIL_AT_ONCE=1", spider="raising-extension")
    assert (end["exit_code"], end["reason"]) == (1, "ZeroDivisionError")


IMPATIENT = ("-s", "STALL_LIMIT=3", "-s", "CRAWL_DELAY_MAX=0")


def test_crawl_that_waits_for_ever_is_an_error_and_shows_what_it_waits_for(crawl: Crawl) -> None:
    run = crawl.run("-a", f"site={crawl.site.url}", "--json", *IMPATIENT, *FAULTY, spider="waiting")
    end = json.loads(run.stdout)
    assert (run.returncode, end["exit_code"], end["end"]) == (1, 1, "error"), run.stderr
    assert end["reason"] == "nothing happened for 3 s"
    assert "wait_for=<Future pending" in run.stderr


def test_crawl_that_is_blocked_is_ended(crawl: Crawl) -> None:
    run = crawl.run("-a", f"site={crawl.site.url}", *IMPATIENT, *FAULTY, spider="blocking")
    assert "CRITICAL: nothing happened for 3 s; what the crawl waits for follows" in run.stderr
    assert "Current thread " in run.stderr
    assert run.returncode == 1


def test_crawl_of_a_locked_site_says_who_has_it(crawl: Crawl) -> None:
    with site_lock(crawl.data, f"127.0.0.1:{crawl.site.address.partition(':')[2]}"):
        run = crawl.run("-a", f"site={crawl.site.url}", "--json")
    end = json.loads(run.stdout)
    assert (run.returncode, end["end"]) == (5, "locked")
    assert run.stderr == f"scrapy crawl: {end['reason']}\n"
    assert f"{end['source']} is in use by process " in end["reason"]


def test_list_of_pages_keeps_to_sites_that_are_free(crawl: Crawl) -> None:
    page = crawl.site.url + newspaper.path(1)
    with site_lock(crawl.data, f"127.0.0.1:{crawl.site.address.partition(':')[2]}"):
        run = crawl.run("-a", f"urls={page} https://other.example/a", spider="urls")
    assert (run.returncode, sum(crawl.site.asked.values())) == (5, 0)


@pytest.fixture
def held(crawl: Crawl) -> Iterator[subprocess.Popen[str]]:
    """Return a crawl that waits for its third page."""
    crawl.site.held = newspaper.path(4)
    site = ("-a", f"site={crawl.site.url}")
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # tests run by nohup ignore it, and crawls inherit
    with crawl.start(*site, "--json", "-s", "CONCURRENT_REQUESTS=1") as process:
        assert crawl.site.reached.wait(60)
        yield process
        crawl.site.released.set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_terminated_crawl_finishes_the_page_under_way(
    crawl: Crawl, held: subprocess.Popen[str], number: signal.Signals
) -> None:
    held.send_signal(number)
    crawl.site.released.set()
    output, log = held.communicate(timeout=60)
    end = json.loads(output)
    assert (held.returncode, end["exit_code"], end["end"]) == (11, 11, "interrupted"), log
    assert "2025-11-04" in crawl.texts()
    assert "2025-11-01" not in crawl.texts()


def test_second_signal_ends_a_crawl_at_once(crawl: Crawl, held: subprocess.Popen[str]) -> None:
    assert held.stderr is not None
    held.send_signal(signal.SIGINT)
    while "shutting down" not in held.stderr.readline():
        assert held.poll() is None
    held.send_signal(signal.SIGTERM)
    output, _ = held.communicate(timeout=60)  # the page is held back all the while
    assert (held.returncode, json.loads(output)["end"]) == (11, "interrupted")
    assert list(crawl.data.rglob("*.part")) == []
    assert "2025-11-04" not in crawl.texts()
