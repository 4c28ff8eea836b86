"""The index of a publisher: one JSON line an article; the last line about a path counts."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from crawler.files import sync, sync_folder

Value = str | int | bool | list[str] | None
TAIL = 1 << 16  # bytes read at a time in search of the last whole line


def append(path: Path, entry: Mapping[str, Value]) -> None:
    """Add a line; it outlives a power cut when this returns.

    A line that a crash left without an end is cut away first: its article was not finished
    and will come again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with _locked(path) as file:
        _cut_torn_line(file)
        file.write(json.dumps(entry, ensure_ascii=False).encode(errors="replace") + b"\n")
        file.flush()
        sync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def read(path: Path) -> Iterator[dict[str, Value]]:
    """Yield the entries in the order they were written, without a torn last line."""
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                entry: dict[str, Value] = json.loads(line)
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


def _cut_torn_line(file: BinaryIO) -> None:
    end = file.seek(0, 2)
    start = end
    while start > 0:
        start = max(0, start - TAIL)
        file.seek(start)
        newline = file.read(min(TAIL, end - start)).rfind(b"\n")
        if newline >= 0:
            start += newline + 1
            break
    if start < end:
        file.truncate(start)
