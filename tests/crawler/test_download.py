import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
import responses
from scrapy.settings import Settings

from cleaners import PageTooLargeError
from crawler.cleaning.download import (
    AddressError,
    Downloader,
    StatusError,
    UnreachableError,
)
from crawler.guard import AddressGuard
from tests.crawler.site_server import SiteServer

URL = "https://bugle.example/tram"
DOWNLOADER = Downloader(user_agent="dateline (+mailto:desk@bugle.example)", timeout=5, max_size=100)


@responses.activate
def test_page_comes_with_its_bytes_and_type() -> None:
    responses.get(URL, body=b"<p>\xe4</p>", content_type="text/html; charset=latin-1")
    page = DOWNLOADER.fetch(URL)
    assert (page.url, page.body, page.content_type) == (
        URL,
        b"<p>\xe4</p>",
        "text/html; charset=latin-1",
    )


@responses.activate
def test_user_agent_is_the_crawlers() -> None:
    responses.get(URL, body="x")
    DOWNLOADER.fetch(URL)
    assert responses.calls[0].request.headers["User-Agent"] == DOWNLOADER.user_agent


@responses.activate
def test_address_is_the_one_after_redirects() -> None:
    responses.get(URL, status=301, headers={"Location": "https://bugle.example/tram-2"})
    responses.get("https://bugle.example/tram-2", body="x")
    assert DOWNLOADER.fetch(URL).url == "https://bugle.example/tram-2"


@responses.activate
def test_error_status_is_named() -> None:
    responses.get(URL, status=403)
    with pytest.raises(StatusError, match=f"403 Forbidden: {URL}"):
        DOWNLOADER.fetch(URL)


@responses.activate
def test_server_without_an_answer_is_named() -> None:
    responses.get(URL, body=requests.ConnectTimeout())
    with pytest.raises(UnreachableError, match=f"ConnectTimeout: {URL}"):
        DOWNLOADER.fetch(URL)


@responses.activate
def test_page_over_the_limit_is_refused() -> None:
    responses.get(URL, body=b"x" * 101)
    with pytest.raises(PageTooLargeError, match=f"over 100 bytes: {URL}"):
        DOWNLOADER.fetch(URL)


@pytest.mark.parametrize(
    "url", ["ftp://bugle.example/a", "file:///etc/hosts", "http://", "http://["]
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(AddressError):
        DOWNLOADER.fetch(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:9/a", "an internal address: .*; allow it with -s ALLOW_INTERNAL=127.0"),
        ("http://0x7f000001/a", "an internal address"),
        ("http://printer.local/a", "an internal address"),
        ("http://bugle.example:8443/a", "port 8443: .*; allow it with -s ALLOW_PORTS=8443"),
        ("http://me:secret@bugle.example/a", "not an address of the web"),
    ],
)
def test_what_a_crawl_would_not_ask_is_not_fetched(url: str, why: str) -> None:
    with pytest.raises(AddressError, match=why):
        DOWNLOADER.fetch(url)


@responses.activate
def test_redirect_inside_is_not_followed() -> None:
    responses.get(URL, status=301, headers={"Location": "http://10.0.0.1/status"})
    inside = responses.get("http://10.0.0.1/status", body="x")
    with pytest.raises(AddressError, match=r"an internal address: http://10\.0\.0\.1/status;"):
        DOWNLOADER.fetch(URL)
    assert inside.call_count == 0


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteServer]:
    """Return a server of this machine, where every name leads."""
    monkeypatch.setenv("NO_PROXY", "*")
    with SiteServer() as site:
        site.serve("/tram", "<p>tram")
        place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", site.port))
        monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [place])
        yield site


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_name_that_leads_inside_is_asked_nothing(inside: SiteServer, scheme: str) -> None:
    guard = AddressGuard(ports={inside.port})
    url = f"{scheme}://bugle.example:{inside.port}/tram"
    with pytest.raises(AddressError, match=r"127\.0\.0\.1 answered, an internal address: http"):
        replace(DOWNLOADER, guard=guard).fetch(url)
    assert sum(inside.asked.values()) == 0


def test_server_inside_may_be_allowed(inside: SiteServer) -> None:
    server = f"bugle.example:{inside.port}"
    made = Downloader.from_settings(Settings({"ALLOW_INTERNAL": [server], "DOWNLOAD_MAXSIZE": 99}))
    assert made.fetch(f"http://{server}/tram").body == b"<p>tram"


def test_crawl_settings_hold_for_one_page_too() -> None:
    settings = Settings({"CONTACT": "mailto:desk@bugle.example", "DOWNLOAD_MAXSIZE": 9})
    found = Downloader.from_settings(settings)
    assert found.user_agent.endswith(" (+mailto:desk@bugle.example)")
    assert (found.timeout, found.max_size) == (180.0, 9)
