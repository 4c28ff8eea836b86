"""What a page says of its article: who wrote it, its section, tags, language, address."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from cleaners.access import find_access
from cleaners.article import Access
from cleaners.authors import find_authors
from cleaners.language import language_of
from cleaners.page import Page
from cleaners.registry import registered
from cleaners.site import Layout, Site
from cleaners.topics import find_section, find_tags
from cleaners.trail import last_step


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article, but title and dates; see the fields of `Article`."""

    canonical_url: str
    authors: tuple[str, ...]
    section: str
    tags: tuple[str, ...]
    language: str
    access: Access | None
    sources: tuple[tuple[str, str], ...]


def describe(page: Page, layout: Layout | None, site: Site | None, text: str) -> Metadata:
    """Return the metadata of the article on *page* that holds *text*."""
    authors, by = find_authors(page, layout, site)
    section, of_section = find_section(page)
    tags, of_tags = find_tags(page)
    language, of_language = language_of(page, text)
    access, of_access = find_access(page, text)
    sources = {
        "authors": by, "section": of_section, "tags": of_tags, "language": of_language,
        "access": of_access,
    }  # fmt: skip
    return Metadata(
        canonical_url=canonical_of(page),
        authors=authors,
        section=section,
        tags=tags,
        language=language,
        access=access,
        sources=tuple((field, source) for field, source in sources.items() if source),
    )


def canonical_of(page: Page) -> str:
    """Return the page's own address: the canonical one, unless that is a home page's or another's.

    Some sites name their home page, or the same page of a test server, on every page.
    """
    stated, own = urlsplit(page.canonical), urlsplit(page.url)
    if page.canonical == page.url or not own.hostname:
        return page.canonical
    is_home = stated.path in {"", "/"} and not stated.query and own.path not in {"", "/"}
    same_site = registered(stated.hostname or "") == registered(own.hostname)
    same_article = last_step(stated.path) == last_step(own.path) != ""
    return page.canonical if not is_home and (same_site or same_article) else page.url
