import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.processes import Limits


def processes(settings: Settings, *, beside_crawl: bool) -> int:
    return Limits.of(settings, beside_crawl=beside_crawl).processes


@pytest.mark.parametrize(
    ("processors", "beside_crawl", "alone"),
    [(1, 1, 1), (2, 1, 2), (3, 2, 3), (4, 2, 4), (64, 2, 8)],
)
def test_processors_say_how_many_processes_read_pages(
    processors: int, beside_crawl: int, alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)))
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    assert processes(settings, beside_crawl=True) == beside_crawl
    assert processes(settings, beside_crawl=False) == alone


def test_setting_says_how_many_processes_read_pages() -> None:
    settings = Settings(
        {
            "EXTRACTION_PROCESSES": 5,
            "EXTRACTION_TIMEOUT": 60,
            "EXTRACTION_CPU": 10,
            "EXTRACTION_MEMORY_MB": 2048,
        }
    )
    assert processes(settings, beside_crawl=True) == 5
    assert processes(settings, beside_crawl=False) == 5


PROGRAM = """
import scrapy
from crawler.processes import KillablePool, Limits

if __name__ == "__main__":
    pool = KillablePool(Limits(processes=1, timeout=60, memory=2048), "crawler.warm")
    loaded = pool.begin(eval, "__import__('sys').modules.keys() & {'scrapy', 'trafilatura'}")
    print(loaded.result().value)
    pool.end()
"""


def test_processes_load_what_reads_pages_and_not_what_their_program_loads(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603  # the text above
        [sys.executable, program], capture_output=True, text=True, check=False
    )
    assert ended.stdout == "{'trafilatura'}\n", ended.stderr
