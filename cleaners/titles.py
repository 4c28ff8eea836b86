"""The headline of an article as the page prints it.

JSON-LD, meta and ``<title>`` state a title that may be shortened, or written for search engines.
The ``h1`` that shares its words is the headline; a kicker, a subtitle and the site's name in it are
left out where markup or a stated title tells them apart.
"""

import re
from collections.abc import Iterator, Sequence

from cleaners.headings import Heading
from cleaners.page import Page
from cleaners.site import Layout
from cleaners.sitename import SiteName, is_title
from cleaners.structured import string
from cleaners.text import begin_alike, key, one_line
from cleaners.tree import Node, select

TITLE_META = ("og:title", "twitter:title", "dc.title", "headline", "title")
PIPED = re.compile(r"\s+\|\s+[^|]{2,60}$")  # a pipe parts a headline from what is none
MAX_HEADINGS = 8
MAX_ARTICLES = 3  # of the nodes that JSON-LD calls articles; others are teasers
LONG = 4  # letters of a word that says something
ALIKE = 0.4  # share of words by which a heading is known as the title


def title_of(page: Page, layout: Layout | None) -> str:
    """Return the headline; empty where the page has none."""
    return find_title(page, layout)[0]


def find_title(page: Page, layout: Layout | None) -> tuple[str, str]:
    """Return the headline, and where it was found: page, h1, json-ld, meta or title."""
    if layout is not None and layout.title:
        found = first_text(page.root, layout.title)
        if found:
            return found, "page"
    site = SiteName(page)
    raw: dict[str, str] = {}
    for title, source in stated_titles(page):  # most pages state one title four times
        raw.setdefault(title, source)
    stated = [
        (title, source)
        for text, source in raw.items()
        if (title := site.strip(text, by_any=source == "title")) and not site.knows(title)
    ]
    headings = [Heading(h1) for h1 in page.all("h1")[:MAX_HEADINGS]]
    headings = [heading for heading in headings if heading.key and not site.knows(heading.text)]
    found = best_heading(headings, [title for title, _ in stated])
    if found:
        return site.strip(found), "h1"
    if stated:
        title, source = stated[0]
        if breaks_at_a_quote(title, page.head_title):
            return site.strip(page.head_title, by_any=True), "title"
        bare = PIPED.sub("", title)
        return bare if is_title(bare) else title, source
    return (one_line(page.head_title), "title") if page.head_title else ("", "")


def breaks_at_a_quote(title: str, whole: str) -> bool:
    """Whether *title* ends where a quotation in the *whole* begins: its mark ended an attribute."""
    return bool(title) and whole.startswith(title) and whole[len(title) :].lstrip().startswith('"')


def stated_titles(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the titles that the page's head states, and their sources."""
    for node in page.articles[:MAX_ARTICLES]:
        yield string(node.get("headline")), "json-ld"
    for name in TITLE_META:
        yield page.first_meta(name), "meta"
    yield page.head_title, "title"


def best_heading(headings: Sequence[Heading], stated: Sequence[str]) -> str:
    """Return the heading that is most like a stated title; empty where none is like one."""
    if not stated:
        return headings[0].text if headings else ""
    titles = {key(title): title for title in reversed(stated)}
    best, most = "", 0.0
    for heading in headings:
        confirmed = heading.confirmed(titles) or titles.get(key(PIPED.sub("", heading.text)), "")
        if confirmed:
            return confirmed
        alike = max(likeness(heading.key, title) for title in titles)
        if alike > most:
            best, most = heading.text, alike
    return best if most >= ALIKE else ""


def likeness(heading: str, title: str) -> float:
    """Return the share of words that two keys have in common; 1 where they start alike."""
    if begin_alike(heading, title):
        return 1.0
    first, second = words_of(heading), words_of(title)
    return 2 * len(first & second) / max(1, len(first) + len(second))


def words_of(text: str) -> set[str]:
    """Return the longer words and the numbers of a key; of one without spaces, all pairs."""
    words = text.split()
    if len(words) <= 2 and not text.isascii():  # noqa: PLR2004 - as Chinese and Japanese print
        return {text[place : place + 2] for place in range(len(text) - 1)}
    return {word for word in words if len(word) >= LONG or word.isdigit()} or set(words)


def first_text(root: Node, selector: str) -> str:
    """Return the text of the first element with any that *selector* finds."""
    texts = (one_line(element.text()) for element in select(selector)(root))
    return next((text for text in texts if text), "")
