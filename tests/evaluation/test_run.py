import io
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation import held_out
from evaluation.evaluate import usable
from evaluation.run import as_in_training, errors_of, watch
from evaluation.systems import HELD_OUT, OURS, fingerprint, missing

ABSENT = replace(OURS, name="absent", modules=("no_such_module",))


@pytest.fixture(name="bench")
def harness_of_nothing(tmp_path: Path) -> Path:
    for name in ("systems", "extract", "metrics", "score", "structured", "util"):
        (tmp_path / f"{name}.py").write_text("")
    return tmp_path


def test_errors_are_counted_by_name() -> None:
    records = [{"error": "NoContentError: empty page"}, {"error": "timeout 60s"}, {"text": "a"}]
    assert errors_of(records) == {"NoContentError": 1, "timeout 60s": 1}


def test_progress_off_a_terminal_is_a_line() -> None:
    stream = io.StringIO()
    assert list(watch(iter("abc"), 3, "ours", stream)) == ["a", "b", "c"]
    assert stream.getvalue() == "ours: 3 of 3 pages\n"


def test_system_that_is_not_installed_says_what_is_missing() -> None:
    assert missing(ABSENT) == "not installed: no_such_module"


def test_version_changes_with_the_harness(bench: Path) -> None:
    before = fingerprint(OURS, bench)
    (bench / "metrics.py").write_text("other")
    assert fingerprint(OURS, bench) != before


def test_version_changes_with_the_parts_that_are_off(bench: Path) -> None:
    assert fingerprint(replace(OURS, without=("line rules",)), bench) != fingerprint(OURS, bench)


def test_unknown_system_is_refused() -> None:
    with pytest.raises(SystemExit, match="unknown systems: nobody"):
        usable("ours,nobody")


class PageWithoutAddress:
    id = "quill.example-noon"
    url = "recall::noon"

    def html(self) -> bytes:
        return b""


def test_page_without_an_address_is_held_out_by_its_id(bench: Path) -> None:
    with as_in_training(HELD_OUT, PageWithoutAddress(), bench):
        assert vars(held_out)["domain_of"](bench, "", "") == "quill.example"
