import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cleaners.dates import date_in_url, day_of, is_possible, parse_moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-03T10:15:00+02:00", "2024-05-03T10:15:00+02:00"),
        ("2024-05-03T10:15:00.123+0200", "2024-05-03T10:15:00+02:00"),
        ("2024-05-03 10:15 UTC", "2024-05-03T10:15:00+00:00"),
        ("2024-05-03T08:15:00Z", "2024-05-03T08:15:00+00:00"),
        ("Fri, 03 May 2024 10:15:00 -0500", "2024-05-03T10:15:00-05:00"),
        ("20240503T101500Z", "2024-05-03T10:15:00+00:00"),
        ("1714731300", "2024-05-03T10:15:00+00:00"),
        ("1714731300000", "2024-05-03T10:15:00+00:00"),
    ],
)
def test_time_with_a_zone_is_kept(text: str, expected: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-03", "2024-05-03T10:15:00", "20240503", "03.05.2024", "3.5.2024 um 10:15 Uhr",
        "2024年5月3日 10時15分", "2024/05/03", "May 3, 2024", "Friday, May 3, 2024 at 10:15",
        "3 May 2024", "Fri, 3 May 2024 10:15:00",
    ],
)  # fmt: skip
def test_time_without_a_zone_is_a_day(text: str) -> None:
    assert parse_moment(text) == dt.date(2024, 5, 3)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3. Mai 2024", "de-DE"), ("3 mai 2024", "fr"), ("3 de mayo de 2024", "es"),
        ("3 maggio 2024", "it"), ("3 мая 2024", "ru"), ("3. května 2024", "cs"),
        ("3 mei 2024", "nl"), ("3 Mayıs 2024", "tr"), ("3 maja 2024", "xx"),
    ],
)  # fmt: skip
def test_month_names_are_read_in_the_pages_language(text: str, language: str) -> None:
    assert parse_moment(text, language=language) == dt.date(2024, 5, 3)


def test_known_zone_completes_a_printed_time() -> None:
    moment = parse_moment("03.05.2024, 9:05 Uhr", zone="Europe/Berlin", language="de")
    assert moment == dt.datetime(2024, 5, 3, 9, 5, tzinfo=BERLIN)


def test_universal_time_is_told_in_the_publishers_zone() -> None:
    moment = parse_moment("2024-05-03T23:30:00Z", zone="Europe/Berlin")
    assert moment is not None
    assert moment.isoformat() == "2024-05-04T01:30:00+02:00"


def test_afternoon_is_read_on_the_twelve_hour_clock() -> None:
    moment = parse_moment("05/03/2024 4:07 pm", zone="America/New_York", language="en-US")
    assert moment == dt.datetime(2024, 5, 3, 16, 7, tzinfo=ZoneInfo("America/New_York"))


def test_printed_time_in_words_takes_the_known_zone() -> None:
    moment = parse_moment("May 3, 2024 4:07 PM", zone="America/New_York", language="en-US")
    assert moment == dt.datetime(2024, 5, 3, 16, 7, tzinfo=ZoneInfo("America/New_York"))


def test_zone_in_words_is_kept() -> None:
    moment = parse_moment("May 3, 2024 16:07 GMT", language="en")
    assert moment is not None
    assert moment.isoformat() == "2024-05-03T16:07:00+00:00"


def test_day_first_unless_the_page_is_american() -> None:
    assert parse_moment("03/05/2024", language="en-GB") == dt.date(2024, 5, 3)
    assert parse_moment("05/03/2024", language="en-US") == dt.date(2024, 5, 3)
    assert parse_moment("05/23/2024", language="de") == dt.date(2024, 5, 23)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "May 3", "2024-13-45", "20241399", "99.99.2024", "2024-05-03T99:99:00Z"],
)
def test_impossible_or_relative_date_is_none(text: str) -> None:
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2021/04/06/title", dt.date(2021, 4, 6)),
        ("https://example.org/world/202104061082554961-title/", dt.date(2021, 4, 6)),
        ("https://example.org/20240503/title-1117.html", dt.date(2024, 5, 3)),
        ("https://example.org/news-2024-5-3", dt.date(2024, 5, 3)),
        ("https://example.org/a?d=2024/05/03", None),
        ("https://example.org/article-20991231", dt.date(2099, 12, 31)),
        ("https://example.org/story-1234567", None),
        ("https://example.org/2024/02/31/x", None),
    ],
)
def test_day_in_the_url(url: str, expected: dt.date | None) -> None:
    assert date_in_url(url) == expected


def test_date_after_the_fetch_is_impossible() -> None:
    fetched = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
    assert is_possible(dt.date(2024, 5, 4), fetched)
    assert not is_possible(dt.date(2024, 6, 1), fetched)
    assert not is_possible(dt.date(1970, 1, 1), fetched)


def test_day_of_a_time_is_that_of_its_zone() -> None:
    assert day_of(dt.datetime(2024, 5, 3, 1, tzinfo=BERLIN)) == dt.date(2024, 5, 3)
