"""Change lines of an index, which a crawl of another site may be writing to."""

import fcntl
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.files import sync, sync_folder


@dataclass(frozen=True, slots=True)
class Lines:
    """The new lines about one article."""

    paths: frozenset[str]
    """Text files of which the old lines go: where the article was, and where it is."""

    new: tuple[bytes, ...]
    """None where it is no article any more, or is in another index."""


def rewrite(path: Path, changed: Sequence[Lines]) -> None:
    """Replace the lines about some articles, or take them out.

    The new lines stand where the first old one stood, those of new articles at the end. The index
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


def _lines(old: BinaryIO, changed: Sequence[Lines]) -> Iterator[bytes]:
    left = dict(enumerate(changed))
    numbers = {path: number for number, lines in left.items() for path in lines.paths}
    old.seek(0)
    for line in old:
        if not line.endswith(b"\n"):
            continue  # cut off by a crash; its article comes again
        number = numbers.get(json.loads(line)["path"])
        if number is None:
            yield line[:-1]
        elif number in left:
            yield from left.pop(number).new
    for lines in left.values():
        yield from lines.new
