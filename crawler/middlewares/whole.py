"""Take a response whole or not at all: half an article saved as a whole one is the worst end."""

import zlib
from http import HTTPStatus
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

MAX_ENCODINGS = 2
GZIP_WINDOW = 31  # zlib's number for: gzip, with any window
CHUNK = 64 * 1024  # bytes


class EncodingError(IgnoreRequest):
    """A response is packed more often than makes sense; the message names the URL."""


class CutShortError(IgnoreRequest):
    """A response ends too early, and did so a second time; the message names the URL."""


class WholeMiddleware:
    """Ask again, once, for a response that was cut short, then refuse it.

    Stands where bodies are still packed: Scrapy unpacks what came of a gzip stream that was cut.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the limit of size from the setting ``DOWNLOAD_MAXSIZE``."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let *response* pass if it is whole.

        Raises:
            CutShortError: it was cut short twice.
            EncodingError: it has more than two content encodings.
        """
        if response.status >= HTTPStatus.BAD_REQUEST or response.status == HTTPStatus.NOT_MODIFIED:
            return response  # it tells itself, and is often empty in spite of its headers
        header = b",".join(response.headers.getlist("Content-Encoding"))
        encodings = [name.strip().lower() for name in header.split(b",") if name.strip()]
        if len(encodings) > MAX_ENCODINGS:
            raise EncodingError(f"{len(encodings)} content encodings: {response.url}")
        is_gzip = encodings[-1:] in ([b"gzip"], [b"x-gzip"])
        if not self._is_cut(response) and not (is_gzip and self._lacks_end(response.body)):
            return response
        spider = self._crawler.spider
        again = spider and get_retry_request(
            request, spider=spider, reason="cut short", max_retry_times=1
        )
        if again:
            return again
        raise CutShortError(f"cut short: {response.url}")

    def _is_cut(self, response: Response) -> bool:
        return response.status == HTTPStatus.PARTIAL_CONTENT or "partial" in response.flags

    def _lacks_end(self, body: bytes) -> bool:
        """Whether the gzip stream *body* stops before its end, as far as it would be unpacked."""
        unpacked = 0
        stream = zlib.decompressobj(GZIP_WINDOW)
        try:
            while body and not stream.eof and unpacked <= self._max_size:
                unpacked += len(stream.decompress(body, CHUNK))
                body = stream.unconsumed_tail
        except zlib.error:
            return True
        return not stream.eof and unpacked <= self._max_size
