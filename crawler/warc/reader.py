"""The records of a WARC file, one by one, with their length and digests checked.

warcio parses the headers, of ARC files too. It takes a record that was cut off for a short one
and stops at a damaged one, so the way through the file is our own.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from crawler.record import DamagedRecordError, RecordError, TornRecordError
from crawler.warc.digests import Digest, fits
from crawler.warc.payload import Headers, split_head, unchunk
from crawler.warc.stretches import CHUNK, Source, Stretches, open_stretches

MAX_BLOCK = 34 << 20  # bytes of a page with its headers; a larger one is no page
WEB = ("http:", "https:")


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One record whose bytes are those that were written, as far as it says which they were."""

    file: str
    """As the caller named it."""

    offset: int
    length: int
    """Bytes of the record in the file, packed as it is."""

    digest: str
    """SHA-256 of these bytes, hexadecimal."""

    kind: str
    """``response``, ``request``, ``revisit``, ``warcinfo``, ``metadata``, ``dns``…"""

    url: str
    """Empty where the record is of no address."""

    date: dt.datetime | None
    """Of the fetch, aware; None where the record does not say."""

    truncated: str
    """Why the writer cut the page off: ``length``, ``time``…; empty where it is whole."""

    status: int
    """Of HTTP; 0 where there is none."""

    headers: Headers
    """Of HTTP, in their order."""

    body: bytes | None
    """As it came over the wire; None where it is too large for a page."""

    @property
    def place(self) -> str:
        """File and offset, for people."""
        return f"{self.file} at {self.offset}"

    def header(self, name: str) -> str:
        """Return the first value of the HTTP header *name*, in lower case; empty without one."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def read_records(source: Source, file: str) -> Iterator[WarcRecord | RecordError]:
    """Yield the records of *source*, and an error that names file and offset for each bad one.

    Memory is that of one record. After a damaged record the next one is searched for; a torn one
    is the last.
    """
    stretches = open_stretches(source)
    while True:
        try:
            if not stretches.begin():
                return
            yield from _records_in(stretches, file)
        except TornRecordError as error:
            yield _placed(error, file, stretches)
            return
        except DamagedRecordError as error:
            yield _placed(error, file, stretches)
            stretches.resume()


def _placed(error: RecordError, file: str, stretches: Stretches) -> RecordError:
    offset = stretches.offset
    return type(error)(f"{file} at {offset}: {error}", offset)


def _records_in(stretches: Stretches, file: str) -> Iterator[WarcRecord | RecordError]:
    line = _next_line(stretches)
    while line:
        record = _head(stretches, line)
        block = _block(stretches, record)
        # to the end, for what is wrong with a member shows there
        line = b"" if stretches.is_one_record else _next_line(stretches)
        if block.is_damaged:
            yield _placed(DamagedRecordError("a digest does not agree"), file, stretches)
        else:
            yield _whole(stretches, file, record, block.content)


def _next_line(stretches: Stretches) -> bytes:
    stretches.begin_record()
    while line := stretches.readline():
        if line.strip():
            return line
    return b""


def _head(stretches: Stretches, line: bytes) -> ArcWarcRecord:
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
    try:
        record = loader.parse_record_stream(stretches, line, no_record_parse=True)
    except ArchiveLoadFailed as error:
        record, why = None, str(error).strip()
    else:
        why = "its header tells no length"
    if record is not None and str(record.rec_headers.get_header("Content-Length")).isdecimal():
        return record
    if stretches.is_one_record and not stretches.read(1):
        raise TornRecordError("its header ends in the middle")
    raise DamagedRecordError(why)


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands behind a record's header."""

    content: bytes | None
    """None where it is too much for a page."""

    is_damaged: bool


def _block(stretches: Stretches, record: ArcWarcRecord) -> _Block:
    """Read what a record holds.

    Raises:
        TornRecordError: the file ends before.
        DamagedRecordError: it is shorter than the header says.
    """
    digest = Digest.of(record.rec_headers.get_header("WARC-Block-Digest"))
    if record.rec_type == "revisit":
        digest = None  # it may be that of the page that is not repeated here
    kept, left = bytearray(), record.length
    while left:
        part = stretches.read(min(left, CHUNK))
        if not part:
            missing = f"{record.length - left} of {record.length} bytes"
            raise (TornRecordError if stretches.is_one_record else DamagedRecordError)(missing)
        left -= len(part)
        if digest is not None:
            digest.update(part)
        if record.length <= MAX_BLOCK:
            kept += part
    content = bytes(kept) if record.length <= MAX_BLOCK else None
    if digest is not None:
        # the payload's tells no more then, and writers differ in what they call a payload
        return _Block(content, is_damaged=not digest.holds())
    return _Block(content, is_damaged=content is not None and not _payload_fits(record, content))


def _payload_fits(record: ArcWarcRecord, content: bytes) -> bool:
    stated = record.rec_headers.get_header("WARC-Payload-Digest")
    is_segment = record.rec_headers.get_header("WARC-Segment-Number")
    if not stated or is_segment or record.rec_type != "response":
        return True
    _, _, body = split_head(content)
    try:
        return fits(stated, body) or fits(stated, unchunk(body))
    except DamagedRecordError:
        return False


def _whole(
    stretches: Stretches, file: str, record: ArcWarcRecord, content: bytes | None
) -> WarcRecord:
    named = record.rec_headers.get_header
    url = named("WARC-Target-URI") or ""
    status, headers, body = 0, Headers(), content
    if record.rec_type == "response" and url.lower().startswith(WEB) and content is not None:
        status, headers, body = split_head(content)
    return WarcRecord(
        file=file,
        offset=stretches.offset,
        length=stretches.length,
        digest=stretches.digest,
        kind="dns" if url.startswith("dns:") else record.rec_type or "unnamed",
        url=url,
        date=_moment(named("WARC-Date") or ""),
        truncated=named("WARC-Truncated") or "",
        status=status,
        headers=headers,
        body=body,
    )


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
