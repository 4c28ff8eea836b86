import gzip
import zlib

import brotli
import pytest
from backports import zstd

from crawler.unpacking import UNPACKERS, is_whole

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


def whole(body: bytes, *encodings: str, limit: int = len(TEXT)) -> bool:
    return is_whole(body, [name.encode() for name in encodings], limit)


@pytest.mark.parametrize(("encoding", "packed"), PACKED.items())
def test_stream_with_its_end_is_whole(encoding: str, packed: bytes) -> None:
    assert whole(packed, encoding)


@pytest.mark.parametrize(("encoding", "packed"), PACKED.items())
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_stream_without_its_end_is_not(encoding: str, packed: bytes, kept: float) -> None:
    assert not whole(packed[: int(len(packed) * kept)], encoding)


@pytest.mark.parametrize("encoding", PACKED)
def test_what_is_no_stream_is_not_whole(encoding: str) -> None:
    assert not whole(b"<html>no stream at all</html>", encoding)
    assert not whole(b"", encoding)


@pytest.mark.parametrize(("encoding", "packed"), PACKED.items())
def test_nobody_looks_beyond_the_limit(encoding: str, packed: bytes) -> None:
    assert whole(packed, encoding, limit=len(TEXT) // 2)


def test_deflate_without_a_head_is_known() -> None:
    assert whole(raw_deflate(TEXT), "deflate")
    assert not whole(raw_deflate(TEXT)[:-9], "deflate")


def test_inner_stream_is_looked_at_too() -> None:
    inner = PACKED["br"]
    assert whole(gzip.compress(inner), "br", "gzip")
    assert not whole(gzip.compress(inner[:-9]), "br", "gzip")


def test_members_of_gzip_are_one_body() -> None:
    assert whole(gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip")


def test_unknown_encoding_is_left_alone() -> None:
    assert whole(b"anything", "compress")
    assert b"compress" not in UNPACKERS
