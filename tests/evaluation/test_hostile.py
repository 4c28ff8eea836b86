import pytest

from evaluation.hostile import OK, in_child, main, result_of, table_of
from evaluation.hostile_pages import FIRST, PAGES, HostilePage, page

NAMES = [hostile.name for hostile in PAGES]


def test_every_page_has_its_own_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_whole_text_passes() -> None:
    assert result_of(HostilePage("plain", page, may_refuse=False), page()) == OK


def test_lost_text_fails_and_is_named() -> None:
    hostile = HostilePage("plain", page, may_refuse=False, wanted=(FIRST, "The dog"))
    assert result_of(hostile, page()) == "FAIL: lost 'The dog'"


def test_refusal_passes_where_it_may_be() -> None:
    hostile = HostilePage("empty", lambda: b"", may_refuse=True)
    assert result_of(hostile, b"").startswith("refused: NoContentError")


def test_refusal_of_a_page_that_must_be_read_fails() -> None:
    hostile = HostilePage("empty", lambda: b"", may_refuse=False)
    assert result_of(hostile, b"").startswith("FAIL: NoContentError")


def test_page_is_cleaned_in_a_process_of_its_own() -> None:
    outcome = in_child("deep JSON")
    assert outcome["result"] == OK


def test_process_that_dies_is_a_failure() -> None:
    assert in_child("no such page")["result"] == (
        "FAIL: ValueError: not enough values to unpack (expected 1, got 0)"
    )


def test_table_leaves_empty_what_was_not_measured() -> None:
    assert table_of({"huge": {"result": "FAIL: SIGKILL"}}).endswith(
        "| huge |  |  | FAIL: SIGKILL |"
    )


def test_exit_code_tells_that_all_passed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "no bytes"]) == 0
    assert capsys.readouterr().out.endswith("0 of 1 fail\n")
