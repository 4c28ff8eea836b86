"""Ask again for a page whose end is not there, though nothing else says that it was cut.

A length that counts characters instead of bytes, a proxy that loses its server, a connection
whose close is the only end of a body: HTTP calls all of these whole.
"""

import re
from http import HTTPStatus
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.addresses import server_of
from crawler.middlewares.whole import ask_again

OPENED = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)
CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
HEAD = 64 * 1024  # bytes in which a page begins, at the latest
ROOT_CLOSED = re.compile(rb"</[\w.:-]+\s*>(?:\s|<!--.*?-->)*\Z", re.DOTALL)
TAIL = 4096  # bytes
PACKED = (b"\x1f\x8b",)  # a sitemap that is a gzip file; its reader sees where it ends


class EndMiddleware:
    """Judges unpacked bodies by their last bytes.

    A page without ``</body>`` and ``</html>`` that is the same the second time is one of a site
    that leaves them out, as it may, if at least its last tag is whole; the site's other pages are
    then not asked for twice.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._leaving_out: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let *response* pass if it has its end.

        Raises:
            CutShortError: it has none, and had none the first time.
        """
        if response.status >= HTTPStatus.MULTIPLE_CHOICES or not response.body:
            return response
        if urlparse_cached(request).path == "/robots.txt" or has_end(response):
            return response
        if "partial" in response.flags or not response.body.rstrip().endswith(b">"):
            return ask_again(request, response, self._crawler)
        server = server_of(request.url)
        if request.meta.get("retry_times") or server in self._leaving_out:
            self._leaving_out.add(server)
            return response
        return ask_again(request, response, self._crawler)


def has_end(response: Response) -> bool:
    """Whether the last bytes are those of a whole page, feed or sitemap.

    Of what is none of these nothing is known, unless the close of the connection was its end.
    """
    body = response.body
    # of nearly every page the last bytes tell, and to search all of it takes a hundred times longer
    if body.startswith(PACKED) or CLOSED.search(body, len(body) - TAIL) or CLOSED.search(body):
        return True
    if OPENED.search(body, 0, HEAD):
        return False
    return "partial" not in response.flags or ROOT_CLOSED.search(body[-TAIL:]) is not None
