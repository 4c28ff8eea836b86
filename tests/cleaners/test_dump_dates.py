import datetime as dt

import pytest

from cleaners.dump.dates import (
    Head,
    date_dump,
    date_of_pictures,
    printed_address,
    printed_date,
    read_head,
)
from cleaners.dump.lines import Line

DAY = dt.date(2021, 4, 6)


def lines(*texts: str) -> list[Line]:
    return [Line(text, gap=True) for text in texts]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (" date 2021-04-06 Register\nx", Head(DAY, "", " Register\nx")),
        ("date 2021-04-06\nx", Head(DAY, "", "\nx")),
        (" date 2021-04 The bridge", Head(None, "", "The bridge")),
        (
            " date 2021/4/6 https://a.example/b The bridge",
            Head(DAY, "https://a.example/b", " The bridge"),
        ),
        (" date 2021-04-31 The bridge", Head(None, "", "The bridge")),
        ("The bridge opened", Head(None, "", "The bridge opened")),
        ("date palms bear fruit", Head(None, "", "date palms bear fruit")),
    ],
)
def test_head_is_split_off(text: str, head: Head) -> None:
    found = read_head(text)
    assert (found.day, found.url, found.rest.strip()) == (head.day, head.url, head.rest.strip())


def test_first_address_that_is_no_picture_is_the_page() -> None:
    found = lines("see https://c.example", "https://a.example/b.jpg", "https://a.example/b")
    assert printed_address(found) == "https://a.example/b"
    assert printed_address(lines("no address")) == ""


def test_date_line_goes_before_the_address() -> None:
    head = Head(day=DAY)
    assert date_dump(head, "https://a.example/2020/01/02/b", [], None) == (DAY, "dump")


def test_address_goes_before_the_page() -> None:
    page = lines("Published: May 7, 2021")
    assert date_dump(Head(), "https://a.example/2021/04/06/b", page, None) == (DAY, "url")


def test_page_is_read_last() -> None:
    assert date_dump(Head(), "", lines("By Jane", "6 April 2021 at 10:00"), None) == (DAY, "page")
    assert date_dump(Head(), "", lines("By Jane"), None) == (None, "")


def test_picture_path_is_hexadecimal() -> None:
    assert date_of_pictures(lines("https://cdn.example/img/07e5/04/06/1.jpg")) == DAY
    assert date_of_pictures(lines("https://cdn.example/img/07e5/0c/1f/1.jpg")) == dt.date(
        2021, 12, 31
    )


def test_impossible_day_in_a_picture_path_is_passed_over() -> None:
    assert date_of_pictures(lines("/img/07e5/02/1e/1.jpg", "/img/07e5/04/06/1.jpg")) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "Stand: 06.04.2021, 14:30 Uhr",
        "April 6, 2021 4:15 pm",
        "Publié le 6 avril 2021",
        "Publicado el 6 de abril de 2021",
        "2021年4月6日",
        "Updated 2021-04-06T10:00",
    ],
)
def test_printed_date_is_read(text: str) -> None:
    assert printed_date(lines("By Jane Doe", text)) == DAY


def test_date_in_a_long_line_is_of_something_else() -> None:
    caption = "Walkers wait for the ribbon to be cut on the eastern bank of the gorge in the rain"
    assert printed_date(lines(f"{caption}, April 6, 2021")) is None


def test_words_like_a_date_are_none() -> None:
    assert printed_date(lines("Room 12, 2021", "chapter 3 2021")) is None
