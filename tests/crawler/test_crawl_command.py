import json
import re
from collections.abc import Callable

import pytest

from cleaners import Site
from crawler import summary
from crawler.commands.crawl import no_spider

Output = pytest.CaptureFixture[str]


def test_site_without_a_spider_is_told_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(name="quillbay", domains=("quillbay-gazette.example",), layouts=())
    monkeypatch.setattr("crawler.commands.crawl.sites", lambda: (site,))
    assert no_spider("quillbay") == (
        "no spider quillbay; write crawler/spiders/quillbay.py, or use"
        " `scrapy crawl news -a site=https://quillbay-gazette.example`"
    )


def test_unknown_name_is_sent_to_the_list() -> None:
    assert no_spider("nosuch") == "no spider nosuch; `scrapy list` shows them"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nosuch",), "no spider nosuch; "),
        (("news", "urls"), "name one spider"),
        (("news", "-a", "site"), "Invalid -a value"),
        (("news", "--sinse=2026-11-01"), "unknown option --sinse"),
    ],
)
def test_usage_error_is_one_line_that_names_the_argument(
    scrapy: Callable[..., int], capsys: Output, arguments: tuple[str, ...], message: str
) -> None:
    assert scrapy("crawl", *arguments) == summary.USAGE
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"scrapy crawl: {message}")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nosuch",), "no spider nosuch; `scrapy list` shows them"),
        (("faz", "-O", "-:jsonl"), "--json and items on standard output exclude each other"),
    ],
)
def test_wrong_usage_is_a_json_object_too(
    scrapy: Callable[..., int], capsys: Output, arguments: tuple[str, ...], reason: str
) -> None:
    assert scrapy("crawl", *arguments, "--json") == summary.USAGE
    end = json.loads(capsys.readouterr().out)
    assert (end["exit_code"], end["end"], end["reason"]) == (2, "usage", reason)
    assert end["spider"] == arguments[0]


@pytest.fixture
def help_text(scrapy: Callable[..., int], capsys: Output) -> str:
    assert scrapy("crawl", "--help") == 0
    return capsys.readouterr().out


def test_help_shows_examples(help_text: str) -> None:
    assert "\n  scrapy crawl news -a site=" in help_text


@pytest.mark.parametrize(
    "name",
    ["since", "until", "limit", "refetch", "urls", "site", "feed", "sitemap", "section"],
)
def test_help_names_every_argument(help_text: str, name: str) -> None:
    assert re.search(rf"\b{name}=", help_text.partition("Arguments, each")[2])


def test_help_names_every_exit_code(help_text: str) -> None:
    codes = sorted(summary.ENDS)
    listed = help_text.partition("Exit codes:")[2]
    assert re.findall(r"^ +(\d+) ", listed, re.MULTILINE) == [str(code) for code in codes]
