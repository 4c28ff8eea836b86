"""Read sitemaps and sitemap indexes, plain or gzipped, with the tags of Google News."""

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from lxml import etree

from crawler.discovery.addresses import clean_address, month_in
from crawler.discovery.listing import Entry, ListingError, newest
from crawler.discovery.moments import moment
from crawler.link import Link

GZIP = b"\x1f\x8b"
ENDINGS = {"ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP", "ERR_TAG_NOT_FINISHED", "ERR_NO_MEMORY"}
"""Errors after which libxml2 reads no further and says nothing: growing entities, depth."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of a sitemap, or the sitemaps of an index; newest first."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    whole: bool = True
    """False where damage or the limit of size cut the end off."""


def read_sitemap(body: bytes, address: str, *, limit: int, max_size: int) -> Sitemap:
    """Return the *limit* newest records among the first *max_size* bytes of a sitemap.

    It is read as a stream and a record is forgotten once read; no entity is resolved and
    nothing is loaded. A bad record does not harm the rest.

    Raises:
        ListingError: *body* is no sitemap.
    """
    stream = _Unpacked(body, max_size)
    events = etree.iterparse(
        cast("BinaryIO", stream),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        kind = next((_name(element) for _, element in events), "")
        records = tuple(newest(_records(events, address), limit))
    except etree.XMLSyntaxError as error:
        raise ListingError(f"no sitemap: {address}: {error.msg}") from error
    is_whole = not stream.cut and ENDINGS.isdisjoint(one.type_name for one in events.error_log)
    if kind == "urlset":
        return Sitemap(pages=records, whole=is_whole)
    if kind == "sitemapindex":
        return Sitemap(sitemaps=records, whole=is_whole)
    raise ListingError(f"no sitemap but {kind or 'nothing'}: {address}")


def _records(events: Iterator[tuple[str, etree._Element]], address: str) -> Iterator[Entry]:
    for event, element in events:
        if event == "end" and _name(element) in {"url", "sitemap"}:
            entry = _entry(element, address)
            if entry is not None:
                yield entry
            _forget(element)


def _entry(element: etree._Element, address: str) -> Entry | None:
    values: dict[str, str] = {}
    for child in element:
        # only what is a record's own: pictures and videos have a loc and a title too
        for item in child if _name(child) == "news" else (child,):
            values.setdefault(_name(item), " ".join((item.text or "").split()))
    found = clean_address(values.get("loc", ""), address)
    if not found:
        return None
    link = Link(
        url=found,
        published=moment(values.get("publication_date", "")),
        title=values.get("title", ""),
        origin="sitemap",
        listing=address,
    )
    modified = moment(values.get("lastmod", ""))
    # archives by month are often undated, and listed from the oldest on
    return Entry(link, modified or (month_in(found) if _name(element) == "sitemap" else None))


def _name(element: etree._Element) -> str:
    # a prefix that was never declared, as of many a news:news, stays in the tag
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Unpacked(io.RawIOBase):
    """The first *max_size* bytes of *body*, unzipped; damage ends it early instead of raising."""

    def __init__(self, body: bytes, max_size: int) -> None:
        self.cut = False
        self._left = max_size
        plain = io.BytesIO(body)
        self._stream = gzip.GzipFile(fileobj=plain) if body.startswith(GZIP) else plain

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(min(size, self._left) if size >= 0 else self._left)
            if not self._left:
                self.cut = self.cut or bool(self._stream.read(1))
        except (OSError, EOFError, zlib.error):
            self.cut = True
            return b""
        self._left -= len(data)
        return data
