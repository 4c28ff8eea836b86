"""A page, decoded and parsed once, with what its head says."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

import numpy as np

from cleaners.blocks import Block
from cleaners.decoding import encoded, transcode
from cleaners.errors import NoContentError, NotHtmlError, PageTooLargeError
from cleaners.mojibake import mended
from cleaners.site import Layout
from cleaners.structured import Node as JsonNode
from cleaners.structured import articles_among, linked_nodes, people_among
from cleaners.tags import MAX_ELEMENTS, TooManyElementsError
from cleaners.text import one_line
from cleaners.tree import Node, attribute, number_of, parse_tree, values
from cleaners.walk import Walked, walk
from cleaners.zones import zones_of

MAX_ATTRIBUTES = 500  # on one element
MAX_DEPTH = 5_000  # open tags; lexbor looks through all of them at each tag
LARGE = 200_000  # characters; in a smaller page no tag is long enough to take seconds
LONG_TAG = 10_000  # characters
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
TAG = re.compile(r"<[a-zA-Z]")
MANY_TAGS = 20_000
SCRIPT = re.compile(
    r"<(script|style|textarea|title)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
NESTING_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dd|dt|option|br|img|input|meta|link|hr|wbr|area|base|col|embed"
    r"|source|track)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)  # but those that close by themselves


@dataclass(frozen=True)
class Page:
    """One page; the tree is read, never changed."""

    url: str
    html: str
    root: Node
    _walks: dict[Layout | None, Walked] = field(default_factory=dict, init=False, repr=False)

    def walked(self, layout: Layout | None = None) -> Walked:
        """Return what a walk finds, with the zones of *layout*; each walk is made once.

        Raises:
            PageTooLargeError: the page has too many elements.
        """
        found = self._walks.get(layout)
        if found is None:
            zones = zones_of(self.root, layout) if layout is not None else {}
            try:
                found = self._walks[layout] = walk(self.root, zones)
            except TooManyElementsError as error:
                raise PageTooLargeError(f"over {MAX_ELEMENTS} elements: {self.url}") from error
        return found

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every text that a reader may see, in page order, without zones."""
        return self.walked().blocks

    @cached_property
    def _gathered(self) -> Mapping[int, Sequence[Node]]:
        """What the first walk gathered, which is what each would."""
        first = next(iter(self._walks.values()), None) or self.walked()
        return first.gathered

    def all(self, tag: str) -> Sequence[Node]:
        """Return the elements of one of `cleaners.tags.GATHERED`, in page order."""
        return self._gathered.get(number_of(tag), ())

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """Contents of ``<meta>`` by lower-case name, property or itemprop, in page order."""
        return read_meta(self.all("meta"))

    @cached_property
    def linked(self) -> Sequence[JsonNode]:
        """Every node of the page's JSON-LD."""
        return linked_nodes(self.all("script"))

    @cached_property
    def articles(self) -> tuple[JsonNode, ...]:
        """JSON-LD nodes of articles, the one with the longest body first."""
        return articles_among(self.linked)

    @cached_property
    def people(self) -> dict[str, str]:
        """Names of JSON-LD nodes by ``@id``."""
        return people_among(self.linked)

    @cached_property
    def head_title(self) -> str:
        """What ``<title>`` holds."""
        titles = self.all("title")
        return (titles[0].text() if titles else "").strip()

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Texts of the ``h1`` elements."""
        texts = (one_line(heading.text()) for heading in self.all("h1"))
        return tuple(text for text in texts if text)

    @cached_property
    def canonical(self) -> str:
        """The absolute address that the page names as its own, else `url`."""
        return read_canonical(self.all("link"), self.url)

    @property
    def language(self) -> str:
        """What ``<html lang>`` says, as printed."""
        return attribute(self.root, "lang") or attribute(self.root, "xml:lang")

    def first_meta(self, *names: str) -> str:
        """Return the first content among *names*, in their order; empty where there is none."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")


def open_page(page: bytes | str, url: str) -> Page:
    """Decode and parse *page*.

    Raises:
        NoContentError: the page is empty.
        NotHtmlError: it is binary data or holds no markup.
        PageTooLargeError: it passes a limit of size, nesting or attributes.
    """
    html, utf8 = mended(transcode(page, url) if isinstance(page, bytes) else encoded(page))
    refuse_unparsable(html, utf8, url)
    return Page(url, html, parse_tree(utf8))


def refuse_unparsable(html: str, utf8: bytes, url: str) -> None:
    """Refuse what is no markup, and what would take lexbor minutes.

    It compares each attribute of a tag with all before it, and looks through all open elements at
    each tag.

    Raises:
        NoContentError: there is nothing to parse.
        NotHtmlError: the text holds no tag.
        PageTooLargeError: names the limit.
    """
    if TAG.search(html) is None:
        if not html.strip() or "<!" in html:
            raise NoContentError(f"empty page: {url}")
        raise NotHtmlError(f"no markup: {url}")
    if len(html) > LARGE and any(map(is_crowded, long_tags(html))):
        raise PageTooLargeError(f"over {MAX_ATTRIBUTES} attributes on one element: {url}")
    if count_tags(utf8) > MANY_TAGS and depth_of(html) > MAX_DEPTH:
        raise PageTooLargeError(f"over {MAX_DEPTH} levels of nesting: {url}")


def long_tags(html: str) -> Iterator[str]:
    """Yield what stands between a ``<`` and the ``>`` behind it, where that is long.

    A stretch without ``>`` that is long enough holds a whole one of those that are looked at here.
    """
    stretch, stop = LONG_TAG // 2, 0
    for start in range(0, len(html), stretch):
        if start >= stop and html.find(">", start, start + stretch) < 0:
            begin, stop = html.rfind(">", 0, start) + 1, html.find(">", start)
            stop = len(html) if stop < 0 else stop
            for tag in html[begin:stop].split("<")[1:]:
                if len(tag) >= LONG_TAG:
                    yield tag


def count_tags(utf8: bytes) -> int:
    """Return how many ``<`` there are, in a third of the time that counting in a text takes."""
    return int(np.count_nonzero(np.frombuffer(utf8, np.uint8) == ord("<")))


def is_crowded(tag: str) -> bool:
    """Whether *tag*, which starts behind its ``<``, has more than `MAX_ATTRIBUTES`."""
    return tag[0].isalpha() and len(QUOTED.sub("", tag).split()) > MAX_ATTRIBUTES


def depth_of(html: str) -> int:
    """Return about how many elements are open at once in *html*."""
    depth = deepest = 0
    for tag in NESTING_TAG.finditer(SCRIPT.sub("", html)):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
        depth = max(depth, 0)
    return deepest


def read_meta(elements: Iterable[Node]) -> dict[str, tuple[str, ...]]:
    """Return every content of the page's ``<meta>`` elements by name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for element in elements:
        attributes = element.attributes
        content = (attributes.get("content") or "").strip()
        if content:
            for attribute_name in ("property", "name", "itemprop"):
                name = (attributes.get(attribute_name) or "").strip().lower()
                if name:
                    found[name].append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def read_canonical(links: Sequence[Node], url: str) -> str:
    """Return the absolute address that the page names as its own, else *url*."""
    for link, rel in zip(links, values(links, "rel"), strict=True):
        is_canonical = "canonical" in rel.lower().split()
        if is_canonical and (href := attribute(link, "href").strip()):
            try:
                address = urljoin(url, href)
            except ValueError:
                continue
            if address.startswith(("http://", "https://")):
                return address
    return url
