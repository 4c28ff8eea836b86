"""When an article was published and changed, and which evidence says so."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cleaners.article import Moment
from cleaners.dates import date_in_url, day_of, is_possible, parse_moment
from cleaners.datesearch import find_printed
from cleaners.page import Page
from cleaners.site import Layout, Site
from cleaners.structured import string
from cleaners.timezones import at_home
from cleaners.tree import Node, attribute, select

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "article.published", "published", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "publishdate", "publish-date",
    "publish_date", "pubdate", "publication_date", "published_at", "dc.date.issued",
    "dcterms.created", "dc.date",
    "dcterms.date", "date", "datecreated", "citation_publication_date", "uploaddate",
    "release_date", "pdate",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "lastmod", "last-modified", "dcterms.modified", "dc.date.modified",
)  # fmt: skip
LIKE_PUBLISHED = re.compile(
    r"publi\w*[\W_]*(?:date|time|on|at)$|(?:date|time)[\W_]*publi|:date$|\bissued$"
)
MARKED = '[itemprop="datePublished" i], [property="schema:dateCreated"], abbr.published, [pubdate]'
EMBEDDED = ("datePublished", "publishedAt", "published_at")
"""Names under which scripts hold the date, where JSON-LD is broken or not served."""

IN_EMBEDDED = "ublished"
EMBEDDED_DATE = r"\b(?:\W|&quot;){1,12}(\d{4}-\d\d-\d\d[T\d:.+Z-]{0,24})"
STATING = ("datetime", "content", "title")
NEAR = dt.timedelta(days=1)  # an address is dated in a zone that the page need not share


@dataclass(frozen=True, slots=True)
class Dating:
    """The dates of an article; `source` names the evidence behind `published`."""

    published: Moment | None
    modified: Moment | None
    source: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """How this page's dates are to be read."""

    zone: str
    language: str
    fetched: dt.datetime | None

    def first(self, texts: Iterable[str]) -> Moment | None:
        """Return the first possible moment among *texts*."""
        for text in texts:
            moment = parse_moment(text, zone=self.zone, language=self.language) if text else None
            if moment is not None and is_possible(moment, self.fetched):
                return moment
        return None


def date_page(
    page: Page, layout: Layout | None, site: Site | None, fetched: dt.datetime | None
) -> Dating:
    """Return when the article was published, by JSON-LD, meta, the page, its URL, then a search.

    A layout's own selector comes first: where a site has one, its other marks mislead. What lies
    before 1990 or after the fetch is no date of publication.
    """
    reader = _Reader(site.timezone if site is not None else "", page.language, fetched)
    modified = reader.first(modified_texts(page))
    published, source = find_date(page, layout, reader)
    if reader.zone or published is None:
        return Dating(published, modified, source)
    local = at_home(page, published)
    if not isinstance(local, dt.datetime):
        return Dating(local, modified, source if local == published else "url")
    if isinstance(modified, dt.datetime) and not modified.utcoffset():
        modified = modified.astimezone(local.tzinfo)
    return Dating(local, modified, source)


def find_date(page: Page, layout: Layout | None, reader: _Reader) -> tuple[Moment | None, str]:
    """Return the date of publication and which evidence it comes from, the strongest first."""
    for source, texts in published_texts(page, layout):
        published = reader.first(texts)
        if published is not None:
            return published, source
    return seen_date(page, reader)


def published_texts(page: Page, layout: Layout | None) -> Iterable[tuple[str, list[str]]]:
    """Yield each kind of stated evidence with its texts, the strongest first."""
    if layout is not None and layout.date:
        yield "page", element_texts(select(layout.date)(page.root))
    yield "json-ld", [string(node.get("datePublished")) for node in page.articles]
    yield "meta", [text for name in PUBLISHED_META for text in page.meta.get(name, ())]
    yield "json-ld", [string(node.get("dateCreated")) for node in page.articles]
    yield "json-ld", [string(node.get("datePublished")) for node in page.linked]
    yield "page", element_texts(select(MARKED)(page.root)[:3])
    likely = [name for name in page.meta if LIKE_PUBLISHED.search(name)]
    yield "meta", [text for name in likely for text in page.meta[name]]


def seen_date(page: Page, reader: _Reader) -> tuple[Moment | None, str]:
    """Return the date that the address, data of a script or the printed page gives, and which.

    A printed date that agrees with the address may have the time too.
    """
    in_url = date_in_url(page.url)
    if in_url is not None and not is_possible(in_url, reader.fetched):
        in_url = None
    embedded = reader.first(embedded_texts(page.html)) if in_url is None else None
    if embedded is not None:
        return embedded, "search"
    for candidate in find_printed(page, reader.zone):
        if not is_possible(candidate.moment, reader.fetched):
            continue
        if in_url is None or abs(day_of(candidate.moment) - in_url) <= NEAR:
            return candidate.moment, candidate.source
    return in_url, "url" if in_url is not None else ""


def embedded_texts(html: str) -> list[str]:
    """Return the date of publication in the data of scripts, if all that is there agrees on one.

    Data of several articles name several days.
    """
    for name in EMBEDDED if IN_EMBEDDED in html else ():
        if name in html:  # literal search is quick, the expression is not
            texts = sorted(set(re.findall(name + EMBEDDED_DATE, html)), key=len)
            if texts:
                return texts[-1:] if len({text[:10] for text in texts}) == 1 else []
    return []


def modified_texts(page: Page) -> list[str]:
    """Return what JSON-LD and meta say of the last change."""
    stated = [string(node.get("dateModified")) for node in page.articles]
    return stated + [text for name in MODIFIED_META for text in page.meta.get(name, ())]


def element_texts(elements: Iterable[Node]) -> list[str]:
    """Return the machine-readable date of each element, then its printed one."""
    return [
        text
        for element in elements
        for text in (*(attribute(element, name) for name in STATING), element.text())
        if text and text.strip()
    ]
