import gzip
import hashlib
import tracemalloc
import zlib
from io import BytesIO

import pytest

from crawler.record import DamagedRecordError, RecordError, TornRecordError
from crawler.warc import WarcRecord, read_records
from crawler.warc.reader import MAX_BLOCK
from tests.crawler.warcs import DATE, Page, member, raw, response, sha256, warc

URLS = [f"https://bugle.example/{number}" for number in range(5)]
NOISE = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(90))
PAGES = [Page(url=url, body=f"<p>{url} {NOISE}".encode()) for url in URLS]
both = pytest.mark.parametrize("gzipped", [True, False], ids=["gzip", "plain"])


def read(content: bytes) -> list[WarcRecord | RecordError]:
    return list(read_records(BytesIO(content), "a.warc"))


def urls(found: list[WarcRecord | RecordError]) -> list[str]:
    return [one.url for one in found if isinstance(one, WarcRecord) and one.kind == "response"]


def errors(found: list[WarcRecord | RecordError]) -> list[tuple[str, str]]:
    return [(type(one).__name__, str(one)) for one in found if isinstance(one, RecordError)]


def offsets(pages: list[Page], *, gzipped: bool = True) -> list[int]:
    """Where the record of each page begins, and where the file ends."""
    found = [len(warc([], gzipped=gzipped))]
    for page in pages:
        found.append(found[-1] + len(member(page, gzipped=gzipped)))
    return found


@both
def test_records_come_in_their_order_with_what_they_say(gzipped: bool) -> None:
    found = read(warc(PAGES, gzipped=gzipped))
    assert urls(found) == URLS
    first, second = found[:2]
    assert isinstance(first, WarcRecord)
    assert first.kind == "warcinfo"
    assert isinstance(second, WarcRecord)
    assert (second.status, second.headers) == (200, (("Content-Type", "text/html"),))
    assert second.body == PAGES[0].body
    assert str(second.date) == "2026-03-02 05:06:07+00:00"
    assert DATE.startswith("2026-03-02")


def test_offset_length_and_digest_are_those_of_the_bytes_in_the_file() -> None:
    content = warc(PAGES)
    places = [one for one in read(content) if isinstance(one, WarcRecord)][1:]
    assert [one.offset for one in places] == offsets(PAGES)[:-1]
    parts = [content[one.offset : one.offset + one.length] for one in places]
    assert b"".join(parts) == content[offsets(PAGES)[0] :]
    assert [f"sha256:{one.digest}" for one in places] == [sha256(part) for part in parts]


@both
@pytest.mark.parametrize("cut", [1, 40, 500])
def test_torn_last_record_is_named_and_the_others_are_read(gzipped: bool, cut: int) -> None:
    found = read(warc(PAGES, gzipped=gzipped)[: -cut - 4])
    last = offsets(PAGES, gzipped=gzipped)[-2]
    assert urls(found) == URLS[:-1]
    [(name, told)] = errors(found)
    assert name == "TornRecordError"
    assert told.startswith(f"a.warc at {last}: ")


@both
def test_header_cut_off_is_torn(gzipped: bool) -> None:
    places = offsets(PAGES, gzipped=gzipped)
    found = read(warc(PAGES, gzipped=gzipped)[: places[-2] + 20])
    assert urls(found) == URLS[:-1]
    assert [name for name, _ in errors(found)] == ["TornRecordError"]


@pytest.mark.parametrize("at", [1, 12, 300, 900, -3, -7])
def test_damaged_record_ends_alone(at: int) -> None:
    content = bytearray(warc(PAGES))
    begin, end = offsets(PAGES)[1:3]
    content[(begin if at > 0 else end) + at] ^= 0x5A
    found = read(bytes(content))
    assert urls(found) == [URLS[0], *URLS[2:]]
    [(name, told)] = errors(found)
    assert (name, told.startswith(f"a.warc at {begin}: ")) == ("DamagedRecordError", True)


def test_damaged_plain_record_ends_alone() -> None:
    content = bytearray(warc(PAGES, gzipped=False))
    begin, end = offsets(PAGES, gzipped=False)[1:3]
    content[end - 100] ^= 0x5A
    assert urls(read(bytes(content))) == [URLS[0], *URLS[2:]]
    content[begin : begin + 4] = b"XXXX"
    found = read(bytes(content))
    assert urls(found) == [URLS[0], *URLS[2:]]
    assert errors(found)[0][0] == "DamagedRecordError"


def test_every_single_wrong_byte_costs_one_record_at_most() -> None:
    pages = [Page(url=url, body=b"<p>Short</p>") for url in URLS]
    content = warc(pages)
    places = offsets(pages)
    for at in range(places[1], places[2], 7):
        changed = bytearray(content)
        changed[at] ^= 0xFF
        found = read(bytes(changed))
        assert set(urls(found)) >= {URLS[0], *URLS[2:]}
        # a few bytes of a gzip header, such as its time, mean nothing
        assert URLS[1] in urls(found) or errors(found)


def test_rubbish_between_records_is_named() -> None:
    content = warc(PAGES[:1]) + b"\0" * 5000 + member(PAGES[1])
    found = read(content)
    assert urls(found) == URLS[:2]
    assert errors(found) == [
        ("DamagedRecordError", f"a.warc at {offsets(PAGES)[1]}: no gzip member begins here")
    ]


@both
def test_wrong_block_digest_is_damage(gzipped: bool) -> None:
    content = response(b"<p>Ferry</p>")
    fields = (
        f"WARC-Type: response\nWARC-Target-URI: {URLS[0]}\nContent-Length: {len(content)}\n"
        "WARC-Block-Digest: "
    )
    good = raw(fields + sha256(content), content, gzipped=gzipped)
    bad = raw(fields + sha256(b"other"), content, gzipped=gzipped)
    found = read(good + bad + good)
    assert urls(found) == [URLS[0]] * 2
    assert errors(found) == [
        ("DamagedRecordError", f"a.warc at {len(good)}: a digest does not agree")
    ]


@pytest.mark.parametrize(
    ("digest", "is_good"),
    [
        (sha256(b"<p>Ferry</p>"), True),
        (sha256(b"<p>Ferry</p>").upper().replace("SHA256", "SHA-256"), True),
        ("sha1:ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", False),
        ("sha1:GX5L3SLBQKKA5DIT7UQDRQ5TVTGPMHCC", False),
        ("crc99:1234", True),
        ("nonsense", True),
    ],
)
def test_payload_digest_counts_where_the_record_has_no_other(digest: str, is_good: bool) -> None:
    content = response(b"<p>Ferry</p>")
    fields = (
        f"WARC-Type: response\nWARC-Target-URI: {URLS[0]}\nContent-Length: {len(content)}\n"
        f"WARC-Payload-Digest: {digest}"
    )
    assert urls(read(raw(fields, content))) == [URLS[0]] * is_good


def test_payload_digest_of_the_unchunked_page_is_right_too() -> None:
    chunked = b"5\r\n<p>Fe\r\n7\r\nrry</p>\r\n0\r\n\r\n"
    content = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked
    fields = (
        f"WARC-Type: response\nWARC-Target-URI: {URLS[0]}\nContent-Length: {len(content)}\n"
        f"WARC-Payload-Digest: {sha256(b'<p>Ferry</p>')}"
    )
    assert urls(read(raw(fields, content))) == [URLS[0]]
    assert errors(read(raw(fields, content.replace(b"rry", b"rrY"))))
    assert errors(read(raw(fields, content.replace(b"\r\n0\r\n", b"\r\n9\r\n"))))


@pytest.mark.parametrize("length", ["", "Content-Length: many", "Content-Length: -5"])
@both
def test_record_without_a_length_is_damaged(gzipped: bool, length: str) -> None:
    bad = raw(f"WARC-Type: response\nWARC-Target-URI: {URLS[0]}\n{length}", b"x", gzipped=gzipped)
    found = read(bad + member(PAGES[1], gzipped=gzipped))
    assert urls(found) == [URLS[1]]
    assert [name for name, _ in errors(found)] == ["DamagedRecordError"]


@pytest.mark.parametrize("stated", [5, 500])
def test_length_that_is_not_that_of_the_block_is_damage(stated: int) -> None:
    content = response(b"<p>Ferry and more</p>")
    fields = f"WARC-Type: response\nWARC-Target-URI: {URLS[0]}\nContent-Length: {stated}"
    found = read(raw(fields, content) + member(PAGES[1]))
    assert [name for name, _ in errors(found)] == ["DamagedRecordError"]
    assert URLS[1] in urls(found)


def test_file_in_one_gzip_member_is_read() -> None:
    assert urls(read(gzip.compress(warc(PAGES, gzipped=False)))) == URLS


def test_arc_file_is_read() -> None:
    page = response(b"<p>Ferry</p>")
    about = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    length = str(len(about)).encode()
    head = b"filedesc://a.arc 0.0.0.0 20260302050607 text/plain " + length + b"\n" + about
    line = f"{URLS[0]} 192.0.2.1 20260302050607 text/html {len(page)}\n".encode()
    found = read(head + b"\n" + line + page + b"\n")
    assert (urls(found), errors(found)) == ([URLS[0]], [])
    assert urls(read(gzip.compress(head + b"\n") + gzip.compress(line + page + b"\n"))) == [URLS[0]]


def test_other_kinds_are_told_apart() -> None:
    pages = [
        Page(kind="request", body=b"GET / HTTP/1.1\r\n\r\n"),
        Page(kind="metadata", body=b"outlink: a"),
        Page(kind="resource", url="dns:bugle.example", body=b"192.0.2.1"),
        Page(kind="revisit"),
    ]
    found = [one.kind for one in read(warc(pages)) if isinstance(one, WarcRecord)]
    assert found == ["warcinfo", "request", "metadata", "dns", "revisit"]


def test_response_of_no_address_or_without_http_is_no_fault() -> None:
    found = read(raw("WARC-Type: response\nContent-Length: 1", b"x"))
    [one] = found
    assert isinstance(one, WarcRecord)
    assert (one.url, one.status, one.date) == ("", 0, None)
    fields = f"WARC-Type: response\nWARC-Target-URI: {URLS[0]}\nContent-Length: 0"
    [one] = read(raw(fields, b""))
    assert isinstance(one, WarcRecord)
    assert (one.status, one.body) == (0, b"")


def test_endless_header_is_damage() -> None:
    content = b"WARC/1.0\r\n" + b"X-Padding: " + b"x" * (3 << 20)
    found = read(gzip.compress(content) + member(PAGES[1]))
    assert (urls(found), len(errors(found))) == ([URLS[1]], 1)


def test_empty_file_has_no_records() -> None:
    assert read(b"") == []


def test_text_is_no_archive() -> None:
    [(name, _)] = errors(read(b"<html><p>A page</p></html>\n" * 10))
    assert name == "DamagedRecordError"


class Endless:
    """A large record, made while it is read."""

    def __init__(self, size: int) -> None:
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URLS[0]}\r\n"
        head += f"Content-Length: {size}\r\n\r\n"
        self._packer, self._left = packer, size
        self._buffer = packer.compress(head.encode())

    def read(self, size: int, /) -> bytes:
        while len(self._buffer) < size and self._left:
            part = min(self._left, 1 << 20)
            self._left -= part
            self._buffer += self._packer.compress(b"\0" * part)
            if not self._left:
                self._buffer += self._packer.compress(b"\r\n\r\n") + self._packer.flush()
                self._buffer += member(PAGES[1])
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found


def test_memory_does_not_grow_with_a_record() -> None:
    tracemalloc.start()
    found = list(read_records(Endless(3 * MAX_BLOCK), "a.warc"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    [large, small] = found
    assert isinstance(large, WarcRecord)
    assert large.body is None
    assert isinstance(small, WarcRecord)
    assert small.body == PAGES[1].body
    assert peak < MAX_BLOCK


def test_errors_are_of_one_kind() -> None:
    assert issubclass(TornRecordError, RecordError)
    assert issubclass(DamagedRecordError, RecordError)
