"""One process at a time works on what is stored of a site."""

import datetime as dt
import fcntl
import json
import os
import resource
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from crawler.errors import DataDirError
from crawler.paths import source_name

FOLDER = "locks"
OTHER_FILES = 1024  # that a crawl may open beside its locks: connections, the archive, the state


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that has a lock."""

    pid: int
    since: str
    """ISO 8601 in UTC, to the second."""

    @classmethod
    def here(cls) -> Self:
        """Return this process, from now on."""
        return cls(pid=os.getpid(), since=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))

    @classmethod
    def read(cls, descriptor: int) -> Self | None:
        """Return what the holder wrote; None in the moment before it has."""
        try:
            return cls(**json.loads(os.pread(descriptor, 1024, 0)))
        except (ValueError, TypeError):
            return None

    def write(self, descriptor: int) -> None:
        """Leave word of this process in its lock."""
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(asdict(self)).encode(), 0)


class LockedError(Exception):
    """Another process works on a site, or runs the schedule; the message names both.

    Attributes:
        name: what is locked: the name of the site.
        holder: the process; None where it has only just taken the lock.
    """

    def __init__(self, name: str, holder: Holder | None) -> None:
        self.name = name
        self.holder = holder
        who = f"process {holder.pid} since {holder.since}" if holder else "another process"
        super().__init__(f"{name} is in use by {who}")


@contextmanager
def site_lock(root: Path, source: str) -> Iterator[None]:
    """Keep every other process from the site called *source* below *root* (``DATA_DIR``).

    Names that share a folder of articles share a lock.

    Raises:
        LockedError: another process has it.
        DataDirError: the file cannot be made, or its file system knows no locks.
    """
    with file_lock(root / FOLDER / f"{source_name(source)}.lock", source):
        yield


@contextmanager
def file_lock(path: Path, name: str) -> Iterator[None]:
    """Keep every other process from what is called *name*, by the file at *path*.

    The lock belongs to an open file, so it ends with its process, however that dies. The file
    stays: one that is deleted while a process has it open would be locked twice.

    Raises:
        LockedError: another process has it.
        DataDirError: the file cannot be made, or its file system knows no locks.
    """
    descriptor = _open(path)
    try:
        _take(descriptor, path, name)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


@contextmanager
def site_locks(root: Path, sources: Collection[str]) -> Iterator[None]:
    """Hold the locks of all *sources*, or of none.

    Raises:
        LockedError: another process has one of them.
        DataDirError: a lock cannot be had, for one thing because the system allows too few files.
    """
    _allow_files(len(sources) + OTHER_FILES)
    # names of one folder share a lock, which would stand in its own way
    folders = {source_name(source): source for source in sorted(sources)}
    with ExitStack() as held:
        for source in folders.values():
            held.enter_context(site_lock(root, source))
        yield


def _allow_files(number: int) -> None:
    """Raise the limit of open files as far as the system lets a process do it by itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # not inherited: a process that outlives the crawl must not hold its lock
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise DataDirError(f"DATA_DIR: cannot write to {path}: {error.strerror}") from error


def _take(descriptor: int, path: Path, name: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        Holder.here().write(descriptor)
    except BlockingIOError as error:
        raise LockedError(name, Holder.read(descriptor)) from error
    except OSError as error:
        raise DataDirError(
            f"DATA_DIR: cannot lock {path}: {error.strerror};"
            " it must be on a file system with locks, such as a local disk"
        ) from error
