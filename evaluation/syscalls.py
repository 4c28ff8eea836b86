"""System calls of a crawl that change a file below its ``DATA_DIR``, as strace tells them."""

import datetime as dt
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

STRACE = shutil.which("strace")
WRITES = ("write", "pwrite64")
SYNCS = ("fsync", "fdatasync")
NAMES = (*WRITES, *SYNCS, "ftruncate", "rename", "unlink", "mkdir", "openat")
CHANGING = ("O_CREAT", "O_TRUNC", "O_TMPFILE")  # flags of an openat that changes something
STAMP = re.compile(r"20\d{12}")  # in the name of an archive file: the second it was made in
STAMPS = 90  # seconds for which names are guessed
CALL = re.compile(r"(\w+)\((.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """One call, by the main thread of a crawl."""

    name: str
    path: str
    """The first path in it that lies below ``DATA_DIR``."""

    changes: bool
    text: str


def tracing(data: Path, log: Path, names: Sequence[str], paths: Iterable[str] = ()) -> list[str]:
    """Return the command before that of a crawl, to write its calls to *log*.

    Only the main thread is followed: it alone writes below *data*. Where *paths* are given, only
    calls that name one of them count.

    Raises:
        FileNotFoundError: there is no strace.
    """
    if STRACE is None:
        raise FileNotFoundError("strace")
    chosen = [part for path in paths for part in ("-P", path)]
    return [STRACE, "-o", str(log), "-y", "-s", "0", "-e", f"trace={','.join(names)}", *chosen]


def calls_of(log: Path, data: Path) -> Iterator[Call]:
    """Yield the calls of a trace that name a path below *data*."""
    below = re.compile(rf'[<"]({re.escape(str(data))}[^>"]*)[>"]')
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call, path = CALL.match(line), below.search(line)
        if call is None or path is None:
            continue
        changes = call[1] != "openat" or any(flag in line for flag in CHANGING)
        yield Call(call[1], path[1], changes, line)


def names_to_come(paths: Iterable[str]) -> list[str]:
    """Return *paths*; one with the time in its name stands for those of the next seconds."""
    now = dt.datetime.now(dt.UTC)
    stamps = [f"{now + dt.timedelta(seconds=n):%Y%m%d%H%M%S}" for n in range(STAMPS)]
    names: dict[str, None] = {}
    for path in paths:
        found = STAMP.search(Path(path).name)
        given = [path] if found is None else [path.replace(found[0], stamp) for stamp in stamps]
        names.update(dict.fromkeys(given))
    return list(names)


def unsynced(calls: Iterable[Call]) -> dict[Path, int]:
    """Return the files that were written to since they were last synced, with where that begins.

    That is an offset from the start of the file, or below zero one from its end.
    """
    found: dict[Path, int] = {}
    for call in calls:
        path = Path(call.path)
        if call.name in SYNCS and call.text.endswith("= 0"):
            found.pop(path, None)
        elif call.name == "write" and (written := re.search(r"= (\d+)$", call.text)):
            found[path] = found.get(path, 0) - int(written[1])
        elif call.name == "pwrite64" and (at := re.search(r", (\d+)\) += \d+$", call.text)):
            found[path] = min(found.get(path, int(at[1])), int(at[1]))
    return found
