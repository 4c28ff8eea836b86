"""Obey robots.txt as RFC 9309 has it."""

from http import HTTPStatus
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError

TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
MAX_SIZE = 512 * 1024  # bytes; RFC 9309 asks for 500 KiB at least


class RobotsError(IgnoreRequest):
    """A robots.txt could not be had; the message names the URL that was not asked for."""


class ClosedError(IgnoreRequest):
    """A robots.txt forbids a request; the message names the URL."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, strict where a robots.txt cannot be had.

    An error of the server, 429 and silence forbid everything; another 4xx allows everything,
    whatever the page that came with it says.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._missing: dict[str, Exception] = {}

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
        body = b"" if response.status >= HTTPStatus.BAD_REQUEST else response.body[:MAX_SIZE]
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._missing[netloc] = exc
        super()._robots_error(exc, netloc)
