"""What the setting ``SCHEDULE`` may say."""

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.errors import UnusableError
from crawler.schedules.entry import Entry, ScheduleError, read_schedule, read_site
from crawler.schedules.printing import Call, cron, systemd
from crawler.schedules.times import Cron, Every

SPIDERS = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))
PROJECT = "/srv/date line/100%"


def read(*entries: object) -> tuple[Entry, ...]:
    return read_schedule(list(entries), SPIDERS)


def test_entry_names_a_spider_and_its_times() -> None:
    [entry] = read({"site": "faz", "every": "6h", "arguments": {"limit": 50, "refetch": True}})
    assert (entry.name, entry.spider, sorted(entry.sources)) == ("faz", "faz", ["faz"])
    assert entry.arguments == {"limit": "50", "refetch": "yes"}
    assert (entry.rule, entry.budget) == (Every(dt.timedelta(hours=6)), None)


def test_entry_may_name_any_site_a_zone_a_budget_and_itself() -> None:
    [entry] = read(
        {
            "site": "https://www.bugle.example",
            "cron": "0 6 * * mon-fri",
            "zone": "America/New_York",
            "budget": "30m",
            "name": "bugle",
        }
    )
    assert (entry.name, entry.spider) == ("bugle", "news")
    assert entry.arguments == {"site": "https://www.bugle.example"}
    assert entry.rule == Cron("0 6 * * mon-fri", ZoneInfo("America/New_York"))
    assert entry.budget == dt.timedelta(minutes=30)


def test_list_of_pages_is_of_all_its_sites() -> None:
    urls = "https://a.example/1 https://b.example/2"
    [entry] = read({"site": "urls", "every": "1d", "arguments": {"urls": urls}})
    assert len(entry.sources) == 2


def test_cron_without_a_zone_goes_by_the_clock_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawler.schedules.entry.get_localzone", lambda: ZoneInfo("Asia/Tokyo"))
    [entry] = read({"site": "faz", "cron": "@daily"})
    assert entry.rule == Cron("@daily", ZoneInfo("Asia/Tokyo"))


def test_command_line_gives_the_list_as_json() -> None:
    [entry] = read_schedule(json.dumps([{"site": "faz", "every": "6h"}]), SPIDERS)
    assert entry.name == "faz"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("faz", "SCHEDULE, entry 1 (): no entry with a site: faz"),
        ({"every": "6h"}, "SCHEDULE, entry 1 (): no entry with a site: {'every': '6h'}"),
        ({"site": "faz"}, "give it either every, such as 6h, or cron, such as 0 6 * * *"),
        ({"site": "faz", "every": "6h", "cron": "@daily"}, "give it either every, such as 6h"),
        ({"site": "faz", "every": 6}, "every: no length of time, such as 30m, 6h or 1d: 6"),
        ({"site": "faz", "cron": "6 o'clock"}, "cron: 6 o'clock: 2 fields, not 5"),
        ({"site": "faz", "cron": "@daily", "zone": "Berlin"}, "no time zone: Berlin"),
        ({"site": "faz", "every": "6h", "zone": "UTC"}, "zone: it belongs to cron"),
        ({"site": "faz", "every": "6h", "budget": "soon"}, "budget: no length of time"),
        ({"site": "faz", "evry": "6h"}, "evry: there is no such key"),
        ({"site": "nosuch", "every": "6h"}, "(nosuch): no spider nosuch; `scrapy list` shows"),
        ({"site": "faz", "every": "6h", "arguments": "x"}, "arguments: no mapping"),
        (
            {"site": "faz", "every": "6h", "arguments": {"since": "monday"}},
            "(faz): since: not a day, such as 2026-11-03: monday",
        ),
        (
            {"site": "urls", "every": "6h", "arguments": {"urls": "-"}},
            "urls: a crawl that starts by itself has no standard input",
        ),
    ],
)
def test_entry_that_cannot_be_used_is_named(value: object, message: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        read(value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "SCHEDULE: it is empty"),
        ("", "SCHEDULE: it is empty"),
        ("[", "SCHEDULE: no JSON"),
        ({"site": "faz"}, "SCHEDULE: no list of entries"),
        (
            [{"site": "faz", "every": "6h"}, {"site": "faz", "every": "1d"}],
            "SCHEDULE: two entries called faz; give one another name",
        ),
    ],
)
def test_schedule_that_cannot_be_used_is_told(value: object, message: str) -> None:
    with pytest.raises(ScheduleError, match=message):
        read_schedule(value, SPIDERS)


def test_site_of_the_command_line_that_is_none_is_told() -> None:
    with pytest.raises(UnusableError, match="no spider nosuch"):
        read_site("nosuch", {}, SPIDERS)


def test_crontab_calls_the_program_where_it_lies() -> None:
    entries = read({"site": "faz", "every": "6h"}, {"site": "dw", "cron": "0,30 6 * * *"})
    assert cron(entries, Call(Path(PROJECT), "/srv/python")).splitlines() == [
        "# Dateline: faz, dw",
        r"*/5 * * * * cd '/srv/date line/100\%' && /srv/python -m scrapy due >> schedule.log 2>&1",
    ]


@pytest.mark.parametrize("times", [{"every": "7m"}, {"cron": "3 6 * * *"}])
def test_calls_come_each_minute_where_a_time_wants_it(times: dict[str, str]) -> None:
    entries = read({"site": "faz", **times})
    assert "\n* * * * * cd " in cron(entries, Call(Path(PROJECT), "/srv/python"))
    assert "OnCalendar=*:0/1\n" in systemd(entries, Call(Path(PROJECT), "/srv/python"))


def test_systemd_gets_a_service_and_a_timer() -> None:
    units = systemd(read({"site": "faz", "every": "6h"}), Call(Path(PROJECT), "/srv/my python"))
    assert "WorkingDirectory=/srv/date line/100%%\n" in units
    assert 'ExecStart="/srv/my python" -m scrapy due\n' in units
    assert "OnCalendar=*:0/5\n" in units
