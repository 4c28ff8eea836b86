"""Find articles on a section page, and section pages on a home page, by the shape of addresses.

An address looks like an article's where its path holds

* a day (``/2026/11/03/``, ``/20261103/``),
* a last part with a number of five digits or more (``bridge-opens-1234567.html``, ``/a/61234567``),
* a last part of four words or more, or of three that are twenty letters long, or
* something after a part that says so (``/articles/c2kgqx1z9xyo``),

and nowhere a part that names a list or a service (``tag``, ``author``, ``login``, …). Links to
another registered domain and to files that are no page never count.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.discovery.addresses import clean_address, day_in, host, registered_domain
from crawler.link import Link

if TYPE_CHECKING:
    from scrapy.http import TextResponse

LISTS = re.compile(
    r"""tags? | topics? | authors? | autor(?:en)? | categor(?:y|ies) | archives? | search | suche
    | log-?in | sign-?(?:in|up) | register | account | subscri(?:be|ptions?) | newsletters?
    | about(?:-us)? | contact(?:-us)? | privacy(?:-policy)? | terms | cookies? | cookie-policy
    | imprint | impressum | datenschutz | advertis(?:e|ing) | jobs | careers | feeds? | rss
    | sitemap | wp-admin | wp-login | wp-json | cart | checkout | shop | faq | help""",
    re.VERBOSE,
)
"""Parts of a path that name lists and services, never an article."""

ARTICLES = frozenset({"article", "articles", "story", "stories"})

FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|pdf|docx?|xlsx?|zip|gz|mp[34]|m4a|webm|css|js|json|xml|rss|atom)$",
    re.IGNORECASE,
)
ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|ece|cms)$", re.IGNORECASE)
NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
WORD = re.compile(r"[^\W\d_]{2,}")

MANY_WORDS = 4
FEW_WORDS = 3
LONG_SLUG = 20  # letters in FEW_WORDS words; shorter ones are names of sections
SECTION_DEPTH = 2  # parts of the path of a section page, at most
SECTION_WORDS = 2


Anchors = Sequence[tuple[str, str]]
"""The address and the text of links."""


def anchors_in(response: "TextResponse") -> Anchors:
    """Return the links of a page to others of its registered domain, in page order."""
    base = response.urljoin(response.css("base::attr(href)").get(""))
    domain = registered_domain(host(response.url))
    found = []
    for anchor in response.css("a[href]"):
        address = clean_address(anchor.attrib["href"], base)
        if address and registered_domain(host(address)) == domain and address != response.url:
            found.append((address, " ".join("".join(anchor.root.itertext()).split())))
    return found


def article_links(anchors: Anchors, listing: str, *, limit: int) -> list[Link]:
    """Return the links of the section page *listing* that look like articles, in page order."""
    titles: dict[str, str] = {}
    for address, text in anchors:
        if looks_like_article(address) and len(text) >= len(titles.get(address, "")):
            titles[address] = text
    return [
        Link(url=address, title=title, origin="section", listing=listing)
        for address, title in titles.items()
    ][:limit]


def section_addresses(anchors: Anchors) -> list[str]:
    """Return the section pages that a home page links to, in page order."""
    found = (address for address, _ in anchors if looks_like_section(address))
    return list(dict.fromkeys(found))


def looks_like_article(address: str) -> bool:
    """Whether the shape of *address* is that of an article; see the module."""
    parts = _parts(address)
    if not parts or _is_list(parts):
        return False
    slug = ENDING.sub("", parts[-1])
    words = WORD.findall(slug)
    return (
        (day_in(address) is not None and _goes_on(parts))
        or NUMBER.search(slug) is not None
        or not ARTICLES.isdisjoint(parts[:-1])
        or len(words) >= MANY_WORDS
        or (len(words) == FEW_WORDS and sum(map(len, words)) >= LONG_SLUG)
    )


def looks_like_section(address: str) -> bool:
    """Whether the shape of *address* is that of a section: few parts of few words, no digits."""
    parts = _parts(address)
    if not 0 < len(parts) <= SECTION_DEPTH or _is_list(parts) or urlsplit(address).query:
        return False
    return not looks_like_article(address) and all(
        len(WORD.findall(part)) <= SECTION_WORDS and not re.search(r"\d", part) for part in parts
    )


def _parts(address: str) -> list[str]:
    return [part.lower() for part in urlsplit(address).path.split("/") if part]


def _is_list(parts: list[str]) -> bool:
    is_named = any(LISTS.fullmatch(ENDING.sub("", part)) for part in parts)
    return is_named or FILES.search(parts[-1]) is not None


def _goes_on(parts: list[str]) -> bool:
    """Whether anything but digits follows: /2026/11/03/ alone is the archive of a day."""
    return WORD.search(parts[-1]) is not None
