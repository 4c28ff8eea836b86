"""Unpack bodies that are there to their end; Scrapy unpacks what came of one that was cut.

Gzip is unpacked by ISA-L, in half of zlib's time.
"""

import sys
import zlib
from collections.abc import Callable, Sequence
from typing import cast

import brotli
from isal import isal_zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 64 * 1024  # bytes
GZIP_WINDOW = 31  # zlib's number for: gzip, with any window
GZIP_MAGIC = b"\x1f\x8b"
MAX_MEMBERS = 100  # of a gzip body; behind each, all that is left is copied
RAW_WINDOW = -15  # deflate without zlib's head and check sum, as some servers send it
ISAL_ERROR = cast("type[Exception]", isal_zlib.error)  # its stubs call it an instance
ERRORS = (zlib.error, ISAL_ERROR, brotli.error, zstd.ZstdError, EOFError)


class TooLargeError(Exception):
    """A body is larger than the limit, once unpacked."""


class TornBodyError(Exception):
    """A packed body is not there to its end, or is none."""


def unpack(body: bytes, encodings: Sequence[bytes], limit: int) -> tuple[bytes, Sequence[bytes]]:
    """Return what was packed by *encodings*, the outermost last, and those unknown here.

    Raises:
        TornBodyError: a stream does not come to its end.
        TooLargeError: it holds more than *limit* bytes.
    """
    for number, encoding in reversed(list(enumerate(encodings, 1))):
        unpacker = UNPACKERS.get(encoding)
        if unpacker is None:
            return body, encodings[:number]
        try:
            body, has_end = unpacker(body, limit)
        except ERRORS as error:
            raise TornBodyError(f"its {encoding.decode('latin-1')} body: {error}") from error
        if not has_end:
            raise TornBodyError(f"its {encoding.decode('latin-1')} body ends in the middle")
    return body, ()


def _gzip(body: bytes, limit: int) -> tuple[bytes, bool]:
    parts = _Parts(limit)
    for _ in range(MAX_MEMBERS):
        stream = isal_zlib.decompressobj(GZIP_WINDOW)
        parts.add(stream.decompress(body, limit + 1))
        body = stream.unused_data
        if not stream.eof or not body.startswith(GZIP_MAGIC):
            return parts.whole(), stream.eof
    raise TornBodyError(f"its gzip body has over {MAX_MEMBERS} members")


def _deflate(body: bytes, limit: int) -> tuple[bytes, bool]:
    try:
        return _zlib(body, limit, zlib.MAX_WBITS)
    except zlib.error:
        return _zlib(body, limit, RAW_WINDOW)


def _zlib(body: bytes, limit: int, window: int) -> tuple[bytes, bool]:
    stream = zlib.decompressobj(window)
    parts = _Parts(limit)
    while body and not stream.eof:
        parts.add(stream.decompress(body, CHUNK))
        body = stream.unconsumed_tail
    return parts.whole(), stream.eof


def _brotli(body: bytes, limit: int) -> tuple[bytes, bool]:
    stream = brotli.Decompressor()
    parts = _Parts(limit)
    part = stream.process(body, output_buffer_limit=CHUNK)
    while part:
        parts.add(part)
        part = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=CHUNK)
    return parts.whole(), stream.is_finished()


def _zstd(body: bytes, limit: int) -> tuple[bytes, bool]:
    stream = zstd.ZstdDecompressor()
    parts = _Parts(limit)
    part = stream.decompress(body, CHUNK)
    while part:
        parts.add(part)
        part = b"" if stream.eof or stream.needs_input else stream.decompress(b"", CHUNK)
    return parts.whole(), stream.eof


class _Parts:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise TooLargeError(f"over {self._limit} bytes")
        self._parts.append(part)

    def whole(self) -> bytes:
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)


UNPACKERS: dict[bytes, Callable[[bytes, int], tuple[bytes, bool]]] = {
    b"gzip": _gzip,
    b"x-gzip": _gzip,
    b"deflate": _deflate,
    b"br": _brotli,
    b"zstd": _zstd,
}
