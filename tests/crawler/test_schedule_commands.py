"""``scrapy due``, ``schedule`` and ``crawlall``, with crawls that are processes of their own."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.lock import file_lock, site_lock
from crawler.newsroom.publisher import read_newsroom
from crawler.newsroom.server import Newsroom
from crawler.summary import ERROR, INTERRUPTED, LOCKED, OK, USAGE
from tests.crawler import newspaper
from tests.crawler.crawling import ROOT
from tests.crawler.site_server import SiteServer

Output = pytest.CaptureFixture[str]
Scrapy = Callable[..., int]


@dataclass
class Schedule:
    """Runs the commands on sites of the loopback interface, called ``one``, ``two``, ``three``."""

    urls: tuple[str, ...]
    data: Path

    def options(self, **settings: object) -> list[str]:
        entries = [
            {"site": url, "name": name, "every": "6h"} | self.more.get(name, {})
            for name, url in zip(("one", "two", "three"), self.urls, strict=False)
        ]
        given = {
            "ALLOW_INTERNAL": ",".join(url.removeprefix("http://") for url in self.urls),
            "DATA_DIR": self.data,
            "DOWNLOAD_DELAY": "0.02",
            "AUTOTHROTTLE_ENABLED": "0",
            "EXTRACTION_PROCESSES": "1",
            "SCHEDULE": json.dumps(entries),
            **settings,
        }
        return [part for name, value in given.items() for part in ("-s", f"{name}={value}")]

    more: dict[str, dict[str, object]]

    def start(self, command: str, *arguments: str, **settings: object) -> subprocess.Popen[str]:
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        return subprocess.Popen(  # noqa: S603  # the arguments are the test's own
            [*(sys.executable, "-m", "scrapy", command), *self.options(**settings), *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, command: str, *arguments: str, **settings: object) -> tuple[int, list[str]]:
        with self.start(command, *arguments, **settings) as process:
            told, _ = process.communicate(timeout=120)
        return process.returncode, told.splitlines()

    def kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads((self.data / "schedule.json").read_bytes())
        return kept


@dataclass(frozen=True)
class Crawled:
    """What two calls of ``scrapy due`` and one of ``scrapy crawlall`` told."""

    first: tuple[int, list[str]]
    second: tuple[int, list[str]]
    every: tuple[int, list[str]]
    kept: dict[str, Any]
    asked: tuple[int, ...]
    """How many requests each site got in the first call."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("newsroom")
    now = dt.datetime.now(dt.UTC).isoformat()
    last = {"two": {"due": now, "started": now, "ended": now, "exit_code": 0}}
    (folder / "schedule.json").write_text(json.dumps(last), encoding="utf-8")
    with Newsroom(read_newsroom(), first_port=0) as newsroom:
        schedule = Schedule(tuple(site.base for site in newsroom.sites), folder, {})
        first = schedule.run("due")
        asked = tuple(len(site.requested) for site in newsroom.sites)
        second, kept = schedule.run("due"), schedule.kept()
        every = schedule.run("crawlall", "--jobs", "3")
        yield Crawled(first, second, every, kept, asked)


def test_due_crawls_what_is_due_and_nothing_else(crawled: Crawled) -> None:
    code, lines = crawled.first
    assert code == OK, lines
    assert {"one: started", "three: started"} <= set(lines)
    assert lines[-1].startswith("2 crawls: 2 ok; 18 new, 0 known"), lines
    assert [requests > 0 for requests in crawled.asked] == [True, False, True]


def test_second_call_finds_nothing_due(crawled: Crawled) -> None:
    assert crawled.second == (OK, ["nothing is due"])


def test_time_and_end_of_each_crawl_are_kept(crawled: Crawled) -> None:
    assert [crawled.kept[name]["exit_code"] for name in ("one", "two", "three")] == [0, 0, 0]
    assert crawled.kept["one"]["started"] <= crawled.kept["one"]["ended"]


def test_crawlall_crawls_all_whatever_is_due_and_ends_with_a_table(crawled: Crawled) -> None:
    code, lines = crawled.every
    head, *rows, last = lines[-5:]
    assert head.split() == ["site", "new", "changed", "known", "refused", "failed", "time", "end"]
    assert [row.split()[0] for row in rows] == ["one", "three", "two"]
    assert [row.split()[-1] for row in rows] == ["ok", "ok", "ok"]
    assert last.startswith("3 crawls: 3 ok; "), lines
    assert code == OK


@pytest.fixture
def site() -> Iterator[SiteServer]:
    with SiteServer() as made:
        newspaper.publish(made, range(1, 3))
        made.held = "/robots.txt"
        yield made
        made.released.set()


@pytest.fixture
def schedule(site: SiteServer, tmp_path: Path) -> Schedule:
    return Schedule((site.url,), tmp_path, {})


def source(site: SiteServer) -> str:
    return site.address.replace(".", "-").replace(":", "-")


@dataclass
class Clock:
    """Stands still until *site* is asked; then an hour passes from one look to the next."""

    site: SiteServer
    seconds: float = 0.0

    def monotonic(self) -> float:
        self.seconds += 3600 * self.site.reached.is_set()
        return self.seconds

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def test_hung_crawl_is_ended_and_counted(
    site: SiteServer,
    schedule: Schedule,
    scrapy: Scrapy,
    capsys: Output,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawler.schedules.loop.time", Clock(site))
    schedule.more = {"one": {"budget": "30m"}}
    code = scrapy("due", *schedule.options(SCHEDULE_GRACE=60))
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "one: over its budget, 0:30:00; it is ended"
    assert lines[-1] == "1 crawl: 1 error; 0 new, 0 known"
    assert (code, schedule.kept()["one"]["exit_code"]) == (ERROR, ERROR)
    assert not (schedule.data / "logs" / "one.json").read_bytes()  # it did not end by itself
    with site_lock(schedule.data, source(site)):
        assert site.reached.is_set()


def test_site_that_another_crawl_is_at_is_left_to_it(site: SiteServer, schedule: Schedule) -> None:
    with site_lock(schedule.data, source(site)):
        code, lines = schedule.run("due")
    assert f"is in use by process {os.getpid()} since " in lines[1]
    assert (code, lines[-1]) == (OK, "1 crawl: 1 locked; 0 new, 0 known")


def test_schedule_stays_until_a_signal_and_ends_its_crawls_in_order(
    site: SiteServer, schedule: Schedule
) -> None:
    with schedule.start("schedule") as process:
        assert site.reached.wait(60)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        while "ending" not in process.stdout.readline():
            assert process.poll() is None
        site.released.set()
        told, _ = process.communicate(timeout=60)
    assert told.splitlines()[-1] == "1 crawl, interrupted"
    assert (process.returncode, schedule.kept()["one"]["exit_code"]) == (INTERRUPTED, INTERRUPTED)


def test_second_program_that_runs_the_schedule_leaves(
    scrapy: Scrapy, capsys: Output, schedule: Schedule
) -> None:
    with file_lock(schedule.data / "schedule.lock", "the schedule"):
        assert scrapy("due", *schedule.options()) == LOCKED
        assert scrapy("schedule", *schedule.options()) == LOCKED
    due, stays = capsys.readouterr().err.splitlines()
    assert due.startswith(f"scrapy due: the schedule is in use by process {os.getpid()} since ")
    assert stays.startswith("scrapy schedule: the schedule is in use by process ")


def test_schedule_prints_what_calls_it(scrapy: Scrapy, capsys: Output, schedule: Schedule) -> None:
    assert scrapy("schedule", "--print", "cron", *schedule.options()) == OK
    assert f"{sys.executable} -m scrapy due >> " in capsys.readouterr().out
    assert not (schedule.data / "schedule.json").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("due", "-s", "SCHEDULE="), "scrapy due: SCHEDULE: it is empty; docs/schedules.md"),
        (
            ("due", "-s", 'SCHEDULE=[{"site": "faz", "cron": "61 * * * *"}]'),
            "scrapy due: SCHEDULE, entry 1 (faz): cron: 61 * * * *: Bad minute",
        ),
        (("schedule", "-s", "SCHEDULE=[{}]"), "scrapy schedule: SCHEDULE, entry 1 (): no entry"),
        (("due", "faz"), "scrapy due: it takes no arguments"),
        (("schedule", "faz"), "scrapy schedule: it takes no arguments"),
        (("due", "--nosuch"), "scrapy due: unknown option --nosuch"),
        (("crawlall", "nosuch"), "scrapy crawlall: no spider nosuch; `scrapy list` shows them"),
        (("crawlall", "faz", "-a", "limit"), "scrapy crawlall: -a: give it as NAME=VALUE"),
        (("crawlall", "faz", "-a", "limit=x"), "scrapy crawlall: limit: not a number"),
        (("crawlall", "--jobs", "0"), "scrapy crawlall: --jobs: at least 1"),
    ],
)
def test_wrong_usage_is_one_line(
    scrapy: Scrapy, capsys: Output, arguments: tuple[str, ...], message: str
) -> None:
    assert scrapy(*arguments) == USAGE
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(message)


def test_folder_that_cannot_be_written_to_is_one_line(
    scrapy: Scrapy, capsys: Output, schedule: Schedule
) -> None:
    schedule.data /= "data"
    schedule.data.touch()
    assert scrapy("due", *schedule.options()) == ERROR
    [line] = capsys.readouterr().err.splitlines()
    assert line == f"scrapy due: DATA_DIR: cannot write to {schedule.data}: it is no folder"


@pytest.mark.parametrize("name", ["due", "schedule", "crawlall"])
def test_help_has_an_example_and_the_exit_codes(scrapy: Scrapy, capsys: Output, name: str) -> None:
    assert scrapy(name, "--help") == OK
    told = capsys.readouterr().out
    assert f"\n  scrapy {name}" in told.partition("Examples:")[2]
    assert "\n  11  interrupted" in told
