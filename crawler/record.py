"""One page as a WARC record: ISO 28500, one gzip member a record."""

import base64
import datetime as dt
import hashlib
import re
import uuid
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.fetch import Fetch
from crawler.link import Link
from crawler.linkfield import read_link, written_link
from crawler.unpacking import TooLargeError, TornBodyError, unpack

# these describe the bytes on the wire; the record holds the body without them
WIRE_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})
ORIGINAL = "X-Original-"
LINK = "Dateline-Link"
"""Field of the WARC header: what led to the page, as JSON; without it a page of the archive could
not be cleaned again as the crawl did."""

RECORD_END = b"\r\n\r\n"
GZIP = 16 + zlib.MAX_WBITS
GZIP_LEVEL = 2  # of 0 to 3, which takes twice as long for 4 % less; zlib six times, for as much
STORED = 0  # zlib's level for what gets no smaller
MAX_BODY = 1 << 30  # bytes, unpacked; no page that a crawl took is as large


class RecordError(Exception):
    """A record cannot be read; the message names file and offset.

    Attributes:
        offset: where the record begins; None where the message alone says so.
    """

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.offset = offset


class TornRecordError(RecordError):
    """A record's end is missing: the writer was cut off."""


class DamagedRecordError(RecordError):
    """A record's bytes are not those that were written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One page as the archive holds it."""

    url: str
    requested_url: str
    """Address before redirects."""

    link: Link | None
    """What led here, with the hints of its listing; None where the record does not say."""

    fetched: dt.datetime
    """To the second."""

    status: int
    headers: tuple[tuple[str, str], ...]
    """As received, but that those about the transfer begin with ``X-Original-``."""

    body: bytes
    """Unpacked."""


def encode(fetch: Fetch) -> bytes:
    """Return the compressed record of a page.

    A body that came packed is kept so: unpacked, it would only have to be packed again. Put
    together here: warcio's writer copies the page four times.
    """
    body = fetch.packed.body if fetch.packed else fetch.body
    http = StatusAndHeaders(_status_line(fetch.status), _headers(fetch, body), "HTTP/1.1")
    http.compute_headers_buffer()
    block = hashlib.sha1(http.headers_buff, usedforsecurity=False)  # the usual one in WARC files
    block.update(body)
    fields = [
        ("WARC-Date", f"{fetch.fetched.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"),
        ("WARC-Payload-Digest", f"sha256:{hashlib.sha256(body).hexdigest()}"),
        (LINK, written_link(fetch)),
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid4()}>"),
        ("WARC-Target-URI", fetch.url),
        ("WARC-Block-Digest", f"sha1:{base64.b32encode(block.digest()).decode()}"),
        ("Content-Type", "application/http; msgtype=response"),
        ("Content-Length", str(len(http.headers_buff) + len(body))),
    ]
    head = StatusAndHeaders("", fields, "WARC/1.0").to_bytes(encoding="utf-8")
    content = b"".join((head, http.headers_buff, body, RECORD_END))
    if fetch.packed:
        return zlib.compress(content, STORED, GZIP)
    return isal_zlib.compress(content, GZIP_LEVEL, GZIP)


def describe_file(name: str) -> bytes:
    """Return the compressed record that stands first in a file."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    writer.write_record(writer.create_warcinfo_record(name, {"software": "dateline"}))
    return buffer.getvalue()


def decode(content: bytes, place: str) -> Record:
    """Parse an uncompressed record; *place* names it in errors.

    Raises:
        DamagedRecordError: this is no response, or a digest does not agree.
    """
    records = ArchiveIterator(BytesIO(content), check_digests="raise")
    try:
        record = next(records, None)
        if record is None or record.rec_type != "response":
            raise DamagedRecordError(f"{place}: no response begins here")
        body: bytes = record.raw_stream.read()
    except ArchiveLoadFailed as error:
        raise DamagedRecordError(f"{place}: {error}") from error
    try:
        return _record(record, body)
    except (ValueError, KeyError, StopIteration) as error:
        raise DamagedRecordError(f"{place}: a field of its header: {error!r}") from error
    except (TornBodyError, TooLargeError) as error:
        raise DamagedRecordError(f"{place}: {error}") from error


def _record(record: ArcWarcRecord, body: bytes) -> Record:
    url = record.rec_headers.get_header("WARC-Target-URI")
    requested_url, link = read_link(record.rec_headers.get_header(LINK), url)
    return Record(
        url=url,
        requested_url=requested_url,
        link=link,
        fetched=dt.datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple(record.http_headers.headers),
        body=_plain(record, body),
    )


def _plain(record: ArcWarcRecord, body: bytes) -> bytes:
    packed = record.http_headers.get_header("Content-Encoding", "")
    encodings = [name.strip().lower().encode() for name in packed.split(",") if name.strip()]
    plain, _ = unpack(body, encodings, MAX_BODY)
    return plain


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _headers(fetch: Fetch, body: bytes) -> list[tuple[str, str]]:
    kept = [
        (f"{ORIGINAL}{name}" if name.lower() in WIRE_HEADERS else name, _one_line(value))
        for name, value in fetch.headers
    ]
    if fetch.packed:
        kept.append(("Content-Encoding", b", ".join(fetch.packed.encodings).decode("ascii")))
    return [*kept, ("Content-Length", str(len(body)))]


def _one_line(value: str) -> str:
    return re.sub(r"[\r\n]+", " ", value)  # a line end here would begin another header
