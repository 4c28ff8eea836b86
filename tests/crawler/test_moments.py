import datetime as dt

import pytest

from crawler.discovery.moments import instant, moment

INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-03T10:00:00+05:30", dt.datetime(2025, 11, 3, 10, tzinfo=INDIA)),
        ("2025-11-03T10:00Z", dt.datetime(2025, 11, 3, 10, tzinfo=dt.UTC)),
        ("Mon, 03 Nov 2025 10:00:00 +0530", dt.datetime(2025, 11, 3, 10, tzinfo=INDIA)),
        ("Mon, 03 Nov 2025 10:00:00 GMT", dt.datetime(2025, 11, 3, 10, tzinfo=dt.UTC)),
        (" 2025-11-03 ", dt.date(2025, 11, 3)),
        ("2025-11-03T23:30:00", dt.date(2025, 11, 3)),
        ("Mon, 03 Nov 2025 10:00:00", dt.date(2025, 11, 3)),
    ],
)
def test_time_keeps_its_zone_and_is_a_day_without_one(text: str, expected: dt.date) -> None:
    found = moment(text)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize("text", ["", "yesterday", "2025-11", "2025-13-41", "Mon, 99 Nov 2025 1:2"])
def test_what_has_no_day_is_no_moment(text: str) -> None:
    assert moment(text) is None


def test_later_moments_sort_higher_and_no_date_lowest() -> None:
    morning = dt.datetime(2025, 11, 3, 8, tzinfo=dt.UTC)
    assert instant(None) < instant(morning) < instant(dt.date(2025, 11, 3))
