"""The table of the faults, and one fault that shows how the others are tried."""

from pathlib import Path

import pytest

from evaluation.machine import Ended, Fault, Finding, is_there
from evaluation.machine_faults import FAULTS, findings, table_of

NEVER = Fault(name="never", act=lambda machine: machine.crawl(), code=0, needs=("no-such-program",))
WRONG = Finding(
    fault=Fault(name="disk full", act=lambda machine: machine.crawl(), code=1),
    ended=Ended(code=0, reason="x" * 200),
    lost=3,
    wrong=("exit code 0, not 1",),
)


def test_state_that_lost_its_log_is_right_after_the_next_crawl(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [fault] = [fault for fault in FAULTS if fault.name == "state: log deleted"]
    [found] = findings(tmp_path, [fault], 12)
    assert found.wrong == ()
    assert (found.ended is not None and found.ended.code, found.lost) == (0, 0)
    assert capsys.readouterr().err == "1 of 1: state: log deleted: right\n"


def test_fault_that_cannot_be_made_here_is_named() -> None:
    assert not is_there("no-such-program")
    found = Finding(fault=NEVER, ended=None)
    table = table_of([found, WRONG])
    assert table.startswith("1 faults, 0 right, 1 not to be made here\n")
    assert "| never | needs no-such-program |  |  | skipped |" in table
    assert f"| disk full | {'x' * 90}… | 0 | 3 | no |\ndisk full: exit code 0, not 1" in table


def test_names_of_the_faults_differ() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) > 35
