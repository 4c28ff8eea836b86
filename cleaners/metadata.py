"""What a page says of its article: title, section, tags, language, access."""

import re

from cleaners.article import Access
from cleaners.page import Page
from cleaners.site import Layout
from cleaners.structured import string, strings
from cleaners.text import key, one_line
from cleaners.tree import Node, select

TITLE_META = ("og:title", "twitter:title", "dc.title", "headline", "title")
SECTION_META = (
    "article:section", "og:article:section", "parsely-section", "articlesection", "meta-section",
    "section", "cxenseparse:recs:category",
)  # fmt: skip
SITE_SUFFIX = re.compile(r"\s+(?:[|–—·»•›]|-{1,2}|::)\s+[^|–—·»•›]{2,60}$")
SHARED_START = 25  # characters; a headline cut for search engines keeps its first words
LANGUAGE = re.compile(r"^([A-Za-z]{2,3})(?:[-_]|$)")


def title_of(page: Page, layout: Layout | None) -> str:
    """Return the headline as the page prints it, without the site's name.

    An ``h1`` that starts like the stated title is the headline in full; the stated ones may be
    shortened for search engines or carry the site's name.
    """
    if layout is not None and layout.title:
        found = first_text(page.root, layout.title)
        if found:
            return found
    headings = page.headings
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


def first_text(root: Node, selector: str) -> str:
    """Return the text of the first element with any that *selector* finds."""
    texts = (one_line(element.text()) for element in select(selector)(root))
    return next((text for text in texts if text), "")


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
    named = page.first_meta(*SECTION_META)
    found = one_line(next((text for text in stated if text), "") or named)
    if found or "articleSection" not in page.html:
        return found
    return first_text(page.root, '[itemprop="articleSection"]')


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
