"""WARC files as other tools write them, for tests: our own words, warcio's records."""

import gzip
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2026-03-02T05:06:07Z"
HTML = (("Content-Type", "text/html"),)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One ``response`` record to be written."""

    url: str = "https://bugle.example/news/ferry"
    body: bytes = b"<html><body><p>Ferry</p></body></html>"
    headers: tuple[tuple[str, str], ...] = HTML
    status: str = "200 OK"
    date: str = DATE
    warc: tuple[tuple[str, str], ...] = ()
    """More fields of the WARC header."""

    kind: str = "response"


def record_of(writer: WARCWriter, page: Page) -> ArcWarcRecord:
    head = StatusAndHeaders(page.status, list(page.headers), "HTTP/1.1")
    return writer.create_warc_record(
        page.url,
        page.kind,
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=head if page.kind in {"response", "revisit"} else None,
        warc_headers_dict={
            "WARC-Date": page.date,
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, page.url)}>",
            **dict(page.warc),
        },
    )


def member(page: Page, *, gzipped: bool = True) -> bytes:
    """Return the bytes of one record in a file."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=gzipped)
    writer.write_record(record_of(writer, page))
    return buffer.getvalue()


def warc(pages: Sequence[Page], *, gzipped: bool = True) -> bytes:
    """Return a file of *pages*, with a ``warcinfo`` before them."""
    about = Page(kind="warcinfo", url="", body=b"software: test\r\n")
    return b"".join(member(page, gzipped=gzipped) for page in (about, *pages))


def raw(fields: str, content: bytes, *, gzipped: bool = True) -> bytes:
    """Return a record of header *fields*, a line each, and *content*, right or wrong."""
    record = f"WARC/1.0\r\n{fields}\r\n\r\n".replace("\n", "\r\n").replace("\r\r", "\r").encode()
    record += content + b"\r\n\r\n"
    return gzip.compress(record) if gzipped else record


def response(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body


def sha256(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
