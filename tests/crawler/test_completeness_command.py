"""``scrapy completeness``: the table, the object, what is wrong usage."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.link import Link
from crawler.state import Finish, Named, State
from crawler.summary import ERROR, OK, USAGE

Output = pytest.CaptureFixture[str]
Scrapy = Callable[..., int]

TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    state = State(f"sqlite:///{tmp_path / 'state.db'}")
    links = [Link(f"https://dw.example/{number}", origin="feed") for number in range(9)]
    state.take("dw", Named(links=links[:8], out_of_range=links[8:]))
    endings = [
        *(Finish(ending="written") for _ in range(5)),
        Finish(ending="refused", reason="NoContentError: nothing"),
        Finish(ending="failed", reason="HTTP 404"),
    ]
    for link, end in zip(links, endings, strict=False):
        state.finish("dw", link.url, end)
    state.end_run(state.begin_run("dw", "dw"), 0, "ok", {})
    state.take("faz", Named(links=[Link("https://faz.example/1", origin="sitemap")]))
    state.close()
    return tmp_path


def told(scrapy: Scrapy, capsys: Output, data: Path, *arguments: str) -> tuple[int, str, str]:
    code = scrapy("completeness", "-s", f"DATA_DIR={data}", *arguments)
    return (code, *capsys.readouterr())


def test_table_has_a_line_a_site_and_the_reasons(
    scrapy: Scrapy, capsys: Output, data: Path
) -> None:
    table = (
        "site  listed  written  elsewhere  refused  failed  pending  out of range  complete\n"
        "dw         9        5          0        1       1        1             1    62.5 %\n"
        "faz        1        0          0        0       0        1             0     0.0 %\n"
        "dw: 1 refused (NoContentError), 1 failed (HTTP 404)\n"
    )
    assert told(scrapy, capsys, data) == (OK, table, "")


def test_sites_and_a_day_bound_it(scrapy: Scrapy, capsys: Output, data: Path) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    code, table, _ = told(scrapy, capsys, data, "faz", "--since", tomorrow.isoformat())
    assert (code, table.splitlines()[1].split()) == (OK, ["faz", *["0"] * 7])
    _, table, _ = told(scrapy, capsys, data, "faz", "--since", TODAY.isoformat())
    assert table.splitlines()[1].split()[:2] == ["faz", "1"]


def test_object_has_the_figures_of_the_site_too(scrapy: Scrapy, capsys: Output, data: Path) -> None:
    code, lines, _ = told(scrapy, capsys, data, "--json")
    dw, faz = map(json.loads, lines.splitlines())
    assert (code, dw["site"], dw["listed"], dw["share"]) == (OK, "dw", 9, 0.625)
    assert dw["refused"] == {"NoContentError": 1}
    assert dt.datetime.fromisoformat(dw["last_success"]).date() >= TODAY
    assert (faz["last_success"], faz["articles"], faz["median_words"]) == (None, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("faz", "bild"), "no site bild was crawled; those that were: dw, faz"),
        (("--since", "yesterday"), "--since: not a day, such as 2026-11-03: yesterday"),
        (("--sicne", "x"), "unknown option --sicne"),
        (("-s", "STATE_URL=nonsense"), "STATE_URL: no address of a database: nonsense"),
    ],
)
def test_wrong_usage_is_one_line(
    scrapy: Scrapy, capsys: Output, data: Path, arguments: tuple[str, ...], message: str
) -> None:
    expected = (USAGE, "", f"scrapy completeness: {message}\n")
    assert told(scrapy, capsys, data, *arguments) == expected


def test_folder_without_a_state_is_wrong_usage(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    code, _, error = told(scrapy, capsys, tmp_path)
    assert (code, "there is no state in" in error) == (USAGE, True)
    assert list(tmp_path.iterdir()) == []


def test_state_that_cannot_be_opened_is_an_error(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    code, _, error = told(scrapy, capsys, tmp_path, "-s", f"STATE_URL=sqlite:///{tmp_path}")
    assert (code, "unable to open" in error) == (ERROR, True)


def test_help_has_an_example(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("completeness", "--help") == OK
    assert "scrapy completeness faz dw --since 2026-11-01" in capsys.readouterr().out
