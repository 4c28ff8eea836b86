import datetime as dt
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.paths import (
    MAX_NAME,
    UNDATED,
    article_path,
    file_day,
    index_path,
    slug,
    source_name,
    version_path,
)
from tests.crawler.storing import FETCHED, URL, an_article

HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    "a\0b",
    "x" * 400,
    "word " * 80,
    "🚀🚀🚀",
    "\u202egnp.exe\u200f",
    "=cmd|' /C calc'!A0",
    "under_score_title",
    "CON",
    "",
]


def test_path_is_source_year_month_then_date_source_slug_and_id() -> None:
    path = article_path(an_article(), URL, FETCHED)
    assert str(path).startswith("articles/example/2024/05/2024-05-04_example_bridge-opens_")


def test_id_is_taken_from_the_identity_alone() -> None:
    first = article_path(an_article(), URL, FETCHED)
    other = article_path(an_article(title="New", published=None), URL, FETCHED)
    assert first.stem[-8:] == other.stem[-8:]


def test_articles_of_one_title_and_day_have_two_paths() -> None:
    assert article_path(an_article(), URL, None) != article_path(an_article(), f"{URL}?p=2", None)


def test_date_is_that_of_the_publishers_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=9))
    late = dt.datetime(2024, 5, 5, 1, 0, tzinfo=zone)  # the 4th in UTC
    assert file_day(an_article(published=late), None) == dt.date(2024, 5, 5)


@pytest.mark.parametrize("published", [None, dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_article_without_a_possible_date_is_filed_under_the_fetch(
    published: dt.date | None,
) -> None:
    assert file_day(an_article(published=published), FETCHED) == FETCHED.date()


def test_article_without_any_date_is_undated() -> None:
    path = article_path(an_article(published=dt.date(1, 1, 1)), URL, None)
    assert path.parts[:3] == ("articles", "example", UNDATED)
    assert path.name.startswith("undated_example_bridge-opens_")


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title_gives_a_plain_name(title: str) -> None:
    assert_is_safe(article_path(an_article(title=title), URL, FETCHED))


@given(title=st.text(), url=st.text(), source=st.text(), day=st.none() | st.dates())
def test_no_title_address_or_source_leaves_the_folder(
    title: str, url: str, source: str, day: dt.date | None
) -> None:
    article = an_article(url, title=title, published=day)
    object.__setattr__(article, "source", source)
    assert_is_safe(article_path(article, url, None))


def assert_is_safe(path: PurePosixPath) -> None:
    assert path.is_relative_to("articles")
    assert ".." not in path.parts
    assert len(version_path(path, 999).name.encode()) <= MAX_NAME
    day, source, words, mark = path.stem.split("_")
    assert all((day, source, words, mark))
    assert set(str(path)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_./")


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Crème brûlée à Łódź", URL, "creme-brulee-a-lodz"),
        ("Køb ØRE, GROẞE Straße, Đà Nẵng", URL, "kob-ore-grosse-strasse-da-nang"),
        ("Encyclopædia, ŒUVRE, Diyarbakır, Æ", URL, "encyclopaedia-oeuvre-diyarbakir-ae"),
        ("Мост открыт в 2021", URL, "bridge-opens"),
        ("Мост", "https://example.org/a/%D0%BC/", "article"),
        ("桥", "https://example.org/", "article"),
        ("", "https://[bad", "article"),
        ("", "https://example.org/a_b.v2.html", "a-b-v2"),
    ],
)
def test_slug_is_from_title_then_address(title: str, url: str, expected: str) -> None:
    assert slug(title, url) == expected


def test_source_that_folds_to_nothing_keeps_a_name_of_its_own() -> None:
    assert source_name("пример") != source_name("новости")


def test_older_text_stands_beside_its_file() -> None:
    path = PurePosixPath("articles/a/2024/05/2024-05-04_a_b_01234567.txt")
    assert str(version_path(path, 2)) == "articles/a/2024/05/2024-05-04_a_b_01234567.v2.txt"


def test_index_is_in_the_publishers_folder() -> None:
    assert str(index_path("my_site")) == "articles/my-site/index.jsonl"
