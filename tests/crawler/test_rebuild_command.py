"""``scrapy rebuild``."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cleaners import Article, clean
from crawler.lock import site_lock
from crawler.storage import storage_of
from tests.crawler.newspaper import TOPICS, article
from tests.crawler.rebuilding import InTurn, damage
from tests.crawler.storing import FETCHED, a_crawler, a_fetch, store

Scrapy = Callable[..., int]
Output = pytest.CaptureFixture[str]


@dataclass
class Press:
    """Two sites with two articles each below `root`."""

    root: Path
    scrapy: Scrapy

    def run(self, *arguments: str) -> int:
        return self.scrapy("rebuild", *arguments, "-s", f"DATA_DIR={self.root}")

    def texts(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in self.root.glob("articles/**/*.txt")}


@pytest.fixture
def press(tmp_path: Path, scrapy: Scrapy, monkeypatch: pytest.MonkeyPatch) -> Press:
    monkeypatch.setattr("crawler.rebuild.pages.KillablePool", InTurn)
    crawler = a_crawler(tmp_path)
    with closing(storage_of(crawler)):
        for number, topic in enumerate(TOPICS[:4]):
            source = ("bugle", "courier")[number % 2]
            url = f"https://{source}.example/{topic}"
            body = article(topic, "2024-05-04").encode()
            fetch = a_fetch(clean(body, url, fetched=FETCHED), url=url)
            store(crawler, replace(fetch, body=body, source=source))
    return Press(tmp_path, scrapy)


def with_new_rule(page: bytes | str, url: str, *, fetched: dt.datetime) -> Article:
    """Clean as always, but drop the last paragraph of one article."""
    made = clean(page, url, fetched=fetched)
    if "bridge" not in url:
        return made
    return replace(made, text=made.text.rpartition("\n\n")[0])


@pytest.fixture
def new_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaners.clean", with_new_rule)


def test_every_site_is_told_in_a_line(press: Press, capsys: Output) -> None:
    assert press.run() == 0
    out, err = capsys.readouterr()
    assert out == ("bugle: 2 articles, 2 unchanged\ncourier: 2 articles, 2 unchanged\n")
    assert err == ""


@pytest.mark.usefixtures("new_rule")
def test_exactly_what_a_new_rule_changes_is_shown_and_then_written(
    press: Press, capsys: Output
) -> None:
    before = press.texts()
    assert press.run() == 0
    out, err = capsys.readouterr()
    told = "bugle: 2 articles, 1 text changes (+0 -1 lines), 1 unchanged\n"
    assert out == f"{told}courier: 2 articles, 2 unchanged\n"
    assert err == "nothing was written; --write writes the changes\n"
    assert press.texts() == before
    assert press.run("--write", "--site", "bugle") == 0
    assert capsys.readouterr() == (told, "")
    changed = {name for name, text in press.texts().items() if text != before[name]}
    assert [name.split("_")[2] for name in changed] == ["news-of-the-bridge"]


@pytest.mark.usefixtures("new_rule")
def test_diff_shows_the_lines(press: Press, capsys: Output) -> None:
    assert press.run("--diff") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("--- a/articles/bugle-example/2024/05/2024-05-04_bugle-example_news")
    assert [line[:8] for line in out if line.startswith("-")][1:] == ["-", "-Part 6:"]


@pytest.mark.usefixtures("new_rule")
def test_json_is_one_object(press: Press, capsys: Output) -> None:
    assert press.run("--json", "--write") == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert (found["written"], found["exit_code"], found["in_use"]) == (True, 0, [])
    assert found["sites"][0] == {
        "site": "bugle",
        "articles": 2,
        "unchanged": 1,
        "text": 1,
        "date": 0,
        "header": 0,
        "moved": 0,
        "version": 0,
        "missing": 0,
        "entry": 0,
        "repeated": 0,
        "lines_added": 0,
        "lines_removed": 1,
        "refused": {},
        "new": {},
        "left": {},
    }
    assert err.startswith("bugle: 2 articles")


def test_day_bounds_what_is_cleaned_again(press: Press, capsys: Output) -> None:
    assert press.run("--since", "2024-05-07") == 0
    assert capsys.readouterr().out.startswith("bugle: 0 articles, 0 unchanged\n")


def test_site_that_a_crawl_is_at_is_left_out_and_the_others_are_done(
    press: Press, capsys: Output
) -> None:
    with site_lock(press.root, "bugle"):
        assert press.run("--json") == 5
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert (found["in_use"], [site["site"] for site in found["sites"]]) == (["bugle"], ["courier"])
    assert err.startswith("scrapy rebuild: bugle is in use by process")


def test_damaged_record_is_exit_code_1(press: Press, capsys: Output) -> None:
    [path] = press.root.glob("archive/bugle/*")
    damage(path, 0)
    assert press.run() == 1
    out, err = capsys.readouterr()
    assert "1 left as they are (damaged), 1 unchanged\n" in out
    assert err.startswith("damaged: https://bugle.example/bridge: ")


@pytest.mark.usefixtures("new_rule")
def test_full_disk_is_exit_code_1(
    press: Press, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crawler.rebuild.writing.write_whole", fail)
    assert press.run("--write") == 1
    assert "scrapy rebuild: bugle: [Errno 28] No space left on device" in capsys.readouterr().err


def test_interruption_ends_it_without_a_traceback(
    press: Press, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("crawler.rebuild.site.Replay.take", interrupt)
    assert press.run("--write", "--json") == 11
    out, err = capsys.readouterr()
    assert json.loads(out)["exit_code"] == 11
    assert err == "scrapy rebuild: interrupted; run it again\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--site", "herald"), "no archived page of herald; there are some of bugle, courier"),
        (("--since", "yesterday"), "--since: no day such as 2026-11-01: yesterday"),
        (("bugle",), "it takes no arguments; --site NAME chooses a site"),
        (("--dry-run",), "unknown option --dry-run"),
        (("-s", "STATE_URL=nonsense"), "no address of a database"),
        (("-s", "TEXT_HEADER=xml"), "TEXT_HEADER: not one of yaml, date, none: xml"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    press: Press, capsys: Output, arguments: tuple[str, ...], why: str
) -> None:
    assert press.run(*arguments) == 2
    assert why in capsys.readouterr().err


def test_folder_without_an_archive_is_wrong_usage(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    assert scrapy("rebuild", "-s", f"DATA_DIR={tmp_path}") == 2
    assert "there is no archive in" in capsys.readouterr().err


def test_state_that_cannot_be_opened_is_an_error(press: Press, capsys: Output) -> None:
    assert press.run("-s", f"STATE_URL=sqlite:///{press.root}") == 1
    assert "unable to open" in capsys.readouterr().err


def test_help_shows_examples(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("rebuild", "--help") == 0
    assert "\n  scrapy rebuild --site faz --diff | less" in capsys.readouterr().out
