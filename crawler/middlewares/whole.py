"""Take a response whole or not at all: half an article saved as a whole one is the worst end."""

from http import HTTPStatus
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.unpacking import is_whole

MAX_ENCODINGS = 2


class EncodingError(IgnoreRequest):
    """A response is packed more often than makes sense; the message names the URL."""


class CutShortError(IgnoreRequest):
    """A response ends too early, and did so a second time; the message names the URL."""


class WholeMiddleware:
    """Ask again, once, for a response that was cut short, then refuse it.

    Stands where bodies are still packed: Scrapy unpacks what came of a stream that was cut.
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
        limit = request.meta.get("download_maxsize", self._max_size)
        is_part = response.status == HTTPStatus.PARTIAL_CONTENT
        if is_part or not is_whole(response.body, encodings, limit):
            return ask_again(request, response, self._crawler)
        return response


def ask_again(request: Request, response: Response, crawler: Crawler) -> Request:
    """Return *request* for a second try.

    Raises:
        CutShortError: this was the second.
    """
    spider = crawler.spider
    again = spider and get_retry_request(
        request, spider=spider, reason="cut short", max_retry_times=1
    )
    if again:
        return again
    raise CutShortError(f"cut short: {response.url}")
