import subprocess
import sys
from pathlib import Path

PROGRAM = """
import scrapy
from crawler.limits import Limits
from crawler.processes import KillablePool

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
