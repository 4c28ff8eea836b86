import gzip

import brotli
import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.middlewares.whole import CutShortError, EncodingError, WholeMiddleware

PAGE = Request("https://ex.com/1")
TEXT = bytes(range(256)) * 99
PACKED = gzip.compress(TEXT)


def judge(
    body: bytes = PACKED,
    encoding: str = "gzip",
    *,
    request: Request = PAGE,
    status: int = 200,
) -> Request | Response:
    crawler = get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": len(TEXT)})
    crawler.spider = crawler._create_spider("x")  # noqa: SLF001  # as get_crawler itself does
    headers = {"Content-Encoding": encoding} if encoding else {}
    response = Response(PAGE.url, status, headers, body)
    return WholeMiddleware.from_crawler(crawler).process_response(request, response)


def test_whole_response_passes() -> None:
    assert isinstance(judge(), Response)
    assert isinstance(judge(b"plain", encoding=""), Response)
    assert isinstance(judge(brotli.compress(TEXT), encoding="br"), Response)
    assert isinstance(judge(b"plain", encoding="x-unknown"), Response)


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
    bomb = gzip.compress(TEXT * 9)
    assert isinstance(judge(bomb[:-9]), Response)


def test_third_content_encoding_is_refused() -> None:
    twice = brotli.compress(gzip.compress(TEXT))
    assert isinstance(judge(twice, encoding="gzip, br"), Response)
    with pytest.raises(EncodingError):
        judge(b"x", encoding="gzip, br, br")
