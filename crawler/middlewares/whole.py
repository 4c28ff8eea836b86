"""Take a response whole or not at all: half an article saved as a whole one is the worst end."""

from http import HTTPStatus
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from crawler.packed import Packed
from crawler.unpacking import TooLargeError, TornBodyError, unpack

MAX_ENCODINGS = 2
KEPT = tuple(name for name in Response.attributes if name != "body")


class EncodingError(IgnoreRequest):
    """A response is packed more often than makes sense; the message names the URL."""


class CutShortError(IgnoreRequest):
    """A response ends too early, and did so a second time; the message names the URL."""


class WholeMiddleware:
    """Unpack responses; ask again, once, for one that was cut short, then refuse it.

    Scrapy's own middleware, which this one leaves nothing to do, takes what came of a stream that
    was cut for the whole.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the limit of size from the setting ``DOWNLOAD_MAXSIZE``."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return *response* unpacked if it is whole; how it came is kept with the request.

        Raises:
            CutShortError: it was cut short twice.
            EncodingError: it has more than two content encodings.
        """
        Packed.forget(request)
        if response.status >= HTTPStatus.BAD_REQUEST or response.status == HTTPStatus.NOT_MODIFIED:
            return response  # it tells itself, and is often empty in spite of its headers
        encodings = encodings_of(response)
        if len(encodings) > MAX_ENCODINGS:
            raise EncodingError(f"{len(encodings)} content encodings: {response.url}")
        if response.status == HTTPStatus.PARTIAL_CONTENT:
            return ask_again(request, response, self._crawler)
        limit = request.meta.get("download_maxsize", self._max_size)
        try:
            body, left = unpack(response.body, encodings, limit)
        except TooLargeError:
            return response  # Scrapy refuses it, by name
        except TornBodyError:
            return ask_again(request, response, self._crawler)
        if len(left) == len(encodings):
            return response
        if not left:
            Packed(response.body, encodings).keep(request)
        return unpacked(response, body, b", ".join(left))


def encodings_of(response: Response) -> list[bytes]:
    """Return what a body is packed by, the outermost last."""
    header = b",".join(response.headers.getlist("Content-Encoding"))
    return [name.strip().lower() for name in header.split(b",") if name.strip()]


def unpacked(response: Response, body: bytes, left: bytes) -> Response:
    """Return *response* with another *body*, of the class that Scrapy has for it."""
    if left:
        response.headers["Content-Encoding"] = left
    else:
        del response.headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
    # not by its `replace`, which would first guess the charset of the packed body
    fields: dict[str, Any] = {name: getattr(response, name) for name in KEPT}
    return kind(body=body, **fields)


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
