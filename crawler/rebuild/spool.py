"""What articles are to hold, on disk until it is compared and written."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from crawler.index import Value


@dataclass(frozen=True, slots=True)
class Place:
    """Where a content lies in the spool."""

    offset: int
    length: int


class Spool:
    """Contents one behind the other in a file."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take an empty *file*."""
        self._file = file
        self._end = 0

    def put(self, content: bytes) -> Place:
        """Keep *content*."""
        self._file.seek(self._end)
        self._file.write(content)
        place = Place(self._end, len(content))
        self._end += len(content)
        return place

    def get(self, place: Place) -> bytes:
        """Return what was kept."""
        self._file.seek(place.offset)
        return self._file.read(place.length)

    def put_entry(self, entry: Mapping[str, Value]) -> Place:
        """Keep a line of the index."""
        return self.put(json.dumps(entry, ensure_ascii=False).encode(errors="replace"))

    def get_entry(self, place: Place) -> dict[str, Value]:
        """Return a line of the index."""
        found: dict[str, Value] = json.loads(self.get(place))
        return found


@contextmanager
def open_spool(root: Path) -> Iterator[Spool]:
    """Open a spool in *root* (``DATA_DIR``), where there is room for articles.

    Its file has no name and ends with the process, however that dies.
    """
    with TemporaryFile(dir=root) as file:
        yield Spool(file)
