"""Who wrote an article: persons first, agencies known, the publisher's own name last."""

import re
from collections.abc import Collection, Iterable, Iterator

from cleaners.bylinemarks import is_control, marked_bylines
from cleaners.bylines import printed_bylines
from cleaners.names import AGENCIES, BY, is_login, split_names, whole_name
from cleaners.page import Page
from cleaners.registry import host_of
from cleaners.signatures import signed_names
from cleaners.site import Layout, Site
from cleaners.structured import Node, string, strings
from cleaners.text import key, one_line
from cleaners.tree import select

CITATION = "citation_author"
ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|il|de|o) ")
LABELS = tuple((f"twitter:label{number}", f"twitter:data{number}") for number in range(1, 5))
"""What a card of a link shows below its title: a label, and what it is the label of."""
AUTHOR_META = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "cxenseparse:author", "article:author_name",
    "twitter:misc:written by", CITATION,
)  # fmt: skip


def authors_of(page: Page, layout: Layout | None, site: Site | None) -> tuple[str, ...]:
    """Return the names in the byline; see `find_authors`."""
    return find_authors(page, layout, site)[0]


def find_authors(
    page: Page, layout: Layout | None, site: Site | None
) -> tuple[tuple[str, ...], str]:
    """Return the names in the byline and where they were found.

    By the layout, JSON-LD, meta, the page's marks, then lines next to the headline. What is no
    person's name counts where there is no other: a log-in, a desk, the publisher's own name.
    """
    ignored = {key(name) for name in (site.agencies if site is not None else ())}
    publishers = Publisher(page)
    logins: tuple[tuple[str, ...], str] = ((), "")
    last: tuple[tuple[str, ...], str] = ((), "")
    for names, source in evidence(page, layout):
        is_printed = source in {"page", "byline"}
        meant = (name for name in names if not (is_printed and is_control(name)))
        kept = tuple(dict.fromkeys(name for name in meant if key(name) not in ignored))
        named = without_words(name for name in kept if not publishers.names(name))
        if named and not all(is_login(name) for name in named):
            return named, source
        if named and not logins[0]:
            logins = (named, source)
        elif kept and not last[0]:
            last = (kept, source)
    if logins[0]:
        return logins
    stated, source = stated_whole(page, ignored)
    if stated and not publishers.names(stated[0]):
        return stated, source
    return last if last[0] else (stated, source)


def without_words(names: Iterable[str]) -> tuple[str, ...]:
    """Return *names*; beside one with a capital, only an agency's is in lower case."""
    found = tuple(names)
    printed = tuple(name for name in found if not is_login(name) or name in AGENCIES)
    return printed if any(name[0].isupper() for name in printed) else found


class Publisher:
    """What the publisher of a page is called."""

    def __init__(self, page: Page) -> None:
        """Read the names that *page* gives its publisher, and its address."""
        names = [string(node.get("publisher")) for node in page.articles]
        names += [page.first_meta("og:site_name"), page.first_meta("application-name")]
        host = host_of(page.url).replace("-", "")
        self._keys = {key(name) for name in names} - {""}
        self._hosts = {host.replace(".", ""), *host.split(".")[:-1]} - {""}

    def names(self, author: str) -> bool:
        """Whether *author* is the publisher: by its name, or by that of its domain."""
        words = key(author)
        bare = ARTICLE.sub("", words).replace(" ", "")
        return words in self._keys or not self._hosts.isdisjoint({bare, words.replace(" ", "")})


def evidence(page: Page, layout: Layout | None) -> Iterator[tuple[list[str], str]]:
    """Yield the names that each kind of evidence holds and its name, the strongest first."""
    by_layout = layout is not None and bool(layout.author)
    if layout is not None and layout.author:
        bylines = [one_line(e.text()) for e in select(layout.author)(page.root)]
        yield (
            split_names(bylines) or [name for byline in bylines if (name := whole_name(byline))],
            "page",
        )
    for node in page.articles:
        yield split_names(author_names(node, page.people)), "json-ld"
    for name in AUTHOR_META:
        if stated := page.meta.get(name):
            yield split_names(map(in_order, stated) if name == CITATION else stated), "meta"
    yield split_names(labelled(page)), "meta"
    if not by_layout:
        for names in marked_bylines(page):
            yield names, "page"
        for names in printed_bylines(page):
            yield names, "byline"
        yield signed_names(page), "byline"


def labelled(page: Page) -> Iterator[str]:
    """Yield what the card of a link to *page* shows behind "Written by"."""
    for label, content in LABELS:
        if label in page.meta and BY.fullmatch(f"{page.first_meta(label)} "):
            yield page.first_meta(content)


def in_order(name: str) -> str:
    """Return *name* with the family's last, where a comma parts them: ``Ruiz, Ana``."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def stated_whole(page: Page, ignored: Collection[str]) -> tuple[tuple[str, ...], str]:
    """Return what JSON-LD or meta states in the author's place though it is no person's name."""
    for node in page.articles:
        for text in author_names(node, page.people):
            if (name := whole_name(text)) and key(name) not in ignored:
                return (name,), "json-ld"
    stated = (text for name in AUTHOR_META for text in page.meta.get(name, ()))
    names = (name for text in stated if (name := whole_name(text)) and key(name) not in ignored)
    named = next(names, "")
    return ((named,), "meta") if named else ((), "")


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
