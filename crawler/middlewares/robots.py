"""Obey robots.txt as RFC 9309 has it."""

from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError

TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
MAX_SIZE = 512 * 1024  # bytes; RFC 9309 asks for 500 KiB at least
MAX_ANNOUNCED = 64 * 1024 * 1024  # bytes; one that says it is larger is not even begun


class RobotsError(IgnoreRequest):
    """A robots.txt could not be had; the message names the URL that was not asked for."""


class ClosedError(IgnoreRequest):
    """A robots.txt forbids a request; the message names the URL."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, strict where a robots.txt cannot be had.

    An error of the server, 429 and silence forbid everything; another 4xx allows everything,
    whatever the page that came with it says. What goes beyond `MAX_SIZE` is not waited for.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._missing: dict[str, Exception] = {}
        self._received: WeakKeyDictionary[Request, int] = WeakKeyDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the bytes as they come."""
        robots = super().from_crawler(crawler)
        crawler.signals.connect(robots.stop_at_limit, signals.bytes_received)
        return robots

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Let *request* pass or raise, as `process_request_2` has it."""
        if _is_for_robots(request):
            request.meta["download_maxsize"] = MAX_ANNOUNCED
        await super().process_request(request)

    def stop_at_limit(self, data: bytes, request: Request) -> None:
        """Count the bytes of a robots.txt.

        Raises:
            StopDownload: there are enough; what came is kept.
        """
        if _is_for_robots(request):
            size = self._received[request] = self._received.get(request, 0) + len(data)
            if size > MAX_SIZE:
                raise StopDownload(fail=False)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let *request* pass or raise.

        Raises:
            ClosedError: the robots.txt forbids it.
            RobotsError: the robots.txt could not be had.
        """
        if rp is None:
            error = self._missing.get(urlsplit(request.url).netloc)
            raise RobotsError(f"no robots.txt, so nothing is asked for: {request.url}") from error
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise ClosedError(f"closed by robots.txt: {request.url}") from error

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules for *request*, or None where they could not be had.

        Twisted hands a result to the first that waits for it; the others of Scrapy's waiting
        requests get None, and are answered here from what was stored meanwhile.
        """
        waited = await super().robot_parser(request)
        stored = self._parsers[urlsplit(request.url).netloc]
        return stored if waited is None and isinstance(stored, RobotParser) else waited

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status == TOO_MANY:
            raise HttpError(response, f"no robots.txt: {response.url}")
        body = b"" if response.status >= HTTPStatus.BAD_REQUEST else response.body
        if len(body) > MAX_SIZE:
            body = body[:MAX_SIZE].rpartition(b"\n")[0]  # half a rule is another rule
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._missing[netloc] = exc
        super()._robots_error(exc, netloc)


def _is_for_robots(request: Request) -> bool:
    # Scrapy's own request for a robots.txt, or that of a spider which looks for sitemaps in it
    return request.meta.get("dont_obey_robotstxt", False) is True
