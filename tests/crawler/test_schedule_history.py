"""What is kept of the last crawls outlives the process, and damage to it."""

import datetime as dt
import json
import logging
from pathlib import Path

import pytest

from crawler.schedules.history import History

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(minutes=5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "schedule.json"


def test_start_and_end_are_kept(path: Path) -> None:
    history = History(path)
    history.start("faz", NOON, LATER)
    assert json.loads(path.read_bytes())["faz"]["ended"] == ""
    history.end("faz", LATER, 3)
    assert json.loads(path.read_bytes())["faz"] == {
        "due": "2026-11-25T12:00:00+00:00",
        "started": "2026-11-25T12:05:00+00:00",
        "ended": "2026-11-25T12:05:00+00:00",
        "exit_code": 3,
    }


def test_next_process_knows_for_when_a_crawl_was_due(path: Path) -> None:
    History(path).start("faz", NOON, LATER)
    assert (History(path).due("faz"), History(path).due("dw")) == (NOON, None)


def test_time_that_was_left_out_is_kept_with_the_crawl_that_runs(path: Path) -> None:
    history = History(path)
    history.start("faz", NOON, NOON)
    history.leave_out("faz", LATER)
    kept = json.loads(path.read_bytes())["faz"]
    assert (kept["due"], kept["started"]) == (LATER.isoformat(), NOON.isoformat())


def test_entries_that_are_not_in_the_schedule_stay(path: Path) -> None:
    History(path).start("faz", NOON, NOON)
    History(path).start("dw", NOON, NOON)
    assert json.loads(path.read_bytes()).keys() == {"faz", "dw"}


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"faz": ', "\x00\x00"])
def test_damaged_file_counts_as_never_crawled(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    history = History(path)
    assert history.due("faz") is None
    history.start("faz", NOON, NOON)
    assert History(path).due("faz") == NOON


@pytest.mark.parametrize(
    "value", [None, 3, {}, {"due": "noon"}, {"due": "2026-11-25T12:00:00"}, {"due": 3}, {"x": 1}]
)
def test_damaged_entry_costs_no_other(
    path: Path, caplog: pytest.LogCaptureFixture, value: object
) -> None:
    History(path).start("dw", NOON, NOON)
    path.write_text(json.dumps({"faz": value, **json.loads(path.read_bytes())}), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        history = History(path)
    assert (history.due("faz"), history.due("dw")) == (None, NOON)
    assert "faz is damaged, so it counts as never crawled" in caplog.text


def test_without_a_file_nothing_outlives_the_process() -> None:
    history = History(None)
    history.start("faz", NOON, NOON)
    assert history.due("faz") == NOON
