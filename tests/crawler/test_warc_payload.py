import gzip
import zlib

import brotli
import pytest

from crawler.record import DamagedRecordError
from crawler.unpacking import TooLargeError
from crawler.warc.payload import plain_body, split_head, unchunk

PAGE = b"<html><body>" + b"<p>A ferry.</p>" * 200
RAW_DEFLATE = zlib.compressobj(wbits=-zlib.MAX_WBITS)
PACKED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "Deflate": RAW_DEFLATE.compress(PAGE) + RAW_DEFLATE.flush(),
    "br": brotli.compress(PAGE),
    "identity": PAGE,
    "GZIP, br": brotli.compress(gzip.compress(PAGE)),
}
LIMIT = 1 << 20


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    parts = (body[:half], body[half:])
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def headers(**named: str) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", "-"), value) for name, value in named.items())


@pytest.mark.parametrize("name", PACKED)
def test_page_is_unpacked(name: str) -> None:
    assert plain_body(headers(Content_Encoding=name), PACKED[name], LIMIT) == PAGE


def test_chunks_are_joined_before_the_page_is_unpacked() -> None:
    found = headers(transfer_encoding="chunked", content_encoding="gzip")
    assert plain_body(found, chunked(PACKED["gzip"]), LIMIT) == PAGE


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "none"])
def test_page_that_was_unpacked_before_is_taken_as_it_is(name: str) -> None:
    found = headers(Transfer_Encoding="chunked", Content_Encoding=name)
    assert plain_body(found, PAGE, LIMIT) == PAGE


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_page_without_its_end_is_damaged(name: str) -> None:
    with pytest.raises(DamagedRecordError, match="middle"):
        plain_body(headers(Content_Encoding=name), PACKED[name][:-9], LIMIT)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_page_with_wrong_bytes_is_damaged(name: str) -> None:
    body = PACKED[name][:12] + bytes(40) + PACKED[name][12:]
    with pytest.raises(DamagedRecordError):
        plain_body(headers(Content_Encoding=name), body, LIMIT)


@pytest.mark.parametrize("end", [b"\r\n0\r\n\r\n", b"0\r\n\r\n", b"\r\n"])
def test_chunks_without_their_end_are_damage(end: bytes) -> None:
    with pytest.raises(DamagedRecordError, match="chunks"):
        unchunk(chunked(PAGE).removesuffix(b"\r\n0\r\n\r\n") + end[:-4])


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_bomb_is_not_unpacked_to_its_end(name: str) -> None:
    zeros = bytes(8 << 20)
    packed = {
        "gzip": gzip.compress(zeros),
        "deflate": zlib.compress(zeros),
        "br": brotli.compress(zeros, quality=1),
    }[name]
    with pytest.raises(TooLargeError, match="over 1048576 bytes"):
        plain_body(headers(Content_Encoding=name), packed, LIMIT)


def test_large_plain_page_is_too_large() -> None:
    with pytest.raises(TooLargeError):
        plain_body((), PAGE, 10)


def test_many_encodings_make_no_sense() -> None:
    with pytest.raises(DamagedRecordError, match="3 content encodings"):
        plain_body(headers(Content_Encoding="gzip, gzip, gzip"), PACKED["gzip"], LIMIT)


@pytest.mark.parametrize(
    ("block", "status"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 200),
        (b"HTTP/2 404\r\nA: b\r\n\r\nbody", 404),
        (b"ICY fine\r\nA: b\r\n\r\nbody", 0),
    ],
)
def test_head_of_a_response_is_split_off(block: bytes, status: int) -> None:
    assert split_head(block) == (status, (("A", "b"),), b"body")


def test_nothing_is_no_response() -> None:
    assert split_head(b"") == (0, (), b"")
