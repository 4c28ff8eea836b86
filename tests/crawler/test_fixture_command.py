import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import responses

from crawler.commands.fixture import counted
from crawler.goldens import Golden
from tests.crawler.terminal import Terminal
from tests.golden import TRAM

Scrapy = Callable[..., int]
Output = pytest.CaptureFixture[str]


@pytest.fixture
def fixtures(copy: Golden) -> Path:
    """Return a folder with one golden, whose text is outdated."""
    copy.text_file.write_text("An older text.\n", encoding="utf-8")
    return copy.page.parent.parent


@responses.activate
def test_address_is_recorded_under_its_last_words(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    responses.get(TRAM.url, body=TRAM.body, content_type="text/html")
    assert scrapy("fixture", "record", TRAM.url, "--fixtures-dir", str(tmp_path)) == 0
    golden = Golden(tmp_path / "generic" / "tram-line-four-returns.html")
    assert (golden.body, golden.text, golden.url) == (TRAM.body, TRAM.text, TRAM.url)
    out = capsys.readouterr().out
    assert out.startswith(f"{golden.id}: recorded\n")
    assert "without" in out


@responses.activate
def test_page_whose_charset_the_header_alone_tells_is_recorded_readable(
    scrapy: Scrapy, tmp_path: Path
) -> None:
    page = TRAM.body.decode().replace('<meta charset="utf-8">', "").replace("customs", "Żółć")
    responses.get(TRAM.url, body=page.encode("cp1250"), content_type="text/html; charset=cp1250")
    arguments = ("--fixtures-dir", str(tmp_path), "--slug", "tram")
    assert scrapy("fixture", "record", TRAM.url, *arguments) == 0
    assert "old Żółć house" in Golden(tmp_path / "generic" / "tram.html").text


def test_file_is_recorded_under_its_name(scrapy: Scrapy, tmp_path: Path) -> None:
    arguments = ("--url", TRAM.url, "--fixtures-dir", str(tmp_path))
    assert scrapy("fixture", "record", str(TRAM.page), *arguments) == 0
    assert Golden(tmp_path / "generic" / "plain-article.html").text == TRAM.text


def test_page_of_a_site_without_rules_is_told(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    arguments = ("--url", TRAM.url, "--fixtures-dir", str(tmp_path))
    assert scrapy("fixture", "record", str(TRAM.page), *arguments) == 0
    assert capsys.readouterr().err == (
        "no rules for bugle.example: filed under generic; write cleaners/sites/NAME.py first\n"
    )


def test_page_that_is_meant_to_be_generic_is_recorded_without_a_word(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    arguments = ("--url", TRAM.url, "--fixtures-dir", str(tmp_path), "--site", "generic")
    assert scrapy("fixture", "record", str(TRAM.page), *arguments) == 0
    assert capsys.readouterr().err == ""


def test_missing_page_is_told_as_such(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("fixture", "record", "no-such.html", "--url", TRAM.url) == 1
    assert capsys.readouterr().err == "not recorded: no such file: no-such.html\n"


@responses.activate
def test_page_that_is_not_to_be_had_is_exit_code_1(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    responses.get(TRAM.url, status=404)
    assert scrapy("fixture", "record", TRAM.url, "--fixtures-dir", str(tmp_path)) == 1
    assert "not recorded: StatusError: 404" in capsys.readouterr().err


def test_standing_fixture_is_not_written_over(
    scrapy: Scrapy, capsys: Output, fixtures: Path
) -> None:
    arguments = ("--url", TRAM.url, "--fixtures-dir", str(fixtures))
    assert scrapy("fixture", "record", str(TRAM.page), *arguments) == 1
    assert "already there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("record", str(TRAM.page)), "needs --url"),
        (("record", str(TRAM.page), "--url", TRAM.url, "--site", "nosuch"), "no site or platform"),
        (("record", str(TRAM.page), "--url", TRAM.url, "--slug", "A b"), "no name for a fixture"),
        (("check", "nosuch"), "no fixture nosuch"),
        (("mend",), "say record with one URL or FILE, check, or accept"),
        ((), "say record with one URL or FILE, check, or accept"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    scrapy: Scrapy, capsys: Output, arguments: tuple[str, ...], why: str
) -> None:
    assert scrapy("fixture", *arguments) == 2
    err = capsys.readouterr().err
    assert why in err
    assert err.count("scrapy fixture record URL|FILE") == 1


def test_check_shows_the_difference_and_writes_nothing(
    scrapy: Scrapy, capsys: Output, fixtures: Path
) -> None:
    assert scrapy("fixture", "check", "--fixtures-dir", str(fixtures)) == 1
    out = capsys.readouterr().out
    assert "\n-An older text.\n" in out
    assert out.endswith("1 page, 1 differs\n")
    assert Golden(fixtures / "generic" / TRAM.page.name).text == "An older text."


def test_check_of_what_agrees_is_exit_code_0(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("fixture", "check", TRAM.id) == 0
    assert capsys.readouterr().out == "1 page, 0 differ\n"


def test_check_names_a_phrase_that_is_back(scrapy: Scrapy, capsys: Output, fixtures: Path) -> None:
    golden = Golden(fixtures / "generic" / TRAM.page.name)
    expected = {**golden.expected, "without": ["Night trams"]}
    golden.json_file.write_text(json.dumps(expected), encoding="utf-8")
    assert scrapy("fixture", "check", "--fixtures-dir", str(fixtures)) == 1
    assert "generic/plain-article: still in the text: Night trams" in capsys.readouterr().out


def test_accept_shows_the_difference_before_it_writes(
    scrapy: Scrapy, capsys: Output, fixtures: Path
) -> None:
    assert scrapy("fixture", "accept", "--yes", "--fixtures-dir", str(fixtures)) == 0
    out = capsys.readouterr().out
    assert "\n-An older text.\n" in out
    assert out.endswith("1 page, 1 accepted, 0 differ\n")
    assert Golden(fixtures / "generic" / TRAM.page.name).text == TRAM.text


def test_accept_of_what_agrees_says_so(scrapy: Scrapy, capsys: Output, copy: Golden) -> None:
    folder = str(copy.page.parent.parent)
    assert scrapy("fixture", "accept", "--fixtures-dir", folder) == 0
    assert capsys.readouterr().out == "1 page, 0 differ\n"


def test_pages_are_counted() -> None:
    assert counted(3, differing=2) == "3 pages, 2 differ\n"


@pytest.mark.parametrize(("answer", "text"), [("y\n", TRAM.text), ("\n", "An older text.")])
def test_accept_asks_on_a_terminal(
    scrapy: Scrapy, monkeypatch: pytest.MonkeyPatch, fixtures: Path, answer: str, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    code = scrapy("fixture", "accept", "generic", "--fixtures-dir", str(fixtures))
    assert code == (0 if text == TRAM.text else 1)
    assert Golden(fixtures / "generic" / TRAM.page.name).text == text


def test_accept_without_a_terminal_writes_nothing(
    scrapy: Scrapy, capsys: Output, monkeypatch: pytest.MonkeyPatch, fixtures: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert scrapy("fixture", "accept", "--fixtures-dir", str(fixtures)) == 1
    assert "say --yes" in capsys.readouterr().out
    assert Golden(fixtures / "generic" / TRAM.page.name).text == "An older text."


def test_help_shows_examples(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("fixture", "--help") == 0
    assert "\n  scrapy fixture check" in capsys.readouterr().out
