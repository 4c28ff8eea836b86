"""A crawl ends in order, and says why, where its machine has too little of something."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from twisted.internet.error import ConnectBindError
from twisted.python.failure import Failure

from crawler.errors import DataDirError, MachineError
from crawler.extensions.machine import Machine, size
from crawler.failures import counts_against, reason
from crawler.files import warn_once, write_whole
from crawler.middlewares.machine import MachineMiddleware
from crawler.state import State, StateError
from crawler.summary import Summary
from tests.crawler import newspaper
from tests.crawler.crawling import Crawl, site_with_home
from tests.crawler.storing import a_crawler

GIBIBYTE = 1 << 30


class Engine:
    """Notes why it was told to end."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    async def close_spider_async(self, *, reason: str) -> None:
        self.reasons.append(reason)


def free(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> None:
    """Let so many bytes be free, one number at each look."""
    left = iter(numbers)
    monkeypatch.setattr(
        "crawler.extensions.machine.shutil.disk_usage", lambda _: SimpleNamespace(free=next(left))
    )


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Crawler, Engine]:
    """Return a crawl whose end is only noted."""
    monkeypatch.setattr("crawler.storage.deferred_from_coro", run)
    monkeypatch.setattr("crawler.extensions.machine.deferred_from_coro", run)
    crawler, engine = a_crawler(tmp_path, MIN_FREE_BYTES=GIBIBYTE), Engine()
    crawler.engine = engine  # type: ignore[assignment]  # it has what is called here
    return crawler, engine


def run(coroutine: object) -> None:
    with pytest.raises(StopIteration):
        coroutine.send(None)  # type: ignore[attr-defined]


def test_crawl_does_not_begin_without_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, GIBIBYTE - 1)
    with pytest.raises(DataDirError, match=r"^DATA_DIR: 1024 MiB free in .*, MIN_FREE_BYTES is 1 "):
        Machine.from_crawler(a_crawler(tmp_path, MIN_FREE_BYTES=GIBIBYTE))


def test_crawl_ends_once_when_the_room_goes_and_says_why(
    ending: tuple[Crawler, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    crawler, engine = ending
    free(monkeypatch, 2 * GIBIBYTE, GIBIBYTE, 500 << 20)
    kept = Machine.from_crawler(crawler)
    for _ in range(3):
        crawler.signals.send_catch_log(signals.response_received)
    assert engine.reasons == ["no_room"]
    del kept  # signals hold no reference
    crawler.stats.set_value("finish_reason", "no_room")
    code, why = Summary.of(crawler.stats.get_stats()).verdict()
    assert (code, why.endswith("MIN_FREE_BYTES is 1 GiB")) == (1, True)


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KiB"), (812 << 20, "812 MiB")],
)
def test_sizes_are_told_for_people(number: int, told: str) -> None:
    assert size(number) == told


def test_page_that_the_machine_could_not_read_ends_the_crawl(
    ending: tuple[Crawler, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    crawler, engine = ending
    free(monkeypatch, GIBIBYTE)
    kept = Machine.from_crawler(crawler)
    for error in (ValueError("a fault of ours"), MachineError("no processes")):
        failure = Failure(error)  # type: ignore[no-untyped-call]  # as Twisted has it
        crawler.signals.send_catch_log(signals.spider_error, failure=failure)
    assert engine.reasons == ["storage_failed"]
    assert Summary.of(crawler.stats.get_stats()).storage_error == "no processes"
    del kept  # signals hold no reference


def test_connection_without_a_socket_is_no_fault_of_the_server(
    ending: tuple[Crawler, Engine],
) -> None:
    crawler, engine = ending
    middleware = MachineMiddleware.from_crawler(crawler)
    request = Request("https://example.org/")
    middleware.process_exception(request, ConnectionResetError())
    error = ConnectBindError(errno.EMFILE)  # type: ignore[no-untyped-call]  # as Twisted has it
    with pytest.raises(MachineError, match="can be opened: Too many open files") as caught:
        middleware.process_exception(request, error)
    assert engine.reasons == ["storage_failed"]
    assert reason(caught.value) == "this machine"
    assert not counts_against(caught.value, server_is_up=True)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_file_system_without_sync_is_told_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    number: int,
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    warn_once.cache_clear()
    monkeypatch.setattr("crawler.files.os.fsync", refuse)
    for name in ("a.txt", "b.txt"):
        write_whole(tmp_path / name, b"text")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]
    [record] = caplog.records
    assert record.getMessage().startswith("a power cut may lose files: ")


def test_bad_disk_is_no_file_system_without_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("crawler.files.os.fsync", fail)
    with pytest.raises(OSError, match="Input/output error"):
        write_whole(tmp_path / "a.txt", b"text")
    assert not (tmp_path / "a.txt").exists()


def test_state_that_another_program_has_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    State(url).close()
    monkeypatch.setattr("crawler.state.engine.BUSY_TIMEOUT", 1000)
    with closing(sqlite3.connect(tmp_path / "state.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateError, match="database is locked by another program for 1 s"):
            State(url)


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    with site_with_home(tmp_path) as made:
        newspaper.publish(made.site, range(1, 4))
        yield made


def test_exit_code_is_true_though_nobody_reads_the_end(crawl: Crawl) -> None:
    with crawl.start("-a", f"site={crawl.site.url}") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        log = process.stderr.read()
    assert process.returncode == 0, log
    assert "nobody could be told '3 new, 0 known" in log


def test_crawl_without_room_asks_for_nothing(crawl: Crawl) -> None:
    run = crawl.run("-a", f"site={crawl.site.url}", "-s", f"MIN_FREE_BYTES={1 << 60}")
    assert run.returncode == 1
    assert "CRITICAL: the crawl could not start: DATA_DIR: " in run.stderr
    assert crawl.site.asked.total() == 0
