"""The text file of an article: a header, an empty line, the text."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from textwrap import shorten
from typing import Any, Literal

import yaml

from cleaners.article import Article, Entry, Moment
from crawler.errors import SettingError
from crawler.paths import UNDATED, file_day, published_day

Header = Literal["yaml", "date", "none"]
HEADERS: tuple[Header, ...] = ("yaml", "date", "none")
FENCE = "---\n"
BEGINNING = 80  # characters
UNFOLDED = 2**31 - 1  # columns, the most libyaml takes: a line a field is what grep wants
_DATE_LINE = re.compile(rf"date (?:\d{{4}}-\d\d-\d\d|{UNDATED})\n\n")


# of both kinds below only the representation of texts differs from PyYAML's own
class OneLine(yaml.SafeDumper):
    """Writes a text with line ends on one line, between double quotes, with escapes.

    PyYAML by itself would write a U+0085 as the line end that it no longer reads as one.
    """


class FastOneLine(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # as built
    """The same by libyaml, where PyYAML is built with it, but that it escapes emoji."""


def _quote(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # composed here: later, an escape's end could be
    text = unicodedata.normalize("NFC", text).encode(errors="replace").decode()
    style = '"' if len(text.splitlines()) > 1 or text != text.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


OneLine.add_representer(str, _quote)
FastOneLine.add_representer(str, _quote)
BEYOND_BMP = r"\U0"
"""Where libyaml escaped a character that may stand as it is."""


@cache
def version() -> str:
    """Return the installed version; ``unknown`` in a checkout that is not installed."""
    try:
        return metadata.version("dateline")
    except metadata.PackageNotFoundError:
        return "unknown"


def as_header(name: str) -> Header:
    """Return *name* as the kind of header that it names.

    Raises:
        SettingError: there is no such kind.
    """
    for header in HEADERS:
        if header == name:
            return header
    raise SettingError(f"TEXT_HEADER: not one of {', '.join(HEADERS)}: {name}")


def render(article: Article, header: Header, fetched: dt.datetime | None) -> bytes:
    """Return the file's content: UTF-8, NFC, LF, the same for the same input."""
    return with_header(body(article.text), article, header, fetched)


def with_header(text: str, article: Article, header: Header, fetched: dt.datetime | None) -> bytes:
    """Return the content of the file of an article whose `body` is *text*."""
    if header == "yaml":
        return f"{FENCE}{front_matter(article, fetched)}{FENCE}\n{text}\n".encode()
    if header == "date":
        day = file_day(article, fetched)
        return f"date {day.isoformat() if day else UNDATED}\n\n{text}\n".encode()
    return f"{text}\n".encode()


def text_of(content: str) -> str:
    """Return the text in a file's *content*, whatever header it has; `render` undone."""
    if content.startswith(FENCE):
        content = content.partition(f"\n{FENCE}\n")[2]
    elif line := _DATE_LINE.match(content):
        content = content[line.end() :]
    return content.removesuffix("\n")


def header_of(content: str) -> dict[str, Any]:
    """Return the fields of a file's YAML header; none where it has none.

    Raises:
        yaml.YAMLError: it cannot be read.
    """
    head, end, _ = content.partition(f"\n{FENCE}\n")
    fields = yaml.safe_load(head.removeprefix(FENCE)) if content.startswith(FENCE) and end else {}
    return fields if isinstance(fields, dict) else {}


def body(text: str) -> str:
    """Return *text* as files hold it: NFC, LF, what UTF-8 cannot hold as ``?``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    composed = unicodedata.normalize("NFC", lines)
    try:
        composed.encode()
    except UnicodeEncodeError:
        return composed.encode(errors="replace").decode()
    return composed


def front_matter(article: Article, fetched: dt.datetime | None) -> str:
    """Return the fields of an article as YAML, one a line, without the empty ones."""
    fields = {
        "title": article.title,
        "url": article.url,
        "canonical_url": "" if article.canonical_url == article.url else article.canonical_url,
        "source": article.source,
        "authors": list(article.authors),
        **dates(article),
        "section": article.section,
        "tags": list(article.tags),
        "language": article.language,
        "access": article.access,
        "lead": article.lead,
        "captions": list(article.captions),
        "pages": article.pages if article.pages > 1 else 0,
        "incomplete": article.incomplete,
        "next_page": article.next_page,
        "entries": [entry_fields(entry) for entry in article.entries],
        "fetched": iso(fetched),
        "layout_changed": article.layout_changed,
        "guarded": article.guarded,
        "dateline": version(),
    }
    present = {key: value for key, value in fields.items() if value}
    text = dumped(present, FastOneLine)
    return dumped(present, OneLine) if BEYOND_BMP in text else text


def dumped(fields: Mapping[str, object], dumper: type[yaml.SafeDumper]) -> str:
    """Return *fields* as YAML, one a line, in their order."""
    text: str = yaml.dump(
        fields, Dumper=dumper, allow_unicode=True, sort_keys=False, width=UNFOLDED
    )
    return text


def entry_fields(entry: Entry) -> dict[str, str]:
    """Return when an entry of a live report was written, and by what it is found in the text."""
    begins = entry.headline or shorten(entry.text, BEGINNING, placeholder="…")
    fields = {"time": iso(entry.time), "printed": entry.printed, "begins": begins}
    return {name: value for name, value in fields.items() if value}


def dates(article: Article) -> dict[str, str]:
    """Return the dates of an article and their evidence, ISO 8601; an impossible one is none."""
    is_dated = published_day(article) is not None
    return {
        "published": iso(article.published) if is_dated else "",
        "modified": iso(article.modified),
        "date_source": article.date_source if is_dated else "fetched",
    }


def iso(moment: Moment | None) -> str:
    """Return ISO 8601 with the offset where one is known; empty for None."""
    return "" if moment is None else moment.isoformat()
