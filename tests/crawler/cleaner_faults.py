"""Cleaners that fail in every way a process can; at module level, for they travel by name."""

import datetime as dt
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from cleaners import Article, NoContentError

ONCE = b"killed once "


def clean(page: bytes | str, url: str, fetched: dt.datetime) -> Article:
    """Do what the page says."""
    if page == b"refuse":
        raise NoContentError(f"nothing: {url}")
    if isinstance(page, bytes) and page.startswith(ONCE):
        kill_once(Path(page.removeprefix(ONCE).decode()))
    fault = FAULTS.get(page)
    found = fault() if fault else page
    return Article(url=url, source="ex", title="", text=str(found))


def kill_once(mark: Path) -> None:
    """Be killed, as if for want of memory, where there is no file *mark* yet."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def loop() -> None:
    """Never end, in Python."""
    while True:
        pass


def loop_in_c() -> None:
    """Never end, in C code: no signal handler in Python ever gets a turn."""
    sum(iter(int, 1))


FAULTS: dict[bytes | str, Callable[[], object]] = {
    b"hang": lambda: time.sleep(600),
    b"loop": loop,
    b"loop in C": loop_in_c,
    b"killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    b"crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    b"grow": lambda: bytearray(4 * 1024**3),
    b"bug": lambda: 1 // 0,
    b"pid": os.getpid,
    b"parent": os.getppid,
    b"threads": lambda: os.environ["OMP_NUM_THREADS"],
}
