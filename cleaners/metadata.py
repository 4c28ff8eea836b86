"""What a page says of its article: who wrote it, its section, tags, language, address."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from cleaners.access import find_access
from cleaners.article import Access
from cleaners.authors import find_authors
from cleaners.language import language_of
from cleaners.page import Page
from cleaners.site import Layout, Site
from cleaners.structured import string, strings
from cleaners.text import one_line
from cleaners.titles import first_text

SECTION_META = (
    "article:section", "og:article:section", "parsely-section", "articlesection", "meta-section",
    "section", "cxenseparse:recs:category",
)  # fmt: skip
COMMAS = re.compile(r"[,;、，；]")
SYSTEM_TAG = re.compile(r"^[\w.-]+[:=]\S|^https?:|^\d+$")


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


def find_section(page: Page) -> tuple[str, str]:
    """Return the section that JSON-LD, the meta elements or the page name, and which."""
    for node in page.articles:
        if found := one_line(string(node.get("articleSection"))):
            return found, "json-ld"
    if found := one_line(page.first_meta(*SECTION_META)):
        return found, "meta"
    found = ""
    if "articleSection" in page.html:  # to look for it takes a third of a selector's time
        found = first_text(page.root, '[itemprop="articleSection"]')
    return found, "page" if found else ""


def find_tags(page: Page) -> tuple[tuple[str, ...], str]:
    """Return the topics that the page names, in its order, each once whatever its case."""
    of_nodes = [word for node in page.articles for word in strings(node.get("keywords"))]
    evidence = (
        (list(page.meta.get("article:tag", ())), "meta"),
        (of_nodes, "json-ld"),
        ([page.first_meta("news_keywords", "keywords")], "meta"),
    )
    for stated, source in evidence:
        words = (one_line(word) for text in stated for word in COMMAS.split(text))
        once: dict[str, str] = {}
        for word in words:
            if is_tag(word):
                once.setdefault(word.casefold(), word)
        if once:
            return tuple(once.values()), source
    return (), ""


def is_tag(word: str) -> bool:
    """Whether *word* names a topic: no empty text, and none of a system's own, ``type:article``."""
    return bool(word) and SYSTEM_TAG.match(word) is None


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


def registered(host: str) -> str:
    """Return about the domain that is registered: two labels, three where the last are short."""
    labels = host.lower().removeprefix("www.").split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2  # noqa: PLR2004 - as in co.uk
    return ".".join(labels[-3:] if short else labels[-2:])


def last_step(path: str) -> str:
    """Return the last part of a path, which names the article."""
    return path.rstrip("/").rpartition("/")[2]
