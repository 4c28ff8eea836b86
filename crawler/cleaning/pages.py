"""One page or dump from outside the crawl: its bytes, and the article in them."""

import codecs
import datetime as dt
import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import cleaners
from cleaners import Article, CleaningError, NotHtmlError, PageTooLargeError, clean
from cleaners.decoding import BOMS, decode, decode_utf8, looks_binary, web_codec
from cleaners.page import open_page

MAX_FILE = 32 * 1024 * 1024  # bytes, unpacked; the cleaners refuse a larger page too
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
DUMP_TYPE = "text/plain"


class OtherLanguageError(CleaningError):
    """The page is in another language than the one asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """Bytes as they came, with what is known of them besides."""

    name: str
    """What the user called it: a file, an address, ``-`` for standard input."""

    body: bytes
    url: str = ""
    """Address the page came from; empty where nobody said, then the page's own word is taken."""

    content_type: str = ""
    """As in the HTTP header, with or without a charset; empty where there was none."""

    is_dump: bool = False
    """Whether the text is a flattened page without tags."""

    fetched: dt.datetime | None = None
    """When the page came, aware; None where nobody knows."""

    stem: str = ""
    """Name of its output without an ending; empty where the input's name gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """A page in a file, plain or gzipped, not yet read."""

    name: str
    path: Path
    url: str = ""
    content_type: str = ""
    is_dump: bool = False

    def read(self) -> RawPage:
        """Read the file.

        Raises:
            OSError: it cannot be read, or is no gzip file in spite of its name.
            PageTooLargeError: it holds more than `MAX_FILE` bytes.
        """
        return RawPage(
            name=self.name,
            body=read_bytes(self.path),
            url=self.url,
            content_type=self.content_type,
            is_dump=self.is_dump,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that gave no article."""

    name: str
    reject: str
    """Class name of the error: ``NotAnArticleError``, ``StatusError``…"""

    why: str

    @classmethod
    def of(cls, name: str, error: BaseException) -> "Refusal":
        """Return the refusal of the input *name* for *error*."""
        # cleaners end their messages with the address, which a saved page may not have
        return cls(name=name, reject=type(error).__name__, why=str(error).removesuffix(": "))

    @property
    def is_missing(self) -> bool:
        """Whether there is no such file, which is no fault of a page."""
        return self.reject == FileNotFoundError.__name__

    @property
    def reason(self) -> str:
        """Why, for people."""
        return self.why if self.is_missing else f"{self.reject}: {self.why}"


def read_bytes(path: Path) -> bytes:
    """Return what *path* holds, unpacked where its name ends in ``.gz``.

    Raises:
        OSError: it cannot be read or unpacked.
        PageTooLargeError: it holds more than `MAX_FILE` bytes.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            body = file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise FileNotFoundError(f"no such file: {path}") from error
    except (EOFError, zlib.error) as error:
        raise gzip.BadGzipFile(f"damaged gzip file: {path}") from error
    if len(body) > MAX_FILE:
        raise PageTooLargeError(f"over {MAX_FILE} bytes: {path}")
    return body


def clean_raw(page: RawPage, *, language: str = "", trace: bool = False) -> Article:
    """Return the article of *page*.

    *language* is an ISO 639-1 code; a page in another one is refused, a page of which nothing
    tells the language is kept.

    Raises:
        CleaningError: the page holds no article, or one in another language.
    """
    kind = page.content_type.partition(";")[0].strip().lower()
    if page.is_dump or (kind == DUMP_TYPE and not is_markup(page.body)):
        article = cleaners.clean_dump(
            text_of(page), page.url or None, fetched=page.fetched, trace=trace
        )
    elif kind and kind not in {*HTML_TYPES, DUMP_TYPE}:
        raise NotHtmlError(f"{kind}: {page.url or page.name}")
    else:
        markup = decode_by_header(page)
        url = page.url or stated_url(markup)
        article = clean(markup, url, fetched=page.fetched, trace=trace)
    if language and article.language and article.language != language:
        raise OtherLanguageError(
            f"language is {article.language}, not {language}: {page.url or page.name}"
        )
    return article


def is_markup(body: bytes) -> bool:
    """Whether *body* begins with a tag; some servers call every page plain text."""
    return body.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")


def text_of(page: RawPage) -> str:
    """Return the text of a dump.

    Raises:
        CleaningError: it is empty, binary or too large.
    """
    markup = decode_by_header(page)
    return markup if isinstance(markup, str) else decode(markup, page.url or page.name)


def decode_by_header(page: RawPage) -> bytes | str:
    """Return the text by the charset of the content type, else the bytes as they are.

    A byte order mark and UTF-8 that holds beat the header: servers state a default for pages of
    any encoding.
    """
    body = page.body
    _, _, charset = page.content_type.lower().partition("charset=")
    codec = web_codec(charset.split(";")[0].strip(" \"'"))
    marked = body.startswith(tuple(bom for bom, _ in BOMS))
    if not codec or marked or looks_binary(body) or decode_utf8(body):
        return body
    return body.decode(codec, "replace")


def stated_url(markup: bytes | str) -> str:
    """Return the address that a page without a known one gives itself; empty where it gives none.

    Raises:
        CleaningError: the page cannot be parsed.
    """
    page = open_page(markup, "")
    return page.canonical or page.first_meta("og:url")
