"""The page in an HTTP response as it came over the wire: unchunked, unpacked."""

import re
from collections.abc import Sequence
from io import BytesIO

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser

from crawler.record import DamagedRecordError
from crawler.unpacking import GZIP_MAGIC, TooLargeError, TornBodyError, unpack

Headers = tuple[tuple[str, str], ...]

PARSER = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)
CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n")
MAX_ENCODINGS = 2


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
    is_gzip = name in {"gzip", "x-gzip"} and body.startswith(GZIP_MAGIC)
    if not is_gzip and (name not in {"deflate", "br", "zstd"} or _looks_plain(body)):
        return body
    try:
        return unpack(body, [name.encode()], max_size)[0]
    except TornBodyError as error:
        raise DamagedRecordError(str(error)) from error


def _looks_plain(body: bytes) -> bool:
    return body.lstrip()[:1] in {b"<", b""}
