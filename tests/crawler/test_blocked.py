import datetime as dt
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.hosts import BlockedError, hosts_of
from crawler.middlewares.blocked import BlockedMiddleware, retry_after

PAGE = Request("https://ex.com/1", meta={"download_slot": "ex.com"})
NOW = dt.datetime(2025, 11, 3, 12, tzinfo=dt.UTC)


def ask(made: BlockedMiddleware, url: str = PAGE.url) -> None:
    hosts_of(made.crawler).check(Request(url))


def middleware(slot: SimpleNamespace | None = None) -> BlockedMiddleware:
    crawler = get_crawler(settings_dict={"BLOCKED_LIMIT": 2, "AUTOTHROTTLE_MAX_DELAY": 60})
    slots = {"ex.com": slot} if slot else {}
    vars(crawler)["_engine"] = SimpleNamespace(downloader=SimpleNamespace(slots=slots))
    return BlockedMiddleware.from_crawler(crawler)


def answer(made: BlockedMiddleware, *statuses: int, url: str = PAGE.url, wait: str = "") -> None:
    headers = {"Retry-After": wait} if wait else {}
    for status in statuses:
        made.process_response(PAGE.replace(url=url), Response(url, status, headers))


def test_host_that_refuses_every_request_is_left_alone() -> None:
    made = middleware()
    answer(made, 403)
    ask(made)
    answer(made, 429)
    with pytest.raises(BlockedError, match=r"ex\.com:443 refused 2 requests"):
        ask(made)
    ask(made, "https://other.org/1")


def test_page_that_comes_ends_the_row_of_refusals() -> None:
    made = middleware()
    answer(made, 403, 200, 403)
    ask(made)


def test_robots_txt_that_comes_says_nothing_of_pages() -> None:
    made = middleware()
    answer(made, 403)
    answer(made, 200, url="https://ex.com/robots.txt")
    answer(made, 403)
    with pytest.raises(BlockedError):
        ask(made)


@pytest.mark.parametrize(("wait", "delay"), [("30", 30.0), ("9999", 60.0), ("", 1.0), ("0", 1.0)])
def test_server_is_given_the_time_it_asks_for(wait: str, delay: float) -> None:
    slot = SimpleNamespace(delay=1.0)
    answer(middleware(slot), 503, wait=wait)
    assert slot.delay == delay


def test_time_without_a_slot_to_wait_in_is_passed_over() -> None:
    answer(middleware(), 503, wait="30")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 03 Nov 2025 12:00:30 GMT", 30.0),
        ("Mon, 03 Nov 2025 12:00:30 -0000", 30.0),
        ("Mon, 03 Nov 2025 11:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        ("²", 0.0),
        ("-5", 0.0),
        ("nan", 0.0),
        ("9" * 400, float("inf")),
        ("1 Oct 99999999999999999999 07:28:00 GMT", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float) -> None:
    assert retry_after(header, NOW) == seconds
