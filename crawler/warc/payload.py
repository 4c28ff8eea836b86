"""The page in an HTTP response as it came over the wire: unchunked, unpacked."""

import re
import zlib
from collections.abc import Sequence
from io import BytesIO

import brotli
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser

from crawler.record import GZIP, DamagedRecordError

Headers = tuple[tuple[str, str], ...]

PARSER = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)
CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n")
GZIP_MAGIC = b"\x1f\x8b"
STEP = 1 << 16  # bytes
MAX_ENCODINGS = 2


class TooLargeError(Exception):
    """A page is larger than the limit once it is unpacked."""


def split_head(block: bytes) -> tuple[int, Headers, bytes]:
    """Return status, headers and body of an HTTP response; 0 and no headers where it is none."""
    file = BytesIO(block)
    try:
        head = PARSER.parse(file)
    except EOFError:
        return 0, (), b""
    code = head.get_statuscode()
    status = int(code) if code.isdecimal() else 0
    return status, tuple(head.headers), file.read()


def values_of(headers: Sequence[tuple[str, str]], name: str) -> list[str]:
    """Return the values of a header, in their order, in lower case."""
    given = ",".join(value for key, value in headers if key.lower() == name)
    return [value.strip().lower() for value in given.split(",") if value.strip()]


def plain_body(headers: Headers, body: bytes, max_size: int) -> bytes:
    """Return the page as a browser sees it.

    Many archives hold bodies that were unpacked before, under headers that say otherwise: what
    does not look packed is taken as it is.

    Raises:
        DamagedRecordError: the page ends before its end.
        TooLargeError: it has more than *max_size* bytes.
    """
    if "chunked" in values_of(headers, "transfer-encoding"):
        body = unchunk(body)
    encodings = values_of(headers, "content-encoding")
    if len(encodings) > MAX_ENCODINGS:
        raise DamagedRecordError(f"{len(encodings)} content encodings")
    for name in reversed(encodings):
        body = _unpack(name, body, max_size)
    if len(body) > max_size:
        raise TooLargeError(f"over {max_size} bytes")
    return body


def unchunk(body: bytes) -> bytes:
    """Return *body* without the sizes between its chunks; one that has none as it is.

    Raises:
        DamagedRecordError: it ends before the last chunk.
    """
    if not CHUNK_SIZE.match(body):
        return body
    try:
        found: bytes = ChunkedDataReader(BytesIO(body), raise_exceptions=True).read()
    except ChunkedDataException as error:
        raise DamagedRecordError("its chunks end in the middle") from error
    return found


def _unpack(name: str, body: bytes, max_size: int) -> bytes:
    if name in {"gzip", "x-gzip"} and body.startswith(GZIP_MAGIC):
        return _inflate(body, GZIP, name, max_size)
    if name == "deflate" and not _looks_plain(body):
        is_zlib = len(body) > 1 and body[0] & 0x0F == zlib.DEFLATED and not _pair(body) % 31
        return _inflate(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, name, max_size)
    if name == "br" and not _looks_plain(body):
        return _unbrotli(body, max_size)
    return body


def _looks_plain(body: bytes) -> bool:
    return body.lstrip()[:1] in {b"<", b""}


def _pair(body: bytes) -> int:
    return int.from_bytes(body[:2])


def _inflate(body: bytes, window: int, name: str, max_size: int) -> bytes:
    unpacker, found = zlib.decompressobj(window), bytearray()
    try:
        while body and not unpacker.eof:
            found += unpacker.decompress(body, STEP)
            body = unpacker.unconsumed_tail
            _check_size(len(found), max_size)
    except zlib.error as error:
        raise DamagedRecordError(f"{name} body: {error}") from error
    if not unpacker.eof:
        raise DamagedRecordError(f"its {name} body ends in the middle")
    return bytes(found)


def _unbrotli(body: bytes, max_size: int) -> bytes:
    unpacker, found = brotli.Decompressor(), bytearray()
    try:
        found += unpacker.process(body, output_buffer_limit=STEP)
        while not unpacker.is_finished():
            part = unpacker.process(b"", output_buffer_limit=STEP)
            if not part:
                break
            found += part
            _check_size(len(found), max_size)
    except brotli.error as error:
        raise DamagedRecordError(f"br body: {error}") from error
    if not unpacker.is_finished():
        raise DamagedRecordError("its br body ends in the middle")
    return bytes(found)


def _check_size(size: int, max_size: int) -> None:
    if size > max_size:
        raise TooLargeError(f"over {max_size} bytes")
