"""What a page says of its article: title, authors, dates, section, tags, language, access."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from cleaners.article import Access
from cleaners.page import Page
from cleaners.site import Layout, Site, select
from cleaners.structured import Node, string, strings
from cleaners.text import key, one_line

TITLE_META = ("og:title", "twitter:title", "dc.title", "headline", "title")
AUTHOR_META = (
    "author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author",
    "cxenseparse:author", "article:author_name", "citation_author",
)  # fmt: skip
SITE_SUFFIX = re.compile(r"\s+(?:[|–—·»•›]|-{1,2}|::)\s+[^|–—·»•›]{2,60}$")
SHARED_START = 25  # characters; a headline cut for search engines keeps its first words
MAX_NAME = 80  # characters
MAX_NAMES = 12  # a byline of more is a list of topics

BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text|reported|article)\s+)?"
    r"(?:by|von|par|por|di|da|door|af|av|autor(?:in|es|a)?|auteur|texte?|от|автор)\s*:?\s+",
    re.IGNORECASE,
)
NAME_PARTS = re.compile(
    r"\s*(?:,|;|\||/|&|\band\b|\bund\b|\bet\b|\by\b|\bund\b|\be\b|\ben\b|\boch\b|\bog\b)\s*"
)
ROLE = re.compile(
    r"\b(?:editors?|correspondents?|reporters?|staff|writers?|contributors?|journalists?|bureau|chief|"
    r"political|senior|redakteur(?:in)?|reporter(?:in)?|korrespondent(?:in)?|journaliste|special to)\b",
    re.IGNORECASE,
)
NOT_A_NAME = re.compile(r"https?:|www\.|@\w+\.\w|\d{2}|[{}<>\[\]=]")
LANGUAGE = re.compile(r"^([A-Za-z]{2,3})(?:[-_]|$)")
BYLINES = (
    '[rel="author"]', '[itemprop="author"] [itemprop="name"]', '[itemprop="author"]',
    ".author-name", ".byline__name", ".byline a", ".author a", ".byline", ".article-author",
)  # fmt: skip


def title_of(page: Page, layout: Layout | None) -> str:
    """Return the headline as the page prints it, without the site's name.

    An ``h1`` that starts like the stated title is the headline in full; the stated ones may be
    shortened for search engines or carry the site's name.
    """
    if layout is not None and layout.title:
        found = first_text(page.root, layout.title)
        if found:
            return found
    headings = [
        text for element in page.root.iter("h1") if (text := one_line(element.text_content()))
    ]
    stated = [
        one_line(text)
        for text in (
            *(string(node.get("headline")) for node in page.articles),
            page.first_meta(*TITLE_META),
            page.head_title,
        )
        if text.strip()
    ]
    for title in stated:
        for heading in headings:
            if start_alike(title, heading):
                return heading
    if not stated:
        return headings[0] if headings else ""
    return stated[0] if stated[0] != one_line(page.head_title) else without_site(stated[0])


def start_alike(one: str, other: str) -> bool:
    """Whether one text is the other's start, or both share their first characters."""
    first, second = key(one), key(other)
    share = min(len(first), len(second), SHARED_START)
    return share > 0 and first[:share] == second[:share]


def without_site(title: str) -> str:
    """Return *title* without a site's name behind a separator, where a headline remains."""
    shorter = SITE_SUFFIX.sub("", title)
    return shorter if len(shorter) >= 10 else title  # noqa: PLR2004 - characters of a headline


def first_text(root: HtmlElement, selector: str) -> str:
    """Return the text of the first element with any that *selector* finds."""
    texts = (one_line(element.text_content()) for element in select(selector)(root))
    return next((text for text in texts if text), "")


def authors_of(page: Page, layout: Layout | None, site: Site | None) -> tuple[str, ...]:
    """Return the names in the byline, by the layout, JSON-LD, meta, then the page's marks."""
    dropped = {key(name) for name in (site.agencies if site is not None else ())}
    for names in stated_authors(page, layout):
        kept = [name for name in names if key(name) not in dropped]
        if kept:
            return tuple(dict.fromkeys(kept))
    return ()


def stated_authors(page: Page, layout: Layout | None) -> Iterable[list[str]]:
    """Yield what each kind of evidence says, the strongest first."""
    if layout is not None and layout.author:
        texts = [element.text_content() for element in select(layout.author)(page.root)]
        yield split_names(one_line(text) for text in texts)
    for node in page.articles:
        yield split_names(author_names(node))
    for name in AUTHOR_META:
        yield split_names(page.meta.get(name, ()))
    for selector in BYLINES:
        texts = [element.text_content() for element in select(selector)(page.root)[:3]]
        yield split_names(one_line(text) for text in texts)


def author_names(node: Node) -> list[str]:
    """Return the names of a JSON-LD node's authors."""
    return strings(node.get("author")) or strings(node.get("creator"))


def split_names(texts: Iterable[str]) -> list[str]:
    """Return the single names in *texts*, without "By" and without roles."""
    names = []
    for text in texts:
        line = BY.sub("", one_line(text))
        for part in NAME_PARTS.split(line) if len(line) <= MAX_NAME * 3 else ():
            name = part.strip(" .:-–—|•")
            if is_name(name):
                names.append(name)
    return names if len(names) <= MAX_NAMES else []


def is_name(text: str) -> bool:
    """Whether *text* can be the name of a person or an agency."""
    return (
        1 < len(text) <= MAX_NAME
        and NOT_A_NAME.search(text) is None
        and ROLE.search(text) is None
        and text[0].isalpha()
        and (text[0].isupper() or not text[0].islower())
    )


def language_of(page: Page) -> str:
    """Return the two-letter code that the page states; empty without one."""
    stated = (
        page.language,
        *(string(node.get("inLanguage")) for node in page.articles),
        page.first_meta("og:locale", "content-language", "dc.language", "inlanguage", "language"),
    )
    for text in stated:
        found = LANGUAGE.match(text.strip())
        if found:
            return found[1].lower()
    return ""


def section_of(page: Page) -> str:
    """Return the section that JSON-LD or the meta elements name."""
    stated = (string(node.get("articleSection")) for node in page.articles)
    named = page.first_meta("article:section", "parsely-section", "cxenseparse:recs:category")
    return one_line(next((text for text in stated if text), "") or named)


def tags_of(page: Page) -> tuple[str, ...]:
    """Return the topics that the page names, in its order."""
    if "article:tag" in page.meta:
        stated = list(page.meta["article:tag"])
    else:
        stated = [word for node in page.articles for word in strings(node.get("keywords"))]
        stated = stated or [page.first_meta("news_keywords", "keywords")]
    words = (one_line(word) for text in stated for word in re.split(r"[,;]", text))
    return tuple(dict.fromkeys(word for word in words if word))


def access_of(page: Page) -> Access | None:
    """Return what the page states of its paywall, by schema.org or the content tier."""
    for node in page.articles:
        stated = str(node.get("isAccessibleForFree", "")).lower().rpartition("/")[2]
        if stated in {"true", "false"}:
            return "free" if stated == "true" else "paid"
    tier = page.first_meta("article:content_tier").lower()
    return {"free": "free", "metered": "paid", "locked": "paid"}.get(tier)  # type: ignore[return-value]  # literals
