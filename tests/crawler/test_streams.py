"""Standard streams that are closed or cannot hold every character."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.streams import say
from tests.crawler.crawling import ROOT

PROGRAM = """
import os, sys
from crawler.streams import prepare_streams, say
prepare_streams()
number = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
say(sys.stdout, "3 new \\u00b7 data\\n")
os._exit(number)
"""


def run(tmp_path: Path, *closed: int, **environment: str) -> subprocess.CompletedProcess[bytes]:
    def close() -> None:
        for number in closed:
            os.close(number)

    return subprocess.run(  # noqa: S603  # a program of our own
        [sys.executable, "-c", PROGRAM, str(tmp_path / "file")],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        preexec_fn=close,  # the tests start no thread before
        check=False,
    )


@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
def test_no_file_gets_the_number_of_a_closed_stream(
    tmp_path: Path, closed: tuple[int, ...]
) -> None:
    found = run(tmp_path, *closed)
    assert found.returncode > 2, found.stderr
    assert (tmp_path / "file").read_bytes() == b""


def test_character_that_a_locale_does_not_have_is_escaped(tmp_path: Path) -> None:
    assert run(tmp_path, PYTHONIOENCODING="ascii").stdout == b"3 new \\xb7 data\n"


def test_stream_that_takes_nothing_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        say(full, json.dumps({"new": 3}) + "\n")
        say(full, "more")  # goes nowhere, and fails no more
    [record] = caplog.records
    assert record.getMessage().startswith("""nobody could be told '{"new": 3}': [Errno 28]""")
