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


def test_crawl_settings_hold_for_one_page_too() -> None:
    settings = Settings({"CONTACT": "mailto:desk@bugle.example", "DOWNLOAD_MAXSIZE": 9})
    found = Downloader.from_settings(settings)
    assert found.user_agent.endswith(" (+mailto:desk@bugle.example)")
    assert (found.timeout, found.max_size) == (180.0, 9)
