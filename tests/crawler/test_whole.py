import gzip
import zlib
from ipaddress import IPv4Address

import brotli
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.middlewares.whole import CutShortError, EncodingError, WholeMiddleware
from crawler.packed import KEY, Packed

PAGE = Request("https://ex.com/1")
TEXT = bytes(range(256)) * 99
ADDRESS = IPv4Address("192.0.2.1")
PACKED = gzip.compress(TEXT)


def judge(
    body: bytes = PACKED,
    encoding: str = "gzip",
    *,
    request: Request = PAGE,
    status: int = 200,
    flags: list[str] | None = None,
) -> Request | Response:
    crawler = get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": len(TEXT)})
    crawler.spider = crawler._create_spider("x")  # noqa: SLF001  # as get_crawler itself does
    headers = {"Content-Encoding": encoding} if encoding else {}
    response = Response(PAGE.url, status, headers, body, flags, ip_address=ADDRESS)
    return WholeMiddleware.from_crawler(crawler).process_response(request, response)


def passed(body: bytes = PACKED, encoding: str = "gzip", request: Request = PAGE) -> Response:
    found = judge(body, encoding, request=request)
    assert isinstance(found, Response)
    return found


def test_whole_response_passes_unpacked() -> None:
    assert passed().body == TEXT
    assert "Content-Encoding" not in passed().headers
    assert passed(b"plain", encoding="").body == b"plain"
    assert passed(brotli.compress(TEXT), encoding="br").body == TEXT


def test_unpacked_response_is_else_what_came() -> None:
    found = judge(flags=["partial"])
    assert isinstance(found, Response)
    assert (found.url, found.status, found.flags) == (PAGE.url, 200, ["partial"])
    assert found.ip_address == ADDRESS


def test_page_of_the_unpacked_body_is_text_in_its_charset() -> None:
    body = "<html><meta charset='iso-8859-15'><p>Café".encode("iso-8859-15")
    found = passed(gzip.compress(body))
    assert isinstance(found, HtmlResponse)
    assert found.encoding == "iso8859-15"


def test_unknown_encoding_is_left_alone() -> None:
    assert passed(b"plain", encoding="x-unknown").body == b"plain"
    inside = passed(PACKED, encoding="x-unknown, gzip")
    assert (inside.body, inside.headers["Content-Encoding"]) == (TEXT, b"x-unknown")


@pytest.mark.parametrize(
    ("body", "encoding", "kept"),
    [
        (PACKED, "gzip", PACKED),
        (brotli.compress(PACKED), "GZIP, br", brotli.compress(PACKED)),
        (zlib.compress(TEXT), "deflate", None),
        (PACKED, "x-unknown, gzip", None),
        (b"plain", "", None),
    ],
)
def test_body_as_it_came_is_kept(body: bytes, encoding: str, kept: bytes | None) -> None:
    request = PAGE.replace(meta={KEY: Packed(b"of the first try", [b"gzip"])})
    passed(body, encoding, request)
    packed = Packed.among(request.meta)
    assert (packed and packed.body) == kept


def test_gzip_that_lacks_its_end_is_asked_for_again_and_then_refused() -> None:
    again = judge(PACKED[:-9])
    assert isinstance(again, Request)
    with pytest.raises(CutShortError, match=PAGE.url):
        judge(PACKED[:-9], request=again)


def test_error_tells_itself() -> None:
    assert isinstance(judge(b"", status=404), Response)


def test_page_that_has_not_changed_has_no_body() -> None:
    assert isinstance(judge(b"", status=304), Response)


def test_body_that_is_no_gzip_is_asked_for_again() -> None:
    assert isinstance(judge(b"<html>"), Request)


def test_part_of_a_page_is_asked_for_again() -> None:
    assert isinstance(judge(status=206), Request)


def test_gzip_above_the_limit_of_size_is_left_to_scrapy() -> None:
    bomb = gzip.compress(TEXT * 9)[:-9]
    assert passed(bomb).body == bomb


def test_third_content_encoding_is_refused() -> None:
    twice = brotli.compress(gzip.compress(TEXT))
    assert isinstance(judge(twice, encoding="gzip, br"), Response)
    with pytest.raises(EncodingError):
        judge(b"x", encoding="gzip, br, br")
