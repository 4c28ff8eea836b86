import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.middlewares.endings import EndMiddleware
from crawler.middlewares.whole import CutShortError

PAGE = Request("https://ex.com/1")
WHOLE = "<html><body><p>One.</p></body></html>"
OPEN = "<html><body><p>One.</p><p>Two.</p>"
CUT = "<html><body><p>One.</p><p>Tw"


def middleware() -> EndMiddleware:
    crawler = get_crawler()
    crawler.spider = crawler._create_spider("x")  # noqa: SLF001  # as get_crawler itself does
    return EndMiddleware.from_crawler(crawler)


def judge(
    body: str, request: Request = PAGE, *, made: EndMiddleware | None = None, partial: bool = False
) -> Request | Response:
    flags = ["partial"] if partial else []
    response = Response(request.url, body=body.encode(), flags=flags)
    return (made or middleware()).process_response(request, response)


@pytest.mark.parametrize(
    "body",
    [
        WHOLE,
        WHOLE + "<!-- 3 ms --><script>x</script>",
        "<HTML><BODY>x</BODY >",
        "<p>a fragment",
        "",
    ],
)
def test_page_with_its_end_passes(body: str) -> None:
    assert isinstance(judge(body), Response)


def test_page_cut_inside_a_word_is_asked_for_again_and_then_refused() -> None:
    again = judge(CUT)
    assert isinstance(again, Request)
    with pytest.raises(CutShortError, match=r"cut short: https://ex\.com/1"):
        judge(CUT, again)


def test_site_may_leave_out_the_end_and_is_asked_twice_only_once() -> None:
    made = middleware()
    again = judge(OPEN, made=made)
    assert isinstance(again, Request)
    assert isinstance(judge(OPEN, again, made=made), Response)
    assert isinstance(judge(OPEN, Request("https://ex.com/2"), made=made), Response)
    assert isinstance(judge(OPEN, Request("https://other.org/2"), made=made), Request)


def test_site_that_leaves_out_the_end_is_still_seen_to_be_cut() -> None:
    made = middleware()
    again = judge(OPEN, made=made)
    assert isinstance(again, Request)
    judge(OPEN, again, made=made)
    assert isinstance(judge(CUT, Request("https://ex.com/2"), made=made), Request)


@pytest.mark.parametrize(
    "body", [WHOLE, "<rss><channel></channel></rss>\n", "<urlset></urlset><!-- x -->"]
)
def test_body_that_ends_with_the_connection_passes_with_its_end(body: str) -> None:
    assert isinstance(judge(body, partial=True), Response)


def test_end_of_a_gzip_file_is_seen_by_its_reader() -> None:
    response = Response("https://ex.com/sitemap.xml.gz", body=b"\x1f\x8b", flags=["partial"])
    assert middleware().process_response(PAGE, response) is response


@pytest.mark.parametrize("body", [OPEN, "<rss><channel><item>", "plain words"])
def test_body_that_ends_with_the_connection_is_suspect_without_one(body: str) -> None:
    again = judge(body, partial=True)
    assert isinstance(again, Request)
    with pytest.raises(CutShortError):
        judge(body, again, partial=True)


def test_robots_txt_has_no_end_to_be_seen() -> None:
    request = Request("https://ex.com/robots.txt")
    assert isinstance(judge("User-agent: *", request, partial=True), Response)


def test_error_tells_itself() -> None:
    response = Response(PAGE.url, status=404, body=CUT.encode())
    assert middleware().process_response(PAGE, response) is response
