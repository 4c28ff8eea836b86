import csv
import dataclasses
import datetime as dt
import io
import json

import pytest
import yaml

from cleaners import Article, Entry
from crawler.formats import ENDINGS, RENDERERS, WITH_METADATA, csv_header

ARTICLE = Article(
    url="https://bugle.example/tram",
    source="bugle-example",
    title="Tram Returns",
    text="Trams run again.\n\nNine minutes, *at most*.",
    lead="Trams run again.",
    authors=("Petra Quill", "Osric Bane"),
    published=dt.datetime(2025, 5, 12, 6, 40, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    modified=dt.date(2025, 5, 13),
    date_source="json-ld",
    tags=("quay", "trams"),
    language="en",
    access="free",
    captions=("A tram",),
)


def test_json_is_one_line_that_begins_with_the_text() -> None:
    line = RENDERERS["json"](ARTICLE)
    assert line.startswith('{"text": "Trams run again.')
    assert line.count("\n") == 1


def test_json_has_dates_as_iso_and_tuples_as_lists() -> None:
    found = json.loads(RENDERERS["json"](ARTICLE))
    assert (found["date"], found["modified"], found["authors"], found["access"]) == (
        "2025-05-12T06:40:00+01:00",
        "2025-05-13",
        ["Petra Quill", "Osric Bane"],
        "free",
    )


def test_json_has_null_for_what_is_unknown() -> None:
    found = json.loads(RENDERERS["json"](Article(url="", source="", title="", text="x")))
    assert (found["date"], found["access"], found["section"]) == (None, None, "")


def test_json_has_the_entries_of_a_live_report_last() -> None:
    time = dt.datetime(2025, 5, 12, 14, 5, tzinfo=dt.UTC)
    entry = Entry(text="Trams run.", headline="Noon", time=time, printed="14:05")
    found = json.loads(RENDERERS["json"](dataclasses.replace(ARTICLE, entries=(entry,))))
    assert list(found)[-1] == "entries"
    assert found["entries"] == [
        {
            "time": "2025-05-12T14:05:00+00:00",
            "printed": "14:05",
            "headline": "Noon",
            "text": "Trams run.",
        }
    ]


def test_json_says_whether_pages_are_missing() -> None:
    url = "https://bugle.example/tram?page=3"
    found = json.loads(RENDERERS["json"](dataclasses.replace(ARTICLE, pages=2, next_page=url)))
    assert (found["pages"], found["incomplete"], found["next_page"]) == (2, True, url)


def test_txt_is_the_text_alone() -> None:
    assert RENDERERS["txt"](ARTICLE) == f"{ARTICLE.text}\n"


@pytest.mark.parametrize("form", ["txt", "markdown"])
def test_header_is_yaml_before_the_same_text(form: str) -> None:
    _, header, rest = WITH_METADATA[form](ARTICLE, None).split("---\n")
    assert yaml.safe_load(header)["authors"] == list(ARTICLE.authors)
    assert rest == "\n" + RENDERERS[form](ARTICLE)


def test_markdown_has_the_headline_and_escapes_its_own_marks() -> None:
    assert RENDERERS["markdown"](ARTICLE) == (
        "# Tram Returns\n\nTrams run again.\n\nNine minutes, \\*at most\\*.\n"
    )


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("# one", "\\# one"),
        ("1. one", "1\\. one"),
        ("12) one", "12\\) one"),
        ("- one", "\\- one"),
        ("1.5 litres", "1\\.5 litres"),
        ("one # two", "one # two"),
        ("a [b] <c>", "a \\[b\\] \\<c>"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_markdown_shows_a_line_as_it_is(line: str, escaped: str) -> None:
    article = Article(url="", source="", title="", text=line)
    assert RENDERERS["markdown"](article) == f"{escaped}\n"


def test_csv_row_has_a_cell_for_every_column() -> None:
    rows = csv.DictReader(io.StringIO(csv_header() + RENDERERS["csv"](ARTICLE)))
    [row] = list(rows)
    assert (row["authors"], row["text"], row["section"], row["guarded"]) == (
        "Petra Quill; Osric Bane",
        ARTICLE.text,
        "",
        "False",
    )


def test_csv_cell_is_empty_where_the_value_is_unknown() -> None:
    [row] = csv.DictReader(
        io.StringIO(csv_header() + RENDERERS["csv"](Article(url="", source="", title="", text="x")))
    )
    assert row["date"] == ""


def test_every_format_has_an_ending() -> None:
    assert ENDINGS.keys() == RENDERERS.keys()
