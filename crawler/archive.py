"""The raw pages: WARC files of one source, one ``response`` record a fetch."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable
from itertools import count
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from crawler.fetch import Fetch
from crawler.files import sync, sync_folder
from crawler.paths import source_name
from crawler.record import (
    GZIP,
    DamagedRecordError,
    Record,
    TornRecordError,
    decode,
    describe_file,
    encode,
)
from crawler.state import Archived

CHUNK = 1 << 16  # bytes


class Archive:
    """Appends pages to the newest file of their source; starts a file where one grows too large.

    A file belongs to one process, so a torn end is never written after.
    """

    def __init__(self, root: Path, *, max_bytes: int) -> None:
        """Take *root* (``DATA_DIR``); nothing is opened before the first page.

        A file that has reached *max_bytes* is followed by another.
        """
        self._root = root
        self._max_bytes = max_bytes
        self._files: dict[str, BinaryIO] = {}
        self._unsynced: set[BinaryIO] = set()

    def write(self, pages: Iterable[Fetch]) -> list[Archived]:
        """Append *pages*; they outlive a power cut when this returns."""
        places = [self._append(page) for page in pages]
        for file in self._unsynced:
            sync(file.fileno())
        self._unsynced.clear()
        return places

    def _append(self, page: Fetch) -> Archived:
        record = encode(page)
        file = self._file(source_name(page.source))
        offset = file.tell()
        self._unsynced.add(file)
        file.write(record)
        file.flush()
        place = Path(file.name).relative_to(self._root).as_posix()
        digest = hashlib.sha256(record).hexdigest()
        return Archived(file=place, offset=offset, length=len(record), digest=digest)

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()
        self._files.clear()
        self._unsynced.clear()

    def _file(self, source: str) -> BinaryIO:
        file = self._files.get(source)
        if file is not None and file.tell() >= self._max_bytes:
            sync(file.fileno())
            self._unsynced.discard(file)
            file.close()
            file = None
        if file is None:
            file = self._files[source] = self._create(source)
        return file

    def _create(self, source: str) -> BinaryIO:
        folder = self._root / PurePosixPath("archive", source)
        folder.mkdir(parents=True, exist_ok=True)
        stamp = f"{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}"
        for serial in count():
            path = folder / f"{source}-{stamp}-{serial:05}.warc.gz"
            try:
                file = path.open("xb")
            except FileExistsError:
                continue
            break
        try:
            file.write(describe_file(path.name))
            sync_folder(folder)
        except OSError:
            file.close()
            raise
        return file


def read_record(path: Path, offset: int) -> Record:
    """Read the page whose record begins at *offset* of the WARC file at *path*.

    Raises:
        TornRecordError: the record's end is missing.
        DamagedRecordError: its bytes are not those that were written.
    """
    place = f"{path} at {offset}"
    member = zlib.decompressobj(GZIP)
    content = bytearray()
    with path.open("rb") as file:
        file.seek(offset)
        # warcio takes a record that was cut off for a short one: the end is looked for here
        while not member.eof:
            chunk = file.read(CHUNK)
            if not chunk:
                raise TornRecordError(f"{place}: the record ends in the middle")
            try:
                content += member.decompress(chunk)
            except zlib.error as error:
                raise DamagedRecordError(f"{place}: {error}") from error
    return decode(bytes(content), place)


def read_archived(root: Path, archived: Archived) -> Record:
    """Read a page at the place the state remembers, below *root* (``DATA_DIR``).

    Raises:
        TornRecordError: the file ends before the record does.
        DamagedRecordError: the bytes there are not those that were written.
    """
    path = root / archived.file
    with path.open("rb") as file:
        file.seek(archived.offset)
        found = file.read(archived.length)
    if len(found) < archived.length:
        raise TornRecordError(
            f"{path} at {archived.offset}: {len(found)} of {archived.length} bytes"
        )
    if hashlib.sha256(found).hexdigest() != archived.digest:
        raise DamagedRecordError(f"{path} at {archived.offset}: not the bytes the state remembers")
    return read_record(path, archived.offset)
