"""Tell whether a packed body is there to its end; Scrapy unpacks what came of one that was cut."""

import sys
import zlib
from collections.abc import Callable, Sequence

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 64 * 1024  # bytes
GZIP_WINDOW = 31  # zlib's number for: gzip, with any window
RAW_WINDOW = -15  # deflate without zlib's head and check sum, as some servers send it
ERRORS = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


class TooLargeError(Exception):
    """A body is larger than the limit, once unpacked."""


def is_whole(body: bytes, encodings: Sequence[bytes], limit: int) -> bool:
    """Whether the streams that *body* was packed into, the outermost last, all come to an end.

    True for an encoding that is unknown here. Above *limit* bytes nobody looks: it is refused
    for its size.
    """
    for encoding in reversed(encodings):
        unpack = UNPACKERS.get(encoding)
        if unpack is None:
            return True
        try:
            body, has_end = unpack(body, limit)
        except TooLargeError:
            return True
        except ERRORS:
            return False
        if not has_end:
            return False
    return True


def _gzip(body: bytes, limit: int) -> tuple[bytes, bool]:
    return _zlib(body, limit, GZIP_WINDOW)


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
            raise TooLargeError
        self._parts.append(part)

    def whole(self) -> bytes:
        return b"".join(self._parts)


UNPACKERS: dict[bytes, Callable[[bytes, int], tuple[bytes, bool]]] = {
    b"gzip": _gzip,
    b"x-gzip": _gzip,
    b"deflate": _deflate,
    b"br": _brotli,
    b"zstd": _zstd,
}
