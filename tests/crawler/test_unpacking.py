import gzip
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.unpacking import UNPACKERS, TooLargeError, TornBodyError, unpack

TEXT = bytes(range(256)) * 999


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT, quality=1),
    "zstd": zstd.compress(TEXT),
}


def plain(body: bytes, *encodings: str, limit: int = len(TEXT)) -> bytes:
    found, left = unpack(body, [name.encode() for name in encodings], limit)
    assert not left
    return found


@pytest.mark.parametrize(("encoding", "packed"), PACKED.items())
def test_stream_with_its_end_is_unpacked(encoding: str, packed: bytes) -> None:
    assert plain(packed, encoding) == TEXT


@pytest.mark.parametrize(("encoding", "packed"), PACKED.items())
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_stream_without_its_end_is_torn(encoding: str, packed: bytes, kept: float) -> None:
    with pytest.raises(TornBodyError, match=encoding):
        plain(packed[: int(len(packed) * kept)], encoding)


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("body", [b"<html>no stream at all</html>", b""])
def test_what_is_no_stream_is_torn(encoding: str, body: bytes) -> None:
    with pytest.raises(TornBodyError, match=encoding):
        plain(body, encoding)


@pytest.mark.parametrize(("encoding", "packed"), PACKED.items())
def test_what_is_over_the_limit_is_too_large(encoding: str, packed: bytes) -> None:
    with pytest.raises(TooLargeError):
        plain(packed, encoding, limit=len(TEXT) - 1)


def test_deflate_without_a_head_is_known() -> None:
    assert plain(raw_deflate(TEXT), "deflate") == TEXT
    with pytest.raises(TornBodyError):
        plain(raw_deflate(TEXT)[:-9], "deflate")


def test_inner_stream_is_unpacked_too() -> None:
    inner = PACKED["br"]
    assert plain(gzip.compress(inner), "br", "gzip") == TEXT
    with pytest.raises(TornBodyError, match="br"):
        plain(gzip.compress(inner[:-9]), "br", "gzip")


def test_members_of_gzip_are_one_body() -> None:
    members = gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:])
    assert plain(members, "gzip") == TEXT
    assert plain(members + b"\0\0", "gzip") == TEXT
    with pytest.raises(TornBodyError):
        plain(members[:-9], "gzip")
    with pytest.raises(TooLargeError):
        plain(members, "gzip", limit=len(TEXT) - 1)


@given(st.binary(max_size=3000), st.integers(min_value=0), st.integers(1, 255))
@example(b"a", 3, 32)  # a reserved flag, for which zlib refuses what is whole
def test_gzip_with_another_byte_is_never_another_text(text: bytes, place: int, change: int) -> None:
    packed = bytearray(gzip.compress(text))
    packed[place % len(packed)] ^= change
    try:
        expected = zlib.decompressobj(31).decompress(bytes(packed))
    except zlib.error:
        expected = None
    try:
        found = plain(bytes(packed), "gzip")
    except TornBodyError:
        return  # torn is the safe side
    assert found in {text, expected}


def test_endless_members_of_gzip_are_refused() -> None:
    with pytest.raises(TornBodyError, match="over 100 members"):
        plain(gzip.compress(b"") * 300_000, "gzip")


def test_unknown_encoding_is_left_alone() -> None:
    assert unpack(b"anything", [b"compress"], 99) == (b"anything", [b"compress"])
    assert unpack(PACKED["gzip"], [b"compress", b"gzip"], len(TEXT)) == (TEXT, [b"compress"])
    assert b"compress" not in UNPACKERS
