"""What a page says of its article: section, tags, language, access."""

import re

from cleaners.article import Access
from cleaners.page import Page
from cleaners.structured import string, strings
from cleaners.text import one_line
from cleaners.titles import first_text

SECTION_META = (
    "article:section", "og:article:section", "parsely-section", "articlesection", "meta-section",
    "section", "cxenseparse:recs:category",
)  # fmt: skip
LANGUAGE = re.compile(r"^([A-Za-z]{2,3})(?:[-_]|$)")


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
