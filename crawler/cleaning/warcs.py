"""The pages in WARC files: from Common Crawl's CC-NEWS, Heritrix, wget, or a crawl of ours."""

import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from cleaners import PageTooLargeError
from cleaners.registry import host_of, source_of
from crawler.cleaning.folders import SLUG_LENGTH
from crawler.cleaning.markup import holds_page
from crawler.cleaning.pages import MAX_FILE, RawPage, Refusal
from crawler.paths import slug, source_name
from crawler.record import GZIP, DamagedRecordError, RecordError
from crawler.unpacking import TooLargeError
from crawler.warc import WarcRecord, read_records
from crawler.warc.payload import plain_body
from crawler.warc.stretches import Source

START = re.compile(rb"WARC/\d|filedesc://")
MARK = 12  # hexadecimal digits: of a million pages of one name, one in 500 runs has two of one mark


class TruncatedRecordError(RecordError):
    """The archive holds the beginning of a page; the message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcFile:
    """A WARC or ARC file, packed or not, or standard input."""

    name: str
    path: Path | None
    """None: standard input."""

    start: bytes = b""
    """What was read of standard input before."""

    @property
    def size(self) -> int | None:
        """Bytes of the file; None for standard input, and where there is no file."""
        return self.path.stat().st_size if self.path and self.path.is_file() else None


@dataclass(slots=True)
class Warcs:
    """Reads WARC files, and counts what is in them besides pages."""

    domains: frozenset[str] = frozenset()
    """Hosts whose pages are wanted, with all below them; empty: every host."""

    skipped: Counter[str] = field(default_factory=Counter)
    """Records that hold no page: by kind, HTTP status or ``not HTML``."""

    position: int = 0
    """Bytes read of all files."""

    def pages(self, file: WarcFile) -> Iterator[RawPage | Refusal]:
        """Yield the pages of *file*, and a refusal for each record that cannot be used."""
        try:
            with opened(file) as stream:
                for record in read_records(Joined(file.start, stream, self), file.name):
                    if isinstance(record, RecordError):
                        yield refusal_of(file.name, record)
                    elif why := self.reason_to_skip(record):
                        self.skipped[why] += 1
                    elif (page := self.page(record)) is not None:
                        yield page
        except OSError as error:
            yield Refusal.of(file.name, error)

    def reason_to_skip(self, record: WarcRecord) -> str:
        """Return why a record is no page that is wanted, by its header; nothing where it is."""
        if record.kind != "response":
            return record.kind
        if not record.url.lower().startswith(("http:", "https:")):
            return "no web address"
        if self.domains and not is_below(record.url, self.domains):
            return "other domain"
        return "" if record.status == HTTPStatus.OK else f"HTTP {record.status}"

    def page(self, record: WarcRecord) -> RawPage | Refusal | None:
        """Return the page of *record*, why it cannot be had, or None where it is no HTML."""
        try:
            body = body_of(record)
        except (RecordError, PageTooLargeError) as error:
            return Refusal.of(record.place, error)
        content_type = record.header("content-type")
        if not holds_page(content_type, body):
            self.skipped["not HTML"] += 1
            return None
        kind, _, parameters = content_type.partition(";")
        return RawPage(
            name=record.place,
            body=body,
            url=record.url,
            content_type=f"text/html;{parameters}" if kind else "",
            fetched=record.date,
            stem=stem_of(record, body),
        )


def body_of(record: WarcRecord) -> bytes:
    """Return the page as a browser sees it.

    Raises:
        PageTooLargeError: it has more than `MAX_FILE` bytes.
        TruncatedRecordError: the archive cut it off.
        DamagedRecordError: its encoding ends in the middle.
    """
    if record.truncated:
        raise TruncatedRecordError(f"cut off by the archive ({record.truncated}): {record.url}")
    if record.body is None:
        raise PageTooLargeError(f"over {MAX_FILE} bytes: {record.url}")
    try:
        return plain_body(record.headers, record.body, MAX_FILE)
    except TooLargeError as error:
        raise PageTooLargeError(f"{error}: {record.url}") from error
    except DamagedRecordError as error:
        raise DamagedRecordError(f"{error}: {record.url}") from error


def refusal_of(file: str, error: RecordError) -> Refusal:
    """Return what a bad record is reported as; its message names the place."""
    return Refusal(name=file, reject=type(error).__name__, why=str(error))


def stem_of(record: WarcRecord, body: bytes) -> str:
    """Return a file name: publisher, end of the address, and a mark.

    The mark is of address, time and page, so two records share a name only if they are the same.
    """
    told = f"{record.url}\n{record.date}\n{sha256(body).hexdigest()}"
    mark = sha256(told.encode(errors="replace")).hexdigest()[:MARK]
    end = slug("", record.url)[:SLUG_LENGTH].strip("-")
    return f"{source_name(source_of(record.url))}_{end}_{mark}"


def is_below(url: str, domains: frozenset[str]) -> bool:
    """Whether the host of *url* is one of *domains* or below one."""
    labels = host_of(url).rstrip(".").split(".")
    return any(".".join(labels[at:]) in domains for at in range(len(labels)))


def is_warc(start: bytes) -> bool:
    """Whether a stream that begins with *start* is a WARC or ARC file."""
    try:
        plain = zlib.decompressobj(GZIP).decompress(start, len(start))
    except zlib.error:
        plain = start
    return START.match(plain) is not None


@contextmanager
def opened(file: WarcFile) -> Iterator[BinaryIO]:
    """Open *file*; standard input stays open."""
    if file.path is None:
        yield sys.stdin.buffer
        return
    with file.path.open("rb") as stream:
        yield stream


class Joined:
    """A stream of which the start was read before; counts what is read."""

    def __init__(self, start: bytes, stream: Source, counts: Warcs) -> None:
        self._start = start
        self._stream = stream
        self._counts = counts

    def read(self, size: int, /) -> bytes:
        """Return up to *size* bytes; none at the end."""
        found, self._start = self._start[:size], self._start[size:]
        found = found or self._stream.read(size)
        self._counts.position += len(found)
        return found
