import asyncio
import datetime as dt
import gc
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from pathlib import Path

import pytest

from cleaners import Article, CleaningError, NoContentError
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError, MachineError
from crawler.extraction import Extraction, clean_page
from crawler.limits import Limits
from tests.crawler import cleaner_faults
from tests.crawler.crawling import ROOT

URL = "https://ex.com/1"
NOW = dt.datetime(2025, 11, 3, tzinfo=dt.UTC)
LIMITS = Limits(processes=1, timeout=60, memory=2048)
PAGE = b"<html><body><article><h1>Tram</h1>%s</article></body></html>" % (
    b"<p>The tram runs again after a long winter, and the town is glad of it.</p>" * 5
)


@pytest.fixture(scope="module")
def extraction() -> Iterator[Extraction]:
    made = Extraction(LIMITS, cleaner_faults.clean)
    yield made
    made.close()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def children() -> int:
    return len(active_children())


def ends(process: int) -> bool:
    """Wait for the end of a process that is no child; a minute is for a machine under load."""
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    with os.fdopen(descriptor):
        return bool(select.select([descriptor], [], [], 60)[0])


def outcomes(extraction: Extraction, *pages: bytes) -> list[Article | CleaningError]:
    async def clean_all() -> list[Article | CleaningError]:
        return await asyncio.gather(*(extraction.clean(page, URL, NOW) for page in pages))

    return asyncio.run(clean_all())


def test_article_comes_back_from_the_process(extraction: Extraction) -> None:
    [article] = outcomes(extraction, b"text")
    assert isinstance(article, Article)
    assert article.text == "b'text'"


def test_refusal_comes_back_as_itself(extraction: Extraction) -> None:
    [error] = outcomes(extraction, b"refuse")
    assert type(error) is NoContentError
    assert str(error) == f"nothing: {URL}"


def test_crash_costs_its_page_alone(extraction: Extraction) -> None:
    crash, article = outcomes(extraction, b"crash", b"text")
    assert isinstance(crash, ExtractionCrashError)
    assert URL in str(crash)
    assert isinstance(article, Article)


def test_page_that_needs_too_much_memory_is_refused(extraction: Extraction) -> None:
    grown, article = outcomes(extraction, b"grow", b"text")
    assert isinstance(grown, ExtractionCrashError)
    assert isinstance(article, Article)


def test_bug_in_the_cleaners_is_raised(extraction: Extraction) -> None:
    with pytest.raises(ZeroDivisionError, match="integer division"):
        outcomes(extraction, b"bug")


def test_hang_ends_with_the_time_limit_and_costs_its_page_alone() -> None:
    impatient = Extraction(Limits(processes=1, timeout=0.2, memory=2048), cleaner_faults.clean)
    hang, article = outcomes(impatient, b"hang", b"text")
    impatient.close()
    assert isinstance(hang, ExtractionTimeoutError)
    assert isinstance(article, Article)


@pytest.mark.parametrize("page", [b"loop", b"loop in C"])
def test_busy_loop_ends_with_the_limit_of_cpu_time_and_costs_its_page_alone(page: bytes) -> None:
    strict = Extraction(Limits(processes=1, timeout=60, cpu=1, memory=2048), cleaner_faults.clean)
    loop, article = outcomes(strict, page, b"text")
    strict.close()
    assert isinstance(loop, ExtractionTimeoutError)
    assert str(loop) == f"over 1 s of CPU time: {URL}"
    assert isinstance(article, Article)


def test_cpu_time_of_one_page_does_not_count_against_the_next(extraction: Extraction) -> None:
    first, second = outcomes(extraction, b"pid", b"pid")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == second.text


def test_fifty_crashes_in_a_row_leave_nothing_behind(extraction: Extraction) -> None:
    outcomes(extraction, b"crash", b"text")
    gc.collect()  # pools of other tests
    files, processes = open_files(), children()
    found = outcomes(extraction, *[b"crash"] * 50, b"text")
    assert [type(one) for one in found] == [ExtractionCrashError] * 50 + [Article]
    assert children() == processes
    assert open_files() <= files + 4  # the pool may be about to replace the last one


def test_process_that_is_killed_while_idle_is_replaced(extraction: Extraction) -> None:
    [article] = outcomes(extraction, b"pid")
    assert isinstance(article, Article)
    os.kill(int(article.text), signal.SIGKILL)
    first, second = outcomes(extraction, b"text", b"text")
    assert isinstance(first, Article)
    assert isinstance(second, Article)


def test_pool_that_lost_its_lock_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.extraction.GRACE", 0.2)
    limits = Limits(processes=1, timeout=1, memory=2048)
    made = Extraction(limits, cleaner_faults.clean)
    [first] = outcomes(made, b"pid")
    assert isinstance(first, Article)
    os.kill(int(first.text), signal.SIGSTOP)  # it takes no page and gives no lock back
    found = outcomes(made, *[b"text"] * 5)
    made.close()
    assert {type(one) for one in found} == {Article}


def test_pool_whose_fork_server_does_not_answer_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Extraction(Limits(processes=1, timeout=4, memory=2048), cleaner_faults.clean)
    [first] = outcomes(made, b"parent")
    assert isinstance(first, Article)
    os.kill(int(first.text), signal.SIGSTOP)
    with monkeypatch.context() as patch:
        patch.setattr("crawler.extraction.GRACE", 0.2)
        patch.setattr("crawler.processes.PATIENCE", 1.0)
        [second] = outcomes(made, b"killed")  # its process dies, of which nobody learns
    [third] = outcomes(made, b"text")
    made.close()
    assert isinstance(second, CleaningError)
    assert isinstance(third, Article)


def test_machine_without_processes_is_no_fault_of_a_page(
    extraction: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr("crawler.processes.KillablePool.begin_all", break_down)
    with pytest.raises(MachineError, match=r"broke down 2 times: the machine may lack memory"):
        outcomes(extraction, b"text")


def test_page_whose_process_was_killed_once_is_read_again(
    extraction: Extraction, tmp_path: Path
) -> None:
    [article] = outcomes(extraction, cleaner_faults.ONCE + bytes(tmp_path / "killed"))
    assert isinstance(article, Article)


def test_page_whose_process_is_killed_each_time_is_refused(extraction: Extraction) -> None:
    [error] = outcomes(extraction, b"killed")
    assert isinstance(error, ExtractionCrashError)
    assert str(error) == f"process ended with -9: {URL}"


def test_process_computes_in_one_thread(extraction: Extraction) -> None:
    [article] = outcomes(extraction, b"threads")
    assert isinstance(article, Article)
    assert article.text == "1"


@pytest.mark.parametrize("page", ["hang", "loop in C", "text"])
def test_processes_end_when_the_crawl_is_killed(page: str) -> None:
    program = [sys.executable, "-m", "tests.crawler.orphans", page]
    with subprocess.Popen(  # noqa: S603  # the test's own module
        program, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as crawl:
        assert crawl.stdout is not None
        workers = [int(number) for number in crawl.stdout.readline().split()]
        crawl.kill()
    assert len(workers) == 2
    assert all(ends(worker) for worker in workers)


def test_pool_that_never_started_closes() -> None:
    Extraction(LIMITS).close()


def test_pages_are_cleaned_with_the_projects_cleaners() -> None:
    assert "The tram runs again" in clean_page(PAGE, URL, NOW).text


def test_pages_that_go_together_come_back_each_as_itself(extraction: Extraction) -> None:
    kinds = [b"text", b"refuse", b"text", b"crash", b"text", b"grow", b"text"] * 3
    found = outcomes(extraction, *kinds)
    wanted = {b"text": Article, b"refuse": NoContentError}
    assert [type(one) for one in found] == [
        wanted.get(kind, ExtractionCrashError) for kind in kinds
    ]


def test_bug_among_pages_that_go_together_is_raised_for_its_page_alone(
    extraction: Extraction,
) -> None:
    async def clean_all() -> list[object]:
        pages = [b"text"] * 8 + [b"bug"] + [b"text"] * 3
        calls = [extraction.clean(page, URL, NOW) for page in pages]
        return await asyncio.gather(*calls, return_exceptions=True)

    found = asyncio.run(clean_all())
    assert [type(one) for one in found].count(Article) == 11
    assert isinstance(found[8], ZeroDivisionError)
