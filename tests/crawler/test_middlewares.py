import asyncio
from ipaddress import ip_address

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, StopDownload
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.test import get_crawler

from crawler.failures import reason
from crawler.guard import AddressGuard, InternalAddressError, NotWebError, PortError
from crawler.middlewares.addresses import AddressMiddleware, PeerMiddleware
from crawler.middlewares.robots import MAX_SIZE, ClosedError, RobotsError, RobotsMiddleware

PAGE = Request("https://ex.com/private/1")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8000/",
        "http://localhost/",
        "http://0x7f000001/",
        "http://[::1]/",
    ],
)
def test_request_inside_is_refused(url: str) -> None:
    with pytest.raises(InternalAddressError):
        AddressMiddleware(AddressGuard()).process_request(Request(url))


@pytest.mark.parametrize("url", ["http://me@ex.com/", "file:///etc/hosts", "data:,x"])
def test_request_off_the_web_is_refused(url: str) -> None:
    with pytest.raises(NotWebError):
        AddressMiddleware(AddressGuard()).process_request(Request(url))


def test_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(NotWebError, match="an address of 3014 characters: http"):
        AddressMiddleware(AddressGuard()).process_request(Request("http://ex.com/" + "x" * 3000))


def test_other_ports_than_those_of_the_web_are_refused_unless_allowed() -> None:
    request = Request("https://ex.com:8443/")
    with pytest.raises(PortError, match=r"port 8443: .*; allow it with -s ALLOW_PORTS=8443"):
        AddressMiddleware(AddressGuard()).process_request(request)
    crawler = get_crawler(settings_dict={"ALLOW_PORTS": "8443,8080"})
    AddressMiddleware.from_crawler(crawler).process_request(request)


def test_allowed_port_is_not_allowed_inside() -> None:
    with pytest.raises(InternalAddressError):
        AddressMiddleware(AddressGuard(ports={8443})).process_request(
            Request("http://10.0.0.1:8443/")
        )


def test_request_to_the_internet_or_an_exception_passes() -> None:
    crawler = get_crawler(settings_dict={"ALLOW_INTERNAL": "127.0.0.1:8000"})
    middleware = AddressMiddleware.from_crawler(crawler)
    middleware.process_request(Request("https://ex.com/"))
    middleware.process_request(Request("http://127.0.0.1:8000/"))
    with pytest.raises(InternalAddressError):
        middleware.process_request(Request("http://127.0.0.1/"))


def answer(peer: str | None, request: Request, allowed: str = "") -> Response:
    address = None if peer is None else ip_address(peer)
    response = Response(request.url, ip_address=address)
    middleware = PeerMiddleware(AddressGuard(frozenset({allowed})))
    middleware.process_request(request)
    return middleware.process_response(request, response)


def test_answer_of_an_internal_server_is_refused_whatever_its_name() -> None:
    with pytest.raises(InternalAddressError, match=r"10\.0\.0\.1 answered"):
        answer("10.0.0.1", PAGE)


def test_answer_passes_from_the_internet_an_exception_or_a_proxy() -> None:
    assert answer("8.8.8.8", PAGE).url == PAGE.url
    assert answer(None, PAGE).url == PAGE.url
    assert answer("127.0.0.1", PAGE, allowed="ex.com:443").url == PAGE.url
    assert answer("10.0.0.1", PAGE.replace(meta={"proxy": "http://10.0.0.1"})).url == PAGE.url


class Engine:
    """Answers every request for a robots.txt alike."""

    def __init__(self, answer: Response | Exception) -> None:
        self.answer = answer

    async def download_async(self, request: Request) -> Response:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer.replace(url=request.url)


def ask(answer: Response | Exception) -> RobotParser | None:
    crawler = get_crawler(
        settings_dict={"ROBOTSTXT_OBEY": True, "ROBOTSTXT_USER_AGENT": "dateline"}
    )
    vars(crawler)["_engine"] = Engine(answer)
    middleware = RobotsMiddleware.from_crawler(crawler)

    async def ask_middleware() -> None:
        await middleware.process_request(PAGE)

    asyncio.run(ask_middleware())
    return None


def robots(status: int, body: bytes = b"User-agent: *\nDisallow: /private") -> Response:
    return Response("https://ex.com/robots.txt", status=status, body=body)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_txt_that_fails_forbids_everything(status: int) -> None:
    with pytest.raises(RobotsError, match=f"nothing is asked for: {PAGE.url}") as caught:
        ask(robots(status, b""))
    assert reason(caught.value) == f"robots.txt HTTP {status}"


@pytest.mark.parametrize("status", [401, 404, 410])
def test_robots_txt_that_is_not_there_allows_everything(status: int) -> None:
    ask(robots(status))


def test_robots_txt_is_obeyed() -> None:
    with pytest.raises(ClosedError, match=PAGE.url) as caught:
        ask(robots(200))
    assert reason(caught.value) == "robots.txt"
    ask(robots(200, b"User-agent: *\nDisallow: /other"))


def test_only_the_first_half_megabyte_of_robots_txt_counts() -> None:
    ask(robots(200, b"#" * 1024 * 1024 + b"\nUser-agent: *\nDisallow: /"))


def test_robots_txt_is_cut_between_two_rules() -> None:
    filler = b"#" * (MAX_SIZE - 40)
    ask(robots(200, filler + b"\nUser-agent: *\nDisallow: /pri" + b"x" * 99))


def test_robots_txt_without_an_end_is_not_waited_for() -> None:
    crawler = get_crawler(settings_dict={"ROBOTSTXT_OBEY": True})
    made = RobotsMiddleware.from_crawler(crawler)
    request = Request("https://ex.com/robots.txt", meta={"dont_obey_robotstxt": True})
    made.stop_at_limit(b"x" * MAX_SIZE, request)
    with pytest.raises(StopDownload) as caught:
        made.stop_at_limit(b"x", request)
    assert not caught.value.fail


def test_other_bodies_are_not_counted() -> None:
    crawler = get_crawler(settings_dict={"ROBOTSTXT_OBEY": True})
    RobotsMiddleware.from_crawler(crawler).stop_at_limit(b"x" * 2 * MAX_SIZE, PAGE)


def test_silent_server_forbids_everything_for_the_reason_it_is_silent() -> None:
    with pytest.raises(RobotsError) as caught:
        ask(CannotResolveHostError())
    assert reason(caught.value) == "unknown host"
