"""What a runner starts and ends, by a clock that the test moves."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawler.schedules.entry import Entry
from crawler.schedules.history import History
from crawler.schedules.process import Crawl
from crawler.schedules.runner import Runner, worst
from crawler.schedules.times import Cron, Every, Once, Rule, span

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@dataclass
class FakeCrawl:
    """Ends at its time, unless it hangs; deaf ones heed nothing but a kill."""

    world: "World"
    ends: float
    code: int = 0
    is_deaf: bool = False
    signals: list[str] = field(default_factory=list)

    def poll(self) -> int | None:
        return self.code if self.world.tick >= self.ends else None

    def terminate(self) -> None:
        self.signals.append("terminate")
        if not self.is_deaf:
            self.ends, self.code = self.world.tick, 11

    def kill(self) -> None:
        self.signals.append("kill")
        self.ends, self.code = self.world.tick, -9

    def told(self) -> Mapping[str, Any]:
        return {"counts": "1 new, 0 known"} if self.code == 0 else {}


@dataclass
class World:
    """A clock, and the crawls that a runner started by it."""

    now: dt.datetime
    runner: Runner = field(init=False)
    tick: float = 0.0
    minutes: Mapping[str, float] = field(default_factory=dict)
    """How long the crawls of an entry take; 1 where it is not said."""

    codes: Mapping[str, int] = field(default_factory=dict)
    deaf: frozenset[str] = frozenset()
    started: list[tuple[str, dt.datetime]] = field(default_factory=list)
    crawls: list[FakeCrawl] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def open(self, *entries: Entry, jobs: int = 2, path: Path | None = None) -> "World":
        self.runner = Runner(entries, History(path), self.launch, jobs=jobs, grace=60)
        return self

    def launch(self, entry: Entry) -> Crawl:
        self.started.append((entry.name, self.now))
        ends = self.tick + 60 * self.minutes.get(entry.name, 1)
        deaf = entry.name in self.deaf
        crawl = FakeCrawl(self, ends, self.codes.get(entry.name, 0), is_deaf=deaf)
        self.crawls.append(crawl)
        return crawl

    def step(self) -> list[str]:
        lines = self.runner.step(self.now, self.tick)
        self.lines += lines
        return lines

    def go(self, until: dt.datetime, by: dt.timedelta = MINUTE) -> None:
        while self.now < until:
            self.step()
            self.now += by
            self.tick += by.total_seconds()

    def times(self, name: str, zone: ZoneInfo) -> list[str]:
        mine = (moment for entry, moment in self.started if entry == name)
        return [f"{moment.astimezone(zone):%a %H:%M}" for moment in mine]


def entry(name: str, rule: Rule | None = None, budget: str = "") -> Entry:
    return Entry(
        name=name,
        spider=name,
        arguments={},
        sources=frozenset({name}),
        rule=rule or Once(),
        budget=span(budget) if budget else None,
    )


def week(zone: ZoneInfo, monday: str) -> World:
    """Run a week's schedule, from Monday 00:00 local time on."""
    begin = dt.datetime.fromisoformat(monday).replace(tzinfo=zone)
    end = (begin + dt.timedelta(days=7)).astimezone(dt.UTC)
    world = World(begin.astimezone(dt.UTC), minutes={"wire": 30}).open(
        entry("wire", Every(span("12h"))),
        entry("office", Cron("0 6 * * mon-fri", zone)),
        entry("night", Cron("30 2 * * *", zone)),
        entry("sunday", Cron("30 1 * * sun", zone)),
        jobs=4,
    )
    world.go(end)
    return world


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


@pytest.mark.parametrize(
    ("zone", "monday", "change", "wire"),
    [
        (BERLIN, "2026-11-16", "Sun 02:30", ("00:00", "12:00")),
        (BERLIN, "2026-03-23", "Sun 03:00", ("00:00", "13:00")),
        (BERLIN, "2026-10-19", "Sun 02:30", ("00:00", "11:00", "23:00")),
        (NEW_YORK, "2026-03-02", "Sun 03:00", ("00:00", "13:00")),
        (NEW_YORK, "2026-10-26", "Sun 02:30", ("00:00", "11:00", "23:00")),
    ],
)
def test_week_has_each_crawl_at_its_times(
    zone: ZoneInfo, monday: str, change: str, wire: tuple[str, ...]
) -> None:
    world = week(zone, monday)
    first = "Mon 00:00"  # what never ran is due at once
    assert world.times("office", zone) == [first, *(f"{day} 06:00" for day in DAYS[:5])]
    assert world.times("night", zone) == [first, *(f"{day} 02:30" for day in DAYS), change]
    assert world.times("sunday", zone) == [first, "Sun 01:30"]
    evenly = [f"{day} {hour}" for day in DAYS for hour in ("00:00", "12:00")]
    assert world.times("wire", zone) == evenly + [f"Sun {hour}" for hour in wire]


def test_downtime_is_made_up_for_once(tmp_path: Path) -> None:
    path = tmp_path / "schedule.json"
    world = World(NOON).open(entry("wire", Every(span("1h"))), path=path)
    world.go(NOON + 61 * MINUTE)
    world.now += 600 * MINUTE
    world.open(entry("wire", Every(span("1h"))), path=path)  # a new process
    world.go(NOON + 729 * MINUTE)
    hours = [(moment - NOON) / dt.timedelta(hours=1) for _, moment in world.started]
    assert [round(hour, 2) for hour in hours] == [0, 1, 11.02, 12]


def test_clock_that_is_set_back_costs_one_crawl(tmp_path: Path) -> None:
    world = World(NOON).open(entry("wire", Every(span("1h"))), path=tmp_path / "schedule.json")
    world.go(NOON + 2 * MINUTE)
    world.now -= dt.timedelta(days=400)
    world.go(world.now + 59 * MINUTE)
    assert len(world.started) == 2


def test_crawl_that_still_runs_is_left_out_and_said() -> None:
    world = World(NOON, minutes={"wire": 90}).open(entry("wire", Every(span("1h"))))
    world.go(NOON + 130 * MINUTE)
    assert [moment - NOON for _, moment in world.started] == [0 * MINUTE, 120 * MINUTE]
    assert "wire: left out, the last crawl is running for 60 min" in world.lines
    assert world.runner.left_out == 1


def test_no_more_crawls_run_at_once_than_there_are_jobs() -> None:
    world = World(NOON).open(entry("a"), entry("b"), entry("c"), jobs=2)
    world.step()
    assert list(world.runner.running) == ["a", "b"]
    world.go(NOON + 3 * MINUTE)
    assert [name for name, _ in world.started] == ["a", "b", "c"]


def test_entries_of_one_site_wait_for_each_other() -> None:
    again = replace(entry("bugle-refetch"), sources=frozenset({"bugle"}))
    world = World(NOON).open(entry("bugle"), again, entry("clarion"), jobs=3)
    world.step()
    assert list(world.runner.running) == ["bugle", "clarion"]
    world.go(NOON + 3 * MINUTE)
    assert world.started[-1] == ("bugle-refetch", NOON + MINUTE)


def test_what_waited_longest_begins_first() -> None:
    late, early = entry("late", Every(span("4h"))), entry("early", Every(span("1h")))
    world = World(NOON, minutes={"long": 300}).open(late, early, entry("long"), jobs=1)
    world.go(NOON + 305 * MINUTE)
    assert [name for name, _ in world.started] == ["late", "early", "long", "early", "late"]


def test_crawl_over_its_budget_is_asked_to_end() -> None:
    world = World(NOON, minutes={"wire": 999}).open(entry("wire", budget="10m"))
    world.go(NOON + 13 * MINUTE)
    [ended] = world.runner.ended
    assert world.crawls[0].signals == ["terminate"]
    assert (ended.code, ended.reason) == (1, "over its budget, 0:10:00")
    assert "wire: over its budget, 0:10:00; it is ended" in world.lines


def test_crawl_that_heeds_nothing_is_killed_after_the_grace_period() -> None:
    world = World(NOON, minutes={"wire": 999}, deaf=frozenset({"wire"}))
    world.open(entry("wire", budget="10m")).go(NOON + 15 * MINUTE)
    assert world.crawls[0].signals == ["terminate", "kill"]
    assert world.runner.ended[0].reason == "over its budget, 0:10:00"


def test_clock_that_is_set_changes_no_budget() -> None:
    world = World(NOON, minutes={"wire": 5}).open(entry("wire", budget="10m"))
    world.step()
    world.now += dt.timedelta(days=1)
    world.step()
    assert world.crawls[0].signals == []


@pytest.mark.parametrize("code", [-11, 1])
def test_process_that_dies_is_an_error(code: int) -> None:
    world = World(NOON, codes={"wire": code}).open(entry("wire"))
    world.go(NOON + 3 * MINUTE)
    [ended] = world.runner.ended
    assert (ended.code, ended.reason) == (1, f"its process ended with {code}")


def test_crawl_that_is_killed_after_an_interruption_was_interrupted() -> None:
    world = World(NOON, minutes={"a": 99}, deaf=frozenset({"a"})).open(entry("a"))
    world.step()
    world.runner.stop(world.tick)
    world.runner.kill()
    world.step()
    [ended] = world.runner.ended
    assert (ended.code, ended.reason) == (11, "its process ended with -9")


def test_stopped_runner_ends_what_runs_and_begins_nothing() -> None:
    world = World(NOON, minutes={"a": 99}).open(entry("a"), entry("b"), jobs=1)
    world.step()
    world.runner.stop(world.tick)
    world.go(NOON + 2 * MINUTE)
    assert [name for name, _ in world.started] == ["a"]
    assert [one.code for one in world.runner.ended] == [11]
    assert world.runner.is_done(world.now)


def test_end_of_a_crawl_is_one_line() -> None:
    world = World(NOON).open(entry("wire"))
    world.go(NOON + 3 * MINUTE)
    assert world.lines == ["wire: started", "wire: 1 new, 0 known, ok, 60 s"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([], 0), ([0, 5], 5), ([5, 3, 0], 3), ([3, 4], 4), ([4, 11], 11), ([11, 1], 1), ([1, 2], 2)],
)
def test_worst_of_exit_codes_counts(codes: list[int], expected: int) -> None:
    assert worst(codes) == expected
