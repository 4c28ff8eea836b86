import json
import shutil
import sys
from collections.abc import Callable
from os import terminal_size

import pytest
import responses

from cleaners import Article, Decision, Trace
from crawler.commands.explain import as_lines
from tests.golden import TRAM

PAGE = str(TRAM.page)
Scrapy = Callable[..., int]
Output = pytest.CaptureFixture[str]
ARTICLE = Article(url="https://bugle.example/a", source="", title="", text="Kept text.")
TRACE = Trace(
    (
        Decision("Menu", kept=False, rule="drop:nav"),
        Decision("Kept\ntext.", kept=True, rule="body"),
        Decision("More menu", kept=False, rule="drop:nav"),
    )
)


def test_every_block_is_a_line_with_sign_and_rule() -> None:
    assert as_lines(ARTICLE, TRACE, width=0).splitlines() == [
        "no title",
        "https://bugle.example/a",
        "no date",
        "",
        "- drop:nav  Menu",
        "+ body      Kept text.",
        "- drop:nav  More menu",
        "",
        "1 kept, 2 removed",
    ]


def test_path_stands_under_its_block() -> None:
    decision = Decision("Kept text.", kept=True, rule="body", path="html > body > div.story > p")
    lines = as_lines(ARTICLE, Trace((decision,)), width=15, with_paths=True).splitlines()
    assert lines[5] == "    html > body > div.story > p"


def test_block_of_a_dump_has_no_path() -> None:
    assert as_lines(ARTICLE, TRACE, width=0, with_paths=True) == as_lines(ARTICLE, TRACE, width=0)


def test_paths_are_shown_where_they_are_asked_for(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("explain", "--paths", PAGE) == 0
    assert "\n    html > body" in capsys.readouterr().out


def test_long_rule_leaves_room_for_the_text_of_others() -> None:
    trace = Trace((*TRACE.decisions, Decision("Card", kept=False, rule=f"drop:{'x' * 90}")))
    lines = as_lines(ARTICLE, trace, width=0).splitlines()
    assert lines[5] == f"+ {'body':32}  Kept text."


def test_line_is_cut_and_coloured_for_a_terminal() -> None:
    lines = as_lines(ARTICLE, TRACE, width=15).splitlines()
    assert lines[5:7] == ["\x1b[32m+ body      Ke…\x1b[0m", "\x1b[31m- drop:nav  Mo…\x1b[0m"]


def test_marks_of_cleaning_are_told() -> None:
    article = Article(url="", source="", title="T", text="x", layout_changed=True, guarded=True)
    told = as_lines(article, TRACE, width=0)
    assert "layout changed" in told
    assert "guarded" in told


def test_page_is_explained_without_colour_in_a_pipe(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("explain", PAGE) == 0
    out = capsys.readouterr().out
    assert "2025-05-12 06:40:00+01:00 (json-ld), Petra Quill, Osric Bane" in out
    assert "Gull77" in out
    assert "\x1b" not in out


def test_page_is_explained_in_colour_on_a_terminal(
    scrapy: Scrapy, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: terminal_size((60, 20)))
    assert scrapy("explain", PAGE) == 0
    assert "\x1b[31m- " in capsys.readouterr().out


def test_json_tells_of_every_block_once(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("explain", "--json", PAGE) == 0
    found = json.loads(capsys.readouterr().out)
    removed = [one for one in found["decisions"] if not one["kept"]]
    kept = [one["text"] for one in found["decisions"] if one["kept"]]
    assert "\n\n".join(kept) == TRAM.text
    assert sum(found["removed"].values()) == len(removed) > 0


def test_removed_blocks_are_counted_by_rule(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("explain", "--removed", PAGE) == 0
    counts = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert sorted(counts, key=lambda row: -int(row[0])) == counts
    assert all(rule for _, rule in counts)


@responses.activate
def test_address_is_fetched(scrapy: Scrapy, capsys: Output) -> None:
    responses.get(TRAM.url, body=TRAM.body)
    assert scrapy("explain", TRAM.url) == 0
    assert TRAM.url in capsys.readouterr().out


@responses.activate
def test_address_with_an_error_is_exit_code_1(scrapy: Scrapy, capsys: Output) -> None:
    responses.get(TRAM.url, status=500)
    assert scrapy("explain", TRAM.url) == 1
    assert capsys.readouterr().out.startswith("StatusError: 500")


def test_refused_page_is_an_object_in_json(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("explain", "--json", "--content-type", "image/png", PAGE) == 1
    assert json.loads(capsys.readouterr().out)["reject"] == "NotHtmlError"


def test_missing_file_is_told_as_such(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("explain", "no-such.html") == 1
    assert capsys.readouterr().out == "no such file: no-such.html\n"


def test_one_page_is_explained_at_a_time(scrapy: Scrapy) -> None:
    assert scrapy("explain", PAGE, PAGE) == 2


def test_help_shows_examples(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("explain", "--help") == 0
    assert "\n  scrapy explain https://" in capsys.readouterr().out
