"""The section and the tags that a page names, without what is for machines alone."""

import re
from collections.abc import Iterator, Sequence

from cleaners.page import Page
from cleaners.registry import host_of, registered
from cleaners.sitename import SiteName
from cleaners.structured import string, strings
from cleaners.text import one_line
from cleaners.titles import first_text
from cleaners.trail import trail_to

SECTION_META = (
    "article:section", "og:article:section", "parsely-section", "articlesection", "meta-section",
    "section", "cxenseparse:recs:category",
)  # fmt: skip
COMMAS = re.compile(r"[,;、，；]")
LISTED = 3  # parts from which a section is a list of them; the first is the nearest
TIGHT = re.compile(r",\S")  # only lists have no space behind a comma
MAX_TAG = 60  # characters; a longer one is a headline, or many words with nothing between
CODES = 0.5  # share of tags that are codes, from which these are an agency's
MANY = 6
SYSTEM_TAG = re.compile(
    r"[\w.-]+[:=]\S.*|https?:.*|\d+|[a-z0-9]+(?:_[a-z0-9]+)+|[0-9a-f]{8}-[0-9a-f-]{27}"
    r"|(?:nlp|page|article|post|content)\b[\w ]*: .*"
    r"|(?:day|time|wc|words?|word count|layout|template|partner|author|language|source|status): .*"
)
LABEL = re.compile(r"^(?:category|section|topic|subject|tag|keyword)s?: ", re.IGNORECASE)
CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}(?:[-:][A-Z0-9]+)?")
NO_TOPIC = re.compile(
    r"uncategori[sz]ed|unkategorisiert|ohne kategorie|sin categor[ií]a|sem categoria|non classé"
    r"|senza categoria|geen categorie|ukategorisert|ikke kategoriseret|okategoriserade"
    r"|bez kategorii|nezařazené|без рубрики|未分类|未分類|미분류|articles?|posts?|none|null"
    r"|undefined",
    re.IGNORECASE,
)
"""What a system says of an article that nobody gave a section, or of any."""


def find_section(page: Page) -> tuple[str, str]:
    """Return the section that JSON-LD, the meta elements or the page name, and which."""
    stated = [(string(node.get("articleSection")), "json-ld") for node in page.articles]
    stated += [(page.first_meta(name), "meta") for name in SECTION_META]
    if "articleSection" in page.html:  # to look for it takes a third of a selector's time
        stated.append((first_text(page.root, '[itemprop="articleSection"]'), "page"))
    stated.append((next(trail_to(page), ""), "json-ld"))
    for text, source in stated:
        if section := section_in(one_line(text)):
            return section, source
    return "", ""


def section_in(text: str) -> str:
    """Return the section that *text* names, the first of a list; empty for none."""
    parts = [part.strip() for part in COMMAS.split(text) if part.strip()]
    is_list = len(parts) >= LISTED or (len(parts) > 1 and TIGHT.search(text) is not None)
    section = parts[0] if is_list else text
    return "" if NO_TOPIC.fullmatch(section) else section


def find_tags(page: Page) -> tuple[tuple[str, ...], str]:
    """Return the topics that the page names, in its order, each once whatever its case."""
    of_nodes = [word for node in page.articles for word in strings(node.get("keywords"))]
    evidence = (
        (list(page.meta.get("article:tag", ())), "meta"),
        (of_nodes, "json-ld"),
        ([page.first_meta("news_keywords", "keywords")], "meta"),
    )
    for stated, source in evidence:
        once: dict[str, str] = {}
        if not any(stated):
            continue
        for word in topics_in(stated, page):
            once.setdefault(word.casefold(), word)
        if tags := without_codes(tuple(once.values())):
            return tags, source
    return (), ""


def topics_in(stated: Sequence[str], page: Page) -> Iterator[str]:
    """Yield the topics in lists of keywords, but for the site's own name and address."""
    site, host = SiteName(page), registered(host_of(page.url))
    for text in stated:
        for part in COMMAS.split(text):
            word = LABEL.sub("", one_line(part))
            is_own = site.is_stated(word) or ("." in word and registered(word) == host)
            if is_tag(word) and not is_own:
                yield word


def is_tag(word: str) -> bool:
    """Whether *word* names a topic: not empty, no sentence, none of a system's own."""
    return (
        0 < len(word) <= MAX_TAG
        and SYSTEM_TAG.fullmatch(word.lower()) is None
        and NO_TOPIC.fullmatch(word) is None
    )


def without_codes(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return *tags* without the codes of an agency, where most of many are such."""
    words = tuple(tag for tag in tags if CODE.fullmatch(tag) is None)
    return words if len(tags) >= MANY and len(words) < CODES * len(tags) else tags
