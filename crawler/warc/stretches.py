"""The bytes of an archive file in stretches: gzip members, or plain records.

A damaged stretch ends alone: the next one is searched for in the bytes behind its beginning.
"""

import hashlib
import re
import zlib
from abc import ABC, abstractmethod
from typing import Protocol

from crawler.record import GZIP, DamagedRecordError, TornRecordError

CHUNK = 1 << 16  # bytes
KEPT = 16 << 20  # bytes of a damaged stretch in which the next one is searched for
MAX_HEAD = 1 << 20  # bytes of all header lines of a record
MAGIC = b"\x1f\x8b\x08"
PROBE = 16  # bytes that tell whether a record begins
MEMBER_START = re.compile(rb"WARC/\d|[a-z]{3,8}:")  # the second is how a record of ARC begins
RECORD_START = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")


class Source(Protocol):
    """What a file or a pipe has in common."""

    def read(self, size: int, /) -> bytes:
        """Return up to *size* bytes; none at the end."""
        ...


class Stretches(ABC):
    """Reads one stretch after another; `read` and `readline` do not pass the end of one.

    Attributes:
        offset: where the stretch begins in the file.
        is_one_record: whether the end of a stretch is that of its record or of the file.
    """

    is_one_record: bool

    def __init__(self, source: Source, start: bytes = b"") -> None:
        """Take a *source* of which the bytes *start* were read before."""
        self.offset = 0
        self._source = source
        self._ahead = start
        self._buffer = bytearray()
        self._used = bytearray()
        self._digest = hashlib.sha256()
        self._length = 0
        self._head = 0
        self._has_ended = True

    @property
    def length(self) -> int:
        """Bytes of the stretch so far, as they are in the file."""
        return self._length

    @property
    def digest(self) -> str:
        """SHA-256 of these bytes, hexadecimal."""
        return self._digest.hexdigest()

    @abstractmethod
    def begin(self) -> bool:
        """Go to the next stretch, from the end of one; tell whether there is any.

        Raises:
            DamagedRecordError: other bytes stand in its place.
        """

    @abstractmethod
    def _fill(self) -> bool:
        """Bring more of the stretch into the buffer; tell whether there was more."""

    @abstractmethod
    def _find(self, raw: bytes) -> int:
        """Return where in *raw* a stretch begins, behind its first byte; -1 for nowhere."""

    def read(self, size: int) -> bytes:
        """Return *size* bytes, fewer where the stretch ends before.

        Raises:
            TornRecordError: the file ends in the middle of the stretch.
            DamagedRecordError: the bytes are not those that were written.
        """
        while len(self._buffer) < size and self._fill():
            pass
        return self._hand_out(min(size, len(self._buffer)))

    def readline(self, _size: int | None = None) -> bytes:
        """Return a line of a header with its end; nothing at the end of the stretch.

        Raises:
            TornRecordError: the file ends in the middle of the stretch.
            DamagedRecordError: the bytes are not those that were written, or no header.
        """
        while (end := self._buffer.find(b"\n")) < 0 and self._fill():
            if len(self._buffer) > MAX_HEAD:
                break
        line = self._hand_out(end + 1 if end >= 0 else len(self._buffer))
        self._head += len(line)
        if self._head > MAX_HEAD:
            raise DamagedRecordError(f"over {MAX_HEAD} bytes of header lines")
        return line

    def begin_record(self) -> None:
        """Count the bytes of header lines anew."""
        self._head = 0

    def resume(self) -> None:
        """Leave a damaged stretch: go to where the next one begins, or to the end of the file."""
        raw = bytes(self._used) + self._ahead
        base = self.offset + self._length - len(self._used)
        while (found := self._find(raw)) < 0:
            chunk = self._source.read(CHUNK)
            if not chunk:
                found = len(raw)
                break
            dropped = max(0, len(raw) - CHUNK)
            raw, base = raw[dropped:] + chunk, base + dropped
        self._ahead = raw[found:]
        self._reset(base + found)
        self._has_ended = True

    def _hand_out(self, size: int) -> bytes:
        found = bytes(self._buffer[:size])
        del self._buffer[:size]
        return found

    def _reset(self, offset: int) -> None:
        self.offset = offset
        self._buffer.clear()
        self._used.clear()
        self._digest = hashlib.sha256()
        self._length = 0
        self._head = 0

    def _use(self, raw: bytes) -> None:
        """Count bytes of the file as the stretch's."""
        self._digest.update(raw)
        self._length += len(raw)
        self._used += raw
        if len(self._used) > KEPT:
            del self._used[:-CHUNK]

    def _look_ahead(self, size: int = 1) -> bytes:
        while len(self._ahead) < size and (chunk := self._source.read(CHUNK)):
            self._ahead += chunk
        return self._ahead


class GzipMembers(Stretches):
    """The members of a gzip file, unpacked; usually each holds one record."""

    is_one_record = False

    def begin(self) -> bool:
        """Go to the next member."""
        while not self._has_ended or self._buffer:
            self._buffer.clear()
            self._fill()
        self._reset(self.offset + self._length)
        start = self._look_ahead(len(MAGIC))
        if not start:
            return False
        self._has_ended = False
        self._unpacker = zlib.decompressobj(GZIP)
        if not start.startswith(MAGIC[: len(start)]):
            raise DamagedRecordError("no gzip member begins here")
        return True

    def _fill(self) -> bool:
        if self._has_ended:
            return False
        if not self._look_ahead():
            raise TornRecordError("the record ends in the middle")
        try:
            self._buffer += self._unpacker.decompress(self._ahead, CHUNK)
        except zlib.error as error:
            raise DamagedRecordError(str(error)) from error
        rest = self._unpacker.unconsumed_tail or self._unpacker.unused_data
        self._use(self._ahead[: len(self._ahead) - len(rest)])
        self._ahead = rest
        self._has_ended = self._unpacker.eof
        return True

    def _find(self, raw: bytes) -> int:
        at = raw.find(MAGIC, 1)
        while at >= 0 and not _begins_member(raw[at : at + CHUNK]):
            at = raw.find(MAGIC, at + 1)
        return at


class PlainRecords(Stretches):
    """The records of a file that is not packed; the end of the last is the end of the file."""

    is_one_record = True

    def begin(self) -> bool:
        """Go to where the last record was read to; empty lines are no record."""
        self._ahead = bytes(self._buffer) + self._ahead
        self._reset(self.offset + self._length)
        while (start := self._look_ahead(2)) and start[:1] in b"\r\n":
            self._ahead = start[1:]
            self._reset(self.offset + 1)
        self._has_ended = not start
        return bool(start)

    def _fill(self) -> bool:
        if not self._look_ahead():
            return False
        self._buffer += self._ahead
        self._ahead = b""
        return True

    def _hand_out(self, size: int) -> bytes:
        found = super()._hand_out(size)
        self._use(found)
        return found

    def resume(self) -> None:
        """Go to where the next record begins, or to the end of the file."""
        self._ahead = bytes(self._buffer) + self._ahead
        super().resume()

    def _find(self, raw: bytes) -> int:
        found = RECORD_START.search(raw, 1)
        return found.start() if found else -1


def _begins_member(raw: bytes) -> bool:
    try:
        start = zlib.decompressobj(GZIP).decompress(raw, PROBE)
    except zlib.error:
        return False
    return MEMBER_START.match(start) is not None


def open_stretches(source: Source) -> Stretches:
    """Return the members or records of *source*, as its first bytes have it."""
    start = source.read(CHUNK)
    kind = GzipMembers if start.startswith(MAGIC) else PlainRecords
    return kind(source, start)
