"""Who wrote an article: persons first, agencies known, the publisher's own name last."""

import re
from collections.abc import Iterable, Iterator

from cleaners.page import Page
from cleaners.site import Layout, Site
from cleaners.structured import Node, string, strings
from cleaners.text import key, one_line
from cleaners.tree import Node as Element
from cleaners.tree import select

AUTHOR_META = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "cxenseparse:author", "article:author_name", "citation_author",
)  # fmt: skip
MAX_NAME = 60  # characters
MAX_NAMES = 12  # a byline of more is a list of topics
MAX_BYLINE = 200  # characters
MARKED_READ = 4  # elements marked as an author's that are read

BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text|reported|article|report|analysis|opinion|review"
    r"|interview|geschrieben"
    r"|veröffentlicht|publié|escrito)\s+)?"
    r"(?:by|von|par|por|di|da|door|af|av|autor(?:in|es|a)?(?:/autor(?:in)?)?|auteur|texte?|author"
    r"|от|автор)\s*:?\s+",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*(?:[,;|/&•·]|\b(?:and|und|et|y|e|en|och|og|with|mit)\b)\s+|\s*[;|]\s*")
ASIDE = re.compile(r"\s*[(\[].{0,60}?[)\]]|\s+[-–—]\s+.*$")
ROLE = re.compile(
    r"\b(?:editors?|correspondents?|reporters?|staff|writers?|contributors?|journalists?|bureau"
    r"|chief|political|senior|redakteur(?:in)?|korrespondent(?:in)?|journaliste|special to"
    r"|updated|published|posted|minutes?|comments?|follow|view|profile|email|share|read)\b",
    re.IGNORECASE,
)
NOT_A_NAME = re.compile(r"https?:|www\.|@\w+\.\w|\d{2}|[{}<>=…:]|\.(?:com|org|net|de)$")
MARK = re.compile(
    r"(?:^|[\s_-])(?:authors?|by-?line|autor|auteur|autore|writer|redakteur)"
    r"(?:[\s_-]*(?:name|link|title|vcard|fn))?(?:$|[\s_-])",
    re.IGNORECASE,
)
MARKED_TAGS = ("a", "span", "p", "div", "address", "strong", "b", "cite", "li", "h4", "h5")
MARKING = ("class", "id", "itemprop", "rel")
MARKED = (
    '[rel~="author"], [itemprop*="author" i], [class*="author" i], [class*="byline" i],'
    ' [class*="by-line" i], [class*="autor" i], [class*="auteur" i], [class*="writer" i],'
    ' [class*="redakteur" i], [id*="author" i], [id*="byline" i]'
)  # each part takes 15 microseconds a page of 900 elements


def authors_of(page: Page, layout: Layout | None, site: Site | None) -> tuple[str, ...]:
    """Return the names in the byline, by the layout, JSON-LD, meta, then the page's marks.

    A publisher's own name counts only where nothing names a person or an agency.
    """
    ignored = {key(name) for name in (site.agencies if site is not None else ())}
    publishers = publisher_keys(page)
    last: list[str] = []
    for names in stated_authors(page, layout):
        kept = [name for name in names if key(name) not in ignored]
        named = [name for name in kept if key(name) not in publishers]
        if named:
            return tuple(dict.fromkeys(named))
        last = last or kept
    return tuple(dict.fromkeys(last))


def publisher_keys(page: Page) -> set[str]:
    """Return the keys of the names that the page gives its publisher."""
    names = [string(node.get("publisher")) for node in page.articles]
    names += [page.first_meta("og:site_name"), page.first_meta("application-name")]
    return {key(name) for name in names} - {""}


def stated_authors(page: Page, layout: Layout | None) -> Iterator[list[str]]:
    """Yield what each kind of evidence says, the strongest first."""
    if layout is not None and layout.author:
        bylines = [one_line(e.text()) for e in select(layout.author)(page.root)]
        yield split_names(bylines) or [BY.sub("", byline) for byline in bylines if byline]
    for node in page.articles:
        yield split_names(author_names(node, page.people))
    for name in AUTHOR_META:
        yield split_names(page.meta.get(name, ()))
    if layout is None or not layout.author:
        for text in list(marked_texts(page.root))[:MARKED_READ]:
            yield split_names([text])


def author_names(node: Node, people: dict[str, str]) -> list[str]:
    """Return the names of a JSON-LD node's authors; a reference is resolved by its ``@id``."""
    value = node.get("author") or node.get("creator")
    members = value if isinstance(value, list) else [value]
    names: list[str] = []
    for member in members:
        found = strings(member)
        if not found and isinstance(member, dict):
            found = [people[str(member.get("@id"))]] if str(member.get("@id")) in people else []
        names += found
    return names


def marked_texts(root: Element) -> Iterator[str]:
    """Yield the short texts of elements whose class, id, rel or itemprop says author."""
    for element in select(MARKED)(root):
        attributes = element.attributes
        marks = (attributes.get(name) for name in MARKING)
        if element.tag in MARKED_TAGS and any(mark and MARK.search(mark) for mark in marks):
            text = one_line(element.text())
            if 1 < len(text) <= MAX_BYLINE:
                yield text


def split_names(texts: Iterable[str]) -> list[str]:
    """Return the single names in *texts*, without "By", roles and what stands in brackets."""
    names = []
    for text in texts:
        line = BY.sub("", one_line(text))
        for part in PARTS.split(line) if len(line) <= MAX_BYLINE else ():
            name = ASIDE.sub("", BY.sub("", part)).strip(" .:-–—|•,")
            if is_name(name):
                names.append(name)
    return names if len(names) <= MAX_NAMES else []


def is_name(text: str) -> bool:
    """Whether *text* can be the name of a person or an agency."""
    return (
        1 < len(text) <= MAX_NAME
        and text[0].isalpha()
        and BY.match(f"{text} ") is None
        and NOT_A_NAME.search(text) is None
        and ROLE.search(text) is None
    )
