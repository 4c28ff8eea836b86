"""Every test that takes ``golden`` runs once a fixture page; ``scrapy`` runs a command."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

from crawler.goldens import Golden
from tests.golden import GOLDENS, TRAM


def pytest_configure() -> None:
    """Heed Ctrl-C where a shell began the tests in the background, which ignores it.

    The programs that tests interrupt would ignore it, too.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at once: one more than there are processors.

    Half of the time goes into crawls in processes of their own, which wait for delays and servers.
    """
    mine = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    return len(mine) + 1


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "golden" in metafunc.fixturenames:
        metafunc.parametrize("golden", GOLDENS, ids=lambda golden: golden.id)


def run_scrapy(*arguments: str) -> int:
    """Run a command as ``scrapy`` does, with the project's settings; return its exit code."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    with pytest.raises(SystemExit) as ended:
        execute(["scrapy", *arguments], settings)
    return int(ended.value.code or 0)


@pytest.fixture(name="scrapy")
def command_line() -> Callable[..., int]:
    """Return what runs a command in this process."""
    return run_scrapy


@pytest.fixture
def copy(tmp_path: Path) -> Golden:
    """Return a golden that may be changed."""
    folder = tmp_path / "fixtures" / "generic"
    folder.mkdir(parents=True)
    for path in (TRAM.page, TRAM.text_file, TRAM.json_file):
        shutil.copy(path, folder)
    return Golden(folder / TRAM.page.name)
