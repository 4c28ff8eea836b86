"""Fetch one page for a command.

DownloadError
├── AddressError      not an http or https address, or one that a crawl would not ask either
├── StatusError       the server answered with an error
└── UnreachableError  no answer: name, connection, certificate, time
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import BaseSettings

from cleaners import PageTooLargeError
from crawler.agent import name_contact
from crawler.cleaning.connections import GuardedAdapter
from crawler.cleaning.pages import RawPage
from crawler.guard import AddressGuard

CHUNK = 64 * 1024  # bytes


class DownloadError(Exception):
    """A page could not be fetched; the message names the URL."""


class AddressError(DownloadError):
    """The address is not one of http or https, or one that a crawl would not ask either."""


class StatusError(DownloadError):
    """The server answered with an error status."""


class UnreachableError(DownloadError):
    """The server gave no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloader:
    """How pages are asked for."""

    user_agent: str
    timeout: float
    """Seconds for the connection, and again for each wait for more."""

    max_size: int
    """Bytes of a page, unpacked; the largest of 1,653 news pages has 2.9 million."""

    guard: AddressGuard = field(default_factory=AddressGuard)
    """What may be asked, redirects too."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "Downloader":
        """Take what holds for a crawl, the user agent with its contact."""
        name_contact(settings)
        return cls(
            user_agent=str(settings["USER_AGENT"]),
            timeout=settings.getfloat("DOWNLOAD_TIMEOUT"),
            max_size=settings.getint("DOWNLOAD_MAXSIZE"),
            guard=AddressGuard.of(settings),
        )

    def fetch(self, url: str) -> RawPage:
        """Fetch *url*; the page's address is the one after redirects.

        Raises:
            DownloadError: there is no page to be had.
            PageTooLargeError: it has more than `max_size` bytes.
        """
        check_address(url)
        headers = {"User-Agent": self.user_agent, "Accept": "text/html,*/*;q=0.5"}
        try:
            with (
                self._session() as session,
                session.get(url, headers=headers, timeout=self.timeout, stream=True) as answer,
            ):
                if not answer.ok:
                    raise StatusError(f"{answer.status_code} {answer.reason}: {url}")
                return RawPage(
                    name=url,
                    body=read_body(answer, url, self.max_size),
                    url=answer.url,
                    content_type=answer.headers.get("Content-Type", ""),
                )
        except IgnoreRequest as error:
            raise AddressError(str(error)) from error
        except requests.RequestException as error:
            raise UnreachableError(f"{type(error).__name__}: {url}") from error

    def _session(self) -> requests.Session:
        session = requests.Session()
        for scheme in ("http://", "https://"):
            session.mount(scheme, GuardedAdapter(self.guard))
        return session


def check_address(url: str) -> None:
    """Let pass what can be fetched.

    Raises:
        AddressError: *url* is no address of http or https.
    """
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise AddressError(f"{error}: {url}") from error
    if not is_web:
        raise AddressError(f"not an http or https address: {url}")


def read_body(answer: requests.Response, url: str, max_size: int) -> bytes:
    """Read the body, unpacked, as far as the limit.

    Raises:
        PageTooLargeError: it has more than *max_size* bytes.
    """
    body = bytearray()
    for chunk in answer.iter_content(CHUNK):
        body += chunk
        if len(body) > max_size:
            raise PageTooLargeError(f"over {max_size} bytes: {url}")
    return bytes(body)
