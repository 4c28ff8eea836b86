import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.failures import reason
from crawler.middlewares.redirects import (
    NamedOffsiteMiddleware,
    NamedRedirectMiddleware,
    RedirectError,
)

PAGE = Request("https://ex.com/1")


def follow(location: str, request: Request = PAGE) -> Request | Response:
    crawler = get_crawler()
    crawler.spider = crawler._create_spider("x")  # noqa: SLF001  # as get_crawler itself does
    middleware = NamedRedirectMiddleware.from_crawler(crawler)
    response = Response(request.url, status=302, headers={"Location": location})
    return middleware.process_response(request, response)


@pytest.mark.parametrize(
    "location", ["/2", "http://ex.com/1", "https://other.org/1", "//other.org"]
)
def test_redirect_to_another_page_is_followed(location: str) -> None:
    assert isinstance(follow(location), Request)


@pytest.mark.parametrize("location", ["/1", "https://ex.com/1", ""])
def test_redirect_to_itself_is_given_up_at_once(location: str) -> None:
    with pytest.raises(RedirectError, match=r"leads to itself: https://ex\.com/1"):
        follow(location)


@pytest.mark.parametrize("location", ["http://[::1", "https:"])
def test_redirect_to_no_address_is_named(location: str) -> None:
    with pytest.raises(RedirectError) as caught:
        follow(location)
    assert reason(caught.value) == "redirects"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://ex.com/", "data:text/html,x"])
def test_redirect_off_the_web_is_not_followed(location: str) -> None:
    assert isinstance(follow(location), Response)


def test_redirect_off_the_site_is_refused_by_name_and_not_dropped_before() -> None:
    crawler = get_crawler()
    spider = crawler.spider = crawler._create_spider("x")  # noqa: SLF001  # as in get_crawler
    vars(spider)["allowed_domains"] = ["ex.com"]
    middleware = NamedOffsiteMiddleware.from_crawler(crawler)
    middleware.spider_opened(spider)
    request = Request("https://other.org/1")
    middleware.request_scheduled(request, spider)
    with pytest.raises(IgnoreRequest) as caught:
        middleware.process_request(request)
    assert reason(caught.value) == "off-site"
