import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.dates import parse_moment
from cleaners.datewords import fold, names, read_words

DAY = dt.date(2021, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "5 March 2021", "March 5th, 2021", "5. März 2021", "le 5 mars 2021", "5 de marzo de 2021",
        "5 de março de 2021", "5 marzo 2021", "5 maart 2021", "5. marts 2021", "5 mars 2021",
        "5. maaliskuuta 2021", "5. märts 2021", "2021. gada 5. marts", "2021 m. kovo 5 d.",
        "5 marca 2021", "5. března 2021", "5. marec 2021", "5 ožujka 2021", "5 март 2021",
        "5 марта 2021 г.", "5 березня 2021", "5 martie 2021", "2021. március 5-én", "5 Mart 2021",
        "5 ΜΑΡΤΊΟΥ 2021", "2021(e)ko martxoaren 5(a)", "5 ta’ Marzu 2021", "5 במרץ 2021",
        "5 مارس 2021", "5 آذار 2021", "5 मार्च 2021", "5 มีนาคม 2564", "5 มี.ค. 2564", "5 Maret 2021",
        "FRI MAR 05 2021", "Mars 5, 2021",
    ],
)  # fmt: skip
def test_day_that_names_its_month_is_read(text: str) -> None:
    assert read_words(text, "") == DAY


def test_name_of_two_words_is_read() -> None:
    assert read_words("15 كانون الثاني 2021", "") == dt.date(2021, 1, 15)


def test_name_of_two_months_is_read_in_the_pages_language() -> None:
    assert read_words("15. listopada 2021", "hr") == dt.date(2021, 10, 15)
    assert read_words("15 listopada 2021", "pl") == dt.date(2021, 11, 15)


@pytest.mark.parametrize("text", ["March 2021", "5 March", "5 days 2021", "40 March 2021", ""])
def test_day_in_part_is_none(text: str) -> None:
    assert read_words(text, "") is None


@pytest.mark.parametrize(
    "text",
    [
        "2021년 3월 5일",
        "2021 年 3 月 5 日",
        "5 tháng 3, 2021",
        "۲۰۲۱/۰۳/۰۵",
        "05.03.2021",
        "5/3/2021",
    ],
)
def test_day_in_numbers_is_read(text: str) -> None:
    assert parse_moment(text) == DAY


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("5 March 2021 10:15 EST", -5),
        ("5. März 2021, 10:15 Uhr MEZ", 1),
        ("Mar 5, 2021 10:15 ET", -5),
    ],
)
def test_zone_in_letters_is_kept(text: str, hours: int) -> None:
    moment = parse_moment(text)
    assert isinstance(moment, dt.datetime)
    assert moment.utcoffset() == dt.timedelta(hours=hours)


def test_each_month_of_each_language_has_a_name() -> None:
    months = {(language, month) for (language, _), month in names().of_language.items()}
    languages = {language for language, _ in months}
    assert len(languages) >= 60
    assert len(months) == 12 * len(languages)


def test_names_are_folded() -> None:
    assert [name for name in names().months if fold(name) != name] == []


@given(st.text(max_size=200), st.sampled_from(["", "en", "hr", "de-DE", "x"]))
def test_any_text_gives_one_answer_and_no_error(text: str, language: str) -> None:
    assert parse_moment(text, language=language) == parse_moment(text, language=language)


PART = st.sampled_from(
    ["5", "31", "0", "2021", "2564", "March", "märz", "de", "10:15", "EST", "٣", "/", "."]
)


@given(st.lists(PART, max_size=9))
def test_parts_of_dates_in_any_order_are_no_error(parts: list[str]) -> None:
    moment = parse_moment(" ".join(parts), zone="Europe/Berlin", language="de")
    assert moment is None or isinstance(moment, dt.date)
