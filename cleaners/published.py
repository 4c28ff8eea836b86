"""When an article was published and changed, and which evidence says so."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from htmldate import find_date

from cleaners.article import Moment
from cleaners.dates import LATEST, date_in_url, is_possible, parse_moment
from cleaners.opinion import lxml_tree
from cleaners.page import Page
from cleaners.site import Layout, Site
from cleaners.structured import string
from cleaners.tree import Node, attribute, select

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "article.published", "parsely-pub-date", "sailthru.date",
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
TIME_ELEMENTS = (
    '[itemprop="datePublished"]', "time[pubdate]", "article header time", "header time[datetime]",
    "article time[datetime]", "main time[datetime]", "time[datetime]", "time",
)  # fmt: skip


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
    for source, texts in published_texts(page, layout):
        published = reader.first(texts)
        if published is not None:
            return Dating(published, modified, source)
    in_url = date_in_url(page.url)
    if in_url is not None and is_possible(in_url, fetched):
        return Dating(in_url, modified, "url")
    found = search(page, fetched)
    return Dating(found, modified, "search" if found is not None else "")


def published_texts(page: Page, layout: Layout | None) -> Iterable[tuple[str, list[str]]]:
    """Yield each kind of evidence with its texts, the strongest first."""
    if layout is not None and layout.date:
        yield "page", element_texts(select(layout.date)(page.root))
    yield "json-ld", [string(node.get("datePublished")) for node in page.articles]
    yield "meta", [text for name in PUBLISHED_META for text in page.meta.get(name, ())]
    yield "json-ld", [string(node.get("dateCreated")) for node in page.articles]
    for selector in TIME_ELEMENTS:
        yield "page", element_texts(select(selector)(page.root)[:3])


def modified_texts(page: Page) -> list[str]:
    """Return what JSON-LD and meta say of the last change."""
    stated = [string(node.get("dateModified")) for node in page.articles]
    return stated + [text for name in MODIFIED_META for text in page.meta.get(name, ())]


def element_texts(elements: Iterable[Node]) -> list[str]:
    """Return the machine-readable date of each element, then its printed one."""
    return [
        text
        for element in elements
        for text in (attribute(element, "datetime"), attribute(element, "content"), element.text())
        if text and text.strip()
    ]


def search(page: Page, fetched: dt.datetime | None) -> dt.date | None:
    """Ask htmldate, which looks through the text and the markup of the whole page.

    The first of January is no answer: it stands for a bare year.
    """
    latest = fetched.date() if fetched is not None else LATEST
    root = lxml_tree(page)
    if root is None:
        return None
    found = find_date(
        root,
        url=page.url or None,
        original_date=True,
        max_date=latest.isoformat(),
        deferred_url_extractor=True,
    )
    day = dt.date.fromisoformat(found) if found else None
    return None if day is not None and (day.month, day.day) == (1, 1) else day
