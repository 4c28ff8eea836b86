"""The result of cleaning: an article."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cleaners.trace import Trace

Moment = dt.date | dt.datetime
"""An aware `datetime` where the page states a time and a zone, else the day alone."""

Access = Literal["free", "paid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a live report."""

    text: str
    """Paragraphs with an empty line between two of them; a part of the article's text."""

    headline: str = ""
    """The entry's own; empty where it has none."""

    time: Moment | None = None
    """When it was written; the day alone where only a clock without a zone is printed."""

    printed: str = ""
    """The time as the page prints it, such as ``14:05``; empty where it prints none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article, free of boilerplate. All text is NFC; lines end in a line feed."""

    url: str
    """Absolute URL the page was fetched from; empty for a dump without one."""

    source: str
    """Publisher: the site's name, else the host without ``www.``, dots as hyphens."""

    title: str
    """Headline on one line, without the site's name; empty where none was found."""

    text: str
    """Lead, paragraphs, headings, list items and quotes in reading order; an empty line
    between two of them; never empty; no final newline."""

    lead: str = ""
    """The standfirst under the headline, which is also the first block of `text`."""

    canonical_url: str = ""
    """What the page names as its address; `url` where it names none, or one that is not its own."""

    authors: tuple[str, ...] = ()
    """Persons and agencies in the order of the byline."""

    published: Moment | None = None
    """First publication, in the publisher's zone."""

    modified: Moment | None = None
    """Last change that the page states."""

    date_source: str = ""
    """Evidence behind `published`: ``json-ld``, ``meta``, ``page``, ``url``, ``dump``, ``feed``,
    ``sitemap``, ``search`` (found in the page's text); empty without one."""

    section: str = ""
    tags: tuple[str, ...] = ()

    language: str = ""
    """ISO 639-1 code in lower case, as the page states it; that of `text` where it states none or
    one that is plainly wrong; empty where neither is known."""

    access: Access | None = None
    """Whether the full text is free or paid, by hard evidence; None where there is none."""

    sources: tuple[tuple[str, str], ...] = ()
    """For each of title, authors, section, tags, language and access that was found, the evidence
    behind it: ``h1``, ``json-ld``, ``meta``, ``title``, ``html``, ``page`` (a marked element),
    ``byline`` (a line at the headline), ``detected``, ``stated``, ``wall``. `date_source` has that
    of `published`."""

    captions: tuple[str, ...] = ()
    """Captions of the pictures inside the article, in page order."""

    entries: tuple[Entry, ...] = ()
    """The entries of a live report in the order of the page; empty for any other article."""

    pages: int = 1
    """From how many pages `text` was put together."""

    next_page: str = ""
    """Address where the article goes on behind `text`; empty where its end is in `text`."""

    whole_page: str = ""
    """Address at which the site shows all pages at once; empty where `next_page` is."""

    layout_changed: bool = False
    """Whether the site has rules of which none matched the page."""

    guarded: bool = False
    """Whether the recall guard replaced a text much shorter than the page's own evidence."""

    trace: Trace | None = None
    """What happened to every block; only where it was asked for."""

    @property
    def incomplete(self) -> bool:
        """Whether `text` lacks the article's further pages."""
        return bool(self.next_page)
