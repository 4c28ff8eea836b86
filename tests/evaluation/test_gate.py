from pathlib import Path

import pytest

from evaluation.gate import compare, falls, figures_of, main
from tests.evaluation.scoring import word

RECORDED = {"news": {"pages": 2.0, "f1": 0.97, "date": 0.8}}


def test_fall_within_the_tolerance_passes() -> None:
    assert list(falls(RECORDED, {"news": {"pages": 2.0, "f1": 0.967, "date": 0.9}})) == []


def test_fall_beyond_the_tolerance_is_named() -> None:
    now = {"news": {"pages": 2.0, "f1": 0.9669, "date": 0.8}}
    assert list(falls(RECORDED, now)) == ["news f1"]


def test_set_that_was_not_measured_has_fallen() -> None:
    assert "news f1" in list(falls(RECORDED, {}))


def test_other_number_of_pages_is_no_comparison() -> None:
    now = {"news": {"pages": 3.0, "f1": 0.99, "date": 0.8}}
    assert list(falls(RECORDED, now)) == ["news pages"]


def test_table_shows_before_and_after() -> None:
    table = compare(RECORDED, {"news": {"pages": 2.0, "f1": 0.98}})
    assert table.splitlines()[-1] == "| news | 2 | 97.00 -> 98.00 |  | 80.00 -> - |  |"


def test_figures_leave_out_what_the_gold_does_not_state() -> None:
    records = {"wcxb": {"a": {"scores": word(1.0, title=1.0)}, "b": {"scores": word(0.5)}}}
    assert figures_of(records, {"wcxb": "word"}) == {
        "wcxb": {"pages": 2.0, "f1": 0.75, "title": 1.0}
    }


def test_gate_without_gold_pages_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--bench", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"gate skipped: no gold pages in {tmp_path}\n"
