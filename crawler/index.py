"""The index of a publisher: one JSON line an article; the last line about a path counts."""

import datetime as dt
import fcntl
import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from crawler.files import sync, sync_folder, write_whole

Value = str | int | bool | list[str] | None
TAIL = 1 << 16  # bytes read at a time in search of the last whole line

logger = logging.getLogger(__name__)


def append(path: Path, entries: Iterable[Mapping[str, Value]]) -> None:
    """Add lines; they outlive a power cut when this returns.

    A line that a crash left without an end is cut away first: its article was not finished
    and will come again.
    """
    lines = (json.dumps(entry, ensure_ascii=False).encode(errors="replace") for entry in entries)
    content = b"".join(line + b"\n" for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with _locked(path) as file:
        _cut_torn_line(file)
        file.write(content)
        file.flush()
        sync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def read(path: Path) -> Iterator[dict[str, Value]]:
    """Yield the entries in the order they were written, without a torn last line.

    A damaged line is left out with a warning: a bad disk or an editor has written it.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                continue
            entry = _parsed(line)
            if entry is None:
                logger.warning("%s: line %d is damaged and left out", path, number)
            else:
                yield entry


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """Open the index and keep others from it; a rebuild may have put a new one in its place."""
    while True:
        with path.open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                yield file
                return


def put_right(path: Path) -> None:
    """Take damaged lines out of an index; the file as it was stays beside it under another name."""
    content = path.read_bytes()
    lines = [line + b"\n" for line in content.split(b"\n")[:-1]]
    good = b"".join(line for line in lines if _parsed(line) is not None)
    if len(good) == sum(map(len, lines)):
        return  # a torn last line is cut away when the next one is added
    aside = path.with_name(f"{path.name}.damaged-{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}")
    logger.warning("%s: damaged lines are taken out, as it was it is %s", path, aside.name)
    write_whole(aside, content)
    write_whole(path, good)


def last(path: Path) -> dict[str, Value] | None:
    """Return the last whole entry; None where there is none, or its line is damaged."""
    with path.open("rb") as file:
        end = _last_line_end(file)
        start = _last_line_end(file, end - 1) if end else 0
        file.seek(start)
        return _parsed(file.read(end - start))


def _parsed(line: bytes) -> dict[str, Value] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _cut_torn_line(file: BinaryIO) -> None:
    end, start = file.seek(0, 2), _last_line_end(file)
    if start < end:
        file.truncate(start)


def _last_line_end(file: BinaryIO, before: int | None = None) -> int:
    """Return the place behind the last line feed in front of *before*, or of the end; else 0."""
    end = file.seek(0, 2) if before is None else max(0, before)
    start = end
    while start > 0:
        stop, start = start, max(0, start - TAIL)
        file.seek(start)
        newline = file.read(stop - start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
    return 0
