"""Follow redirects where they lead to a page, and name those that do not."""

from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response


class RedirectError(IgnoreRequest):
    """A redirect leads to no address; the message names the URL it was the answer to."""


class NamedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's middleware, with a name for what it would let fall through as a `ValueError`.

    Where a redirect leads is looked at like every request: `crawler.middlewares.addresses`, and
    Scrapy's own middleware for the domains of the site.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the limits from the settings.

        Scrapy's own would also look for what tells pages their referrer, and warn of its absence.
        """
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the request for where *response* leads, or *response*.

        Raises:
            RedirectError: it leads to no address.
            IgnoreRequest: there were too many before it.
        """
        try:
            followed: Request | Response = super().process_response(request, response)
        except ValueError as error:
            raise RedirectError(f"leads to no address: {request.url}: {error}") from error
        return followed

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if redirected.url == request.url:
            # without cookies the answer would be the same for ever
            raise RedirectError(f"leads to itself: {request.url}")
        return super()._redirect(redirected, request, reason)


class NamedOffsiteMiddleware(OffsiteMiddleware):
    """Scrapy's middleware, without the look at requests that are only scheduled.

    There it drops what a redirect leads to without a word: no callback, no error, no end.
    """

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Let every *request* be scheduled; `process_request` refuses it by name."""
