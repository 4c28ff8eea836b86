"""Why a page did not come, in a word or two."""

from http import HTTPStatus

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.downloading import HeadersError
from crawler.errors import MachineError
from crawler.guard import InternalAddressError, NotWebError, PortError
from crawler.hosts import BlockedError, HostBudgetError, HostDownError
from crawler.middlewares.blocked import BLOCKING
from crawler.middlewares.redirects import RedirectError
from crawler.middlewares.robots import ClosedError, RobotsError
from crawler.middlewares.whole import CutShortError, EncodingError

NAMES: tuple[tuple[type[Exception], str], ...] = (
    (MachineError, "this machine"),
    (ClosedError, "robots.txt"),
    (BlockedError, "blocked"),
    (CutShortError, "cut short"),
    (EncodingError, "content encodings"),
    (HostDownError, "host down"),
    (HostBudgetError, "host budget"),
    (HeadersError, "headers"),
    (RedirectError, "redirects"),
    (NotWebError, "no web address"),
    (PortError, "port"),
    (InternalAddressError, "internal address"),
    (CannotResolveHostError, "unknown host"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection refused"),
    (ResponseDataLossError, "cut short"),
    (DownloadCancelledError, "too large"),
    (DownloadFailedError, "connection"),
)

# Scrapy has one class for all that its middlewares refuse; the message tells them apart
IGNORED = (
    ("Filtered offsite", "off-site"),
    ("max redirections", "redirects"),
    ("DOWNLOAD_MAXSIZE", "too large"),
)

GONE = {404, 410}
FORBIDDING = frozenset({"blocked", *(f"HTTP {status}" for status in BLOCKING)})
"""Reasons by which a server says that it does not want to be asked."""

NOT_ASKED = (
    RobotsError,
    ClosedError,
    InternalAddressError,
    PortError,
    HostDownError,
    HostBudgetError,
    MachineError,
)
"""Errors of pages that were not asked for."""

PASSING = (RobotsError, BlockedError, CutShortError, HostDownError, HostBudgetError)
"""Errors by which a middleware refuses what may well come in another crawl."""


def reason(error: BaseException | None) -> str:
    """Return why a request failed, such as ``HTTP 503``, ``timeout`` or ``robots.txt``."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, RobotsError):
        missing = reason(error.__cause__)
        return f"robots.txt {missing}" if isinstance(error.__cause__, HttpError) else missing
    for kind, name in NAMES:
        if isinstance(error, kind):
            return name
    if isinstance(error, IgnoreRequest):
        return next((name for part, name in IGNORED if part in str(error)), "ignored")
    return type(error).__name__


def advice(error: BaseException | None) -> str:
    """Return what can be done about a failure, to be put behind the reason; else nothing."""
    found = error.__cause__ if isinstance(error, RobotsError) else error
    return f"; {found.advice}" if isinstance(found, (InternalAddressError, PortError)) else ""


def is_gone(error: BaseException | None) -> bool:
    """Whether the server says that the page will not come back."""
    return isinstance(error, HttpError) and error.response.status in GONE


def counts_against(error: BaseException | None, *, server_is_up: bool) -> bool:
    """Whether a failure is to be counted against the page, which a few of them give up.

    Not what a server forbids, nor what fails while it answers nothing at all: a site that is
    down for a week must not lose its pages.
    """
    if reason(error) in FORBIDDING or isinstance(error, NOT_ASKED):
        return False
    passing = not isinstance(error, (HttpError, IgnoreRequest, DownloadCancelledError))
    if isinstance(error, HttpError):
        passing = error.response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return server_is_up or not passing


def is_final(error: BaseException | None) -> bool:
    """Whether later crawls would fare no better: the answer is clear, or nothing may be asked."""
    if isinstance(error, HttpError):
        status = error.response.status
        return status < HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(error, PASSING):
        return False
    return isinstance(error, (IgnoreRequest, DownloadCancelledError))
