"""When a crawl is due, against times that were worked out by hand."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from crawler.schedules.times import Cron, Every, Once, due, span

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)  # a Wednesday
HOUR = dt.timedelta(hours=1)


def times(expression: str, after: str, number: int, zone: ZoneInfo = BERLIN) -> list[str]:
    """Return the next times after a local one, each with its distance from UTC."""
    rule, moment, found = Cron(expression, zone), dt.datetime.fromisoformat(after), []
    moment = moment.replace(tzinfo=zone).astimezone(dt.UTC)
    for _ in range(number):
        moment = rule.following(moment)
        found.append(f"{moment.astimezone(zone):%a %m-%d %H:%M %z}")
    return found


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 6 * * *", ["Thu 11-26 06:00", "Fri 11-27 06:00", "Sat 11-28 06:00"]),
        ("0 6 * * 0", ["Sun 11-29 06:00", "Sun 12-06 06:00"]),
        ("0 6 * * 7", ["Sun 11-29 06:00", "Sun 12-06 06:00"]),
        ("0 6 * * 1", ["Mon 11-30 06:00", "Mon 12-07 06:00"]),
        ("0 6 * * mon-fri", ["Thu 11-26 06:00", "Fri 11-27 06:00", "Mon 11-30 06:00"]),
        ("0 6 * * SAT,sun", ["Sat 11-28 06:00", "Sun 11-29 06:00", "Sat 12-05 06:00"]),
        ("0 6 * * 5-7", ["Fri 11-27 06:00", "Sat 11-28 06:00", "Sun 11-29 06:00"]),
        (
            "0 6 13 * fri",
            ["Fri 11-27 06:00", "Fri 12-04 06:00", "Fri 12-11 06:00", "Sun 12-13 06:00"],
        ),
        ("0 6 13 * *", ["Sun 12-13 06:00", "Wed 01-13 06:00"]),
        ("*/20 13 * * *", ["Wed 11-25 13:20", "Wed 11-25 13:40", "Thu 11-26 13:00"]),
        ("5-20/5,40 8 1 dec *", ["Tue 12-01 08:05", "Tue 12-01 08:10", "Tue 12-01 08:15"]),
        ("30 */6 * * *", ["Wed 11-25 18:30", "Thu 11-26 00:30", "Thu 11-26 06:30"]),
        ("0 0 29 2 *", ["Tue 02-29 00:00"]),
        ("@hourly", ["Wed 11-25 14:00", "Wed 11-25 15:00"]),
        ("@daily", ["Thu 11-26 00:00", "Fri 11-27 00:00"]),
        ("@midnight", ["Thu 11-26 00:00"]),
        ("@weekly", ["Sun 11-29 00:00", "Sun 12-06 00:00"]),
        ("@monthly", ["Tue 12-01 00:00", "Fri 01-01 00:00"]),
        ("@Yearly", ["Fri 01-01 00:00"]),
        ("@annually", ["Fri 01-01 00:00"]),
    ],
)
def test_fields_mean_what_cron_means(expression: str, expected: list[str]) -> None:
    found = times(expression, "2026-11-25T13:00", len(expected))
    assert found == [f"{time} +0100" for time in expected]


@pytest.mark.parametrize(
    ("zone", "expression", "after", "expected"),
    [
        (
            *(BERLIN, "30 2 * * *", "2026-03-28T12:00"),
            ["Sun 03-29 03:00 +0200", "Mon 03-30 02:30 +0200"],
        ),
        (
            *(NEW_YORK, "30 2 * * *", "2026-03-07T12:00"),
            ["Sun 03-08 03:00 -0400", "Mon 03-09 02:30 -0400"],
        ),
        (
            *(BERLIN, "*/15 2 * * *", "2026-03-28T12:00"),
            ["Sun 03-29 03:00 +0200", "Mon 03-30 02:00 +0200"],
        ),
        (
            *(BERLIN, "30 */2 * * *", "2026-03-29T00:00"),
            ["Sun 03-29 00:30 +0100", "Sun 03-29 03:00 +0200", "Sun 03-29 04:30 +0200"],
        ),
        (
            *(BERLIN, "30 * * * *", "2026-03-29T01:00"),
            ["Sun 03-29 01:30 +0100", "Sun 03-29 03:30 +0200"],
        ),
    ],
)
def test_time_in_the_hour_that_clocks_skip_comes_once(
    zone: ZoneInfo, expression: str, after: str, expected: list[str]
) -> None:
    assert times(expression, after, len(expected), zone) == expected


@pytest.mark.parametrize(
    ("zone", "expression", "after", "expected"),
    [
        (
            *(BERLIN, "30 2 * * *", "2026-10-24T12:00"),
            ["Sun 10-25 02:30 +0200", "Mon 10-26 02:30 +0100"],
        ),
        (
            *(NEW_YORK, "30 1 * * *", "2026-10-31T12:00"),
            ["Sun 11-01 01:30 -0400", "Mon 11-02 01:30 -0500"],
        ),
        (
            *(BERLIN, "*/30 2 * * *", "2026-10-24T12:00"),
            ["Sun 10-25 02:00 +0200", "Sun 10-25 02:30 +0200", "Mon 10-26 02:00 +0100"],
        ),
        (
            *(BERLIN, "30 * * * *", "2026-10-25T02:00"),
            ["Sun 10-25 02:30 +0200", "Sun 10-25 02:30 +0100", "Sun 10-25 03:30 +0100"],
        ),
    ],
)
def test_time_in_the_hour_that_clocks_repeat_comes_once(
    zone: ZoneInfo, expression: str, after: str, expected: list[str]
) -> None:
    assert times(expression, after, len(expected), zone) == expected


def test_start_within_the_repeated_hour_does_not_bring_its_times_back() -> None:
    second_pass = dt.datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1).astimezone(dt.UTC)
    following = Cron("30 2 * * *", BERLIN).following(second_pass)
    assert following == dt.datetime(2026, 10, 26, 1, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("0 6 * *", "4 fields, not 5: minute hour day month weekday"),
        ("0 0 6 * * *", "6 fields, not 5: minute hour day month weekday"),
        ("@reboot", "1 fields, not 5: minute hour day month weekday"),
        ("", "0 fields, not 5: minute hour day month weekday"),
        ("61 * * * *", "Bad minute"),
        ("0 24 * * *", "Bad hour"),
        ("0 6 * * 8", "Bad day-of-week"),
        ("0 6 * * mon-sun", "Bad day-of-week"),
        ("0 6 * 13 *", "Bad month"),
        ("*/0 * * * *", "Bad minute"),
        ("0 0 31 2 *", "Bad day-of-month"),
    ],
)
def test_what_is_no_crontab_is_told(expression: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        Cron(expression, BERLIN)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("30m", 1800), ("6h", 21600), ("1d", 86400), ("2w", 1209600), (" 5 m", 300)],
)
def test_length_of_time_is_read(text: str, seconds: int) -> None:
    assert span(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "6", "h", "0m", "-1h", "1.5h", "6 hours", "1h30m"])
def test_what_is_no_length_of_time_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="no length of time, such as 30m, 6h or 1d"):
        span(text)


def test_crawl_that_never_ran_is_due_at_once() -> None:
    assert due(Cron("0 6 1 1 *", BERLIN), None, NOON) == NOON


def test_steps_are_due_once_and_keep_their_pace() -> None:
    rule = Every(HOUR)
    assert due(rule, NOON, NOON + 0.99 * HOUR) is None
    assert due(rule, NOON, NOON + 1.08 * HOUR) == NOON + HOUR


def test_steps_that_a_downtime_missed_are_due_once() -> None:
    last = due(Every(HOUR), NOON, NOON + 10.5 * HOUR)
    assert last == NOON + 10 * HOUR
    assert due(Every(HOUR), last, NOON + 10.6 * HOUR) is None


def test_times_of_a_crontab_that_a_downtime_missed_are_due_once() -> None:
    rule, back = Cron("0 * * * *", BERLIN), NOON + 10.5 * HOUR
    last = due(rule, NOON, back)
    assert last == back
    assert due(rule, last, NOON + 10.9 * HOUR) is None
    assert due(rule, last, NOON + 11 * HOUR) is not None


def test_clock_that_was_set_back_forgets_the_last_start() -> None:
    rule, before = Every(HOUR), NOON - 365 * 24 * HOUR
    last = due(rule, NOON, before)
    assert last == before
    assert due(rule, last, before + HOUR) == before + HOUR


def test_clock_that_was_set_back_by_a_moment_starts_nothing() -> None:
    assert due(Every(HOUR), NOON, NOON - dt.timedelta(seconds=1)) is None


def test_what_is_due_once_is_not_due_again() -> None:
    assert due(Once(), None, NOON) == NOON
    assert due(Once(), NOON, NOON + 10000 * HOUR) is None
