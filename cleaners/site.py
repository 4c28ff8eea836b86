"""What a site is: rules as data, compiled once."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cleaners.tree import select


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where one generation of a publisher's pages keeps its article; every value is CSS.

    A selector that does not parse fails when the module is imported, not in a crawl.
    """

    body: str
    """Elements that hold the text; all matches count, in page order."""

    lead: str = ""
    """The standfirst, inside or outside `body`."""

    title: str = ""
    """The headline; empty: JSON-LD, meta, the page's ``h1``."""

    author: str = ""
    """Elements that hold one name each; empty: JSON-LD, meta, the byline."""

    date: str = ""
    """Element with ``datetime`` or ``content``, else a printed date; empty: JSON-LD, meta."""

    drop: tuple[str, ...] = ()
    """Elements inside `body` that are not article text."""

    captions: tuple[str, ...] = ()
    """Elements inside or beside `body` that caption a picture; kept apart from the text."""

    next_page: str = ""
    """The link to the next page of an article on several; empty: found by its label and address."""

    until: dt.date | None = None
    """Last day of publication in this layout; None while it is in use."""

    def __post_init__(self) -> None:
        """Compile every selector."""
        for selector in (self.body, self.lead, self.title, self.author, self.date, self.next_page):
            if selector:
                select(selector)
        for selector in (*self.drop, *self.captions):
            select(selector)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What a publisher's site and a shared platform have in common."""

    name: str
    """Short name: the module's, the fixture folder's and, for a site, the spider's too."""

    layouts: tuple[Layout, ...]
    """Newest first; the first whose `Layout.body` holds text is taken."""

    drop_lines: tuple[str, ...] = ()
    """Regular expressions; a block that one of them matches in full goes."""

    cut_inline: tuple[str, ...] = ()
    """Regular expressions; what one of them matches inside a block goes, the rest stays."""

    cut_after: tuple[str, ...] = ()
    """Regular expressions; a block that one matches in full goes, and all that follows it."""

    def __post_init__(self) -> None:
        """Compile every pattern."""
        for pattern in (*self.drop_lines, *self.cut_inline, *self.cut_after):
            re.compile(pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(_Rules):
    """One publisher, found by the host of the URL."""

    domains: tuple[str, ...]
    """Registered domains; subdomains are covered."""

    timezone: str = ""
    """IANA name of the zone in which the pages print times without one."""

    agencies: tuple[str, ...] = ()
    """Names that stand in this site's byline beside or instead of persons and are no authors."""

    def __post_init__(self) -> None:
        """Check the patterns and the zone.

        Raises:
            zoneinfo.ZoneInfoNotFoundError: there is no such time zone.
        """
        _Rules.__post_init__(self)
        if self.timezone:
            ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform(_Rules):
    """A content-management system of many publishers, found by a mark in the page."""

    mark: str
    """CSS selector that matches on every page of the platform and on no other; by class names."""

    def __post_init__(self) -> None:
        """Compile the mark and the patterns."""
        _Rules.__post_init__(self)
        select(self.mark)
