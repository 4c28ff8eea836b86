"""Change lines of an index, which a crawl of another site may be writing to."""

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from crawler.files import sync, sync_folder


def rewrite(path: Path, changed: Mapping[str, Sequence[bytes]]) -> None:
    """Replace the lines about each text file in *changed*, by its path, or take them out.

    The new lines stand where the first old one stood, those of other files at the end. The index
    is the old one or the new one, whole, whatever happens.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as old:
        # crawler.index.append waits for this lock, and then looks whether the file is still it
        fcntl.flock(old, fcntl.LOCK_EX)
        partial = path.with_name(f"{path.name}.part")
        with partial.open("wb") as new:
            for line in _lines(old, changed):
                new.write(line + b"\n")
            new.flush()
            sync(new.fileno())
        partial.replace(path)
        sync_folder(path.parent)


def _lines(old: BinaryIO, changed: Mapping[str, Sequence[bytes]]) -> Iterator[bytes]:
    left = dict(changed)
    old.seek(0)
    for line in old:
        if not line.endswith(b"\n"):
            continue  # cut off by a crash; its article comes again
        path = json.loads(line)["path"]
        if path not in changed:
            yield line[:-1]
        else:
            yield from left.pop(path, ())
    for lines in left.values():
        yield from lines
