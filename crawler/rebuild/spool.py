"""What articles are to hold, on disk until it is compared and written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

from crawler.index import Value


@dataclass(frozen=True, slots=True)
class Place:
    """Where a content lies in the spool."""

    offset: int
    length: int


class Spool:
    """One file without a name: it ends with the process, however that dies."""

    def __init__(self, root: Path) -> None:
        """Open it in *root* (``DATA_DIR``), where there is room for articles."""
        self._file = TemporaryFile(dir=root)
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

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
