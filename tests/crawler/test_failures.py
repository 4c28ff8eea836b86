import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.downloading import HeadersError
from crawler.failures import advice, counts_against, is_final, is_gone, reason
from crawler.guard import InternalAddressError, NotWebError, PortError
from crawler.hosts import BlockedError, HostBudgetError, HostDownError
from crawler.middlewares.redirects import RedirectError
from crawler.middlewares.robots import ClosedError, RobotsError
from crawler.middlewares.whole import CutShortError, EncodingError

INSIDE = InternalAddressError("inside", "http://127.0.0.1:8000/a")
PORT = PortError("https://ex.com:8443/a", 8443)


def status(number: int) -> HttpError:
    return HttpError(Response("https://ex.com/", status=number))


def no_robots(cause: Exception) -> RobotsError:
    error = RobotsError("no robots.txt")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (status(503), "HTTP 503"),
        (ClosedError("closed"), "robots.txt"),
        (BlockedError("refused"), "blocked"),
        (CutShortError("cut"), "cut short"),
        (EncodingError("packed"), "content encodings"),
        (NotWebError("ftp"), "no web address"),
        (INSIDE, "internal address"),
        (PORT, "port"),
        (HeadersError("many"), "headers"),
        (RedirectError("nowhere"), "redirects"),
        (HostDownError("down"), "host down"),
        (HostBudgetError("enough"), "host budget"),
        (CannotResolveHostError(), "unknown host"),
        (DownloadTimeoutError(), "timeout"),
        (DownloadConnectionRefusedError(), "connection refused"),
        (DownloadFailedError(), "connection"),
        (ResponseDataLossError(), "cut short"),
        (DownloadCancelledError(), "too large"),
        (IgnoreRequest("Filtered offsite request to 'x'"), "off-site"),
        (IgnoreRequest("max redirections reached"), "redirects"),
        (IgnoreRequest("its body exceeded DOWNLOAD_MAXSIZE"), "too large"),
        (IgnoreRequest("else"), "ignored"),
        (KeyError("else"), "KeyError"),
    ],
)
def test_failure_is_told_in_a_word_or_two(error: Exception, expected: str) -> None:
    assert reason(error) == expected


def test_internal_address_is_told_with_the_setting_that_allows_it() -> None:
    assert advice(INSIDE) == "; allow it with -s ALLOW_INTERNAL=127.0.0.1:8000"
    assert (
        str(INSIDE)
        == "inside: http://127.0.0.1:8000/a; allow it with -s ALLOW_INTERNAL=127.0.0.1:8000"
    )


def test_internal_address_of_a_robots_txt_is_told_with_the_setting_too() -> None:
    error = no_robots(INSIDE)
    assert (reason(error), advice(error)) == ("internal address", f"; {INSIDE.advice}")


def test_other_failures_come_without_advice() -> None:
    assert advice(DownloadTimeoutError()) == ""


@pytest.mark.parametrize(
    ("cause", "expected"),
    [(status(503), "robots.txt HTTP 503"), (CannotResolveHostError(), "unknown host")],
)
def test_robots_txt_that_does_not_come_is_told_by_its_cause(
    cause: Exception, expected: str
) -> None:
    assert reason(no_robots(cause)) == expected
    assert not counts_against(no_robots(cause), server_is_up=True)


def test_only_not_found_and_gone_are_for_good() -> None:
    assert is_gone(status(404))
    assert is_gone(status(410))
    assert not is_gone(status(503))
    assert not is_gone(DownloadTimeoutError())


@pytest.mark.parametrize("error", [status(404), status(400), DownloadCancelledError()])
def test_failure_of_the_page_counts_against_it(error: Exception) -> None:
    assert counts_against(error, server_is_up=False)


@pytest.mark.parametrize("error", [status(503), DownloadTimeoutError(), CannotResolveHostError()])
def test_failure_of_the_server_counts_only_while_it_answers_other_requests(
    error: Exception,
) -> None:
    assert counts_against(error, server_is_up=True)
    assert not counts_against(error, server_is_up=False)


def test_port_is_told_with_the_setting_that_allows_it() -> None:
    assert advice(PORT) == "; allow it with -s ALLOW_PORTS=8443"


@pytest.mark.parametrize("error", [PORT, HostDownError("down"), HostBudgetError("enough")])
def test_page_that_was_not_asked_for_is_not_held_to_account(error: Exception) -> None:
    assert not counts_against(error, server_is_up=True)


@pytest.mark.parametrize("error", [status(403), status(429), ClosedError(), BlockedError()])
def test_what_is_forbidden_never_counts_against_a_page(error: Exception) -> None:
    assert not counts_against(error, server_is_up=True)


@pytest.mark.parametrize(
    "error",
    [status(404), status(403), ClosedError("closed"), INSIDE, DownloadCancelledError(),
     IgnoreRequest("Filtered offsite request to 'x'")],
)  # fmt: skip
def test_clear_answer_is_final(error: Exception) -> None:
    assert is_final(error)


@pytest.mark.parametrize(
    "error",
    [status(500), status(429), BlockedError("refused"), CutShortError("cut"),
     HostDownError("down"), HostBudgetError("enough"), no_robots(status(503)),
     DownloadTimeoutError()],
)  # fmt: skip
def test_trouble_that_may_pass_is_not_final(error: Exception) -> None:
    assert not is_final(error)
