"""A page, decoded and parsed once, with what its head says."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from cleaners.decoding import decode
from cleaners.errors import NoContentError, NotHtmlError, PageTooLargeError
from cleaners.structured import Node, articles_among, linked_nodes, people_among

MAX_ELEMENTS = 100_000  # pages of the largest publishers have 20,000
MAX_ATTRIBUTES = 500  # on one element

ILLEGAL = bytes([*range(9), 11, 12, *range(14, 32), 127])
ILLEGAL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
DOCTYPE = re.compile(r"<!doctype[^>]{0,500}>", re.IGNORECASE)
SELF_CLOSED_HTML = re.compile(r"(<html\b[^>]{0,500}?)\s*/>", re.IGNORECASE)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
LARGE = 200_000  # characters; in a smaller page no tag is long enough to take seconds
LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
TAG = re.compile(r"<[a-zA-Z!]")
COUNT = etree.XPath("count(//*)")
CROWDED = etree.XPath(f"//*[@*[{MAX_ATTRIBUTES + 1}]]")


@dataclass(frozen=True, slots=True)
class Page:
    """One page; the tree is read, never changed."""

    url: str
    root: HtmlElement
    meta: Mapping[str, tuple[str, ...]]
    """Contents of ``<meta>`` by lower-case name, property or itemprop, in page order."""

    articles: tuple[Node, ...]
    """JSON-LD nodes of articles, the one with the longest body first."""

    people: dict[str, str]
    """Names of JSON-LD nodes by ``@id``."""

    head_title: str
    canonical: str
    language: str
    """What ``<html lang>`` says, as printed."""

    def first_meta(self, *names: str) -> str:
        """Return the first content among *names*, in their order; empty where there is none."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")


def open_page(page: bytes | str, url: str) -> Page:
    """Decode and parse *page*, and read its head.

    Raises:
        NoContentError: the page is empty.
        NotHtmlError: it is binary data or holds no markup.
        PageTooLargeError: it passes a limit of size, nesting or attributes.
    """
    text = decode(page, url) if isinstance(page, bytes) else page
    root = parse(text, url)
    title = root.find(".//title")
    nodes = linked_nodes(root)
    return Page(
        url=url,
        root=root,
        meta=read_meta(root),
        articles=articles_among(nodes),
        people=people_among(nodes),
        head_title=(title.text_content() if title is not None else "").strip(),
        canonical=read_canonical(root, url),
        language=root.get("lang") or root.get("xml:lang") or "",
    )


def parse(text: str, url: str) -> HtmlElement:
    """Return the tree of *text*; markup that libxml2 would stumble over is repaired first.

    Raises:
        NoContentError: there is nothing to parse.
        NotHtmlError: the text holds no tag.
        PageTooLargeError: libxml2 would end the parse early, or the tree is too large.
    """
    if not text.strip():
        raise NoContentError(f"empty page: {url}")
    if TAG.search(text) is None:
        raise NotHtmlError(f"no markup: {url}")
    refuse_long_tags(text, url)
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = etree.fromstring(without_controls(repair(text)), parser)
    except etree.ParserError as error:
        raise NoContentError(f"nothing to parse: {url}") from error
    if not isinstance(tree, HtmlElement):
        raise NoContentError(f"nothing to parse: {url}")
    check_limits(tree, parser, url)
    return tree


def refuse_long_tags(text: str, url: str) -> None:
    """Refuse a tag of thousands of attributes: libxml2 compares each with all before it.

    Raises:
        PageTooLargeError: names the limit.
    """
    if len(text) > LARGE:
        for tag in LONG_TAG.finditer(text):
            if len(QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES:
                raise PageTooLargeError(f"over {MAX_ATTRIBUTES} attributes on one element: {url}")


def repair(text: str) -> str:
    """Return *text* without what makes libxml2 lose a page.

    Control characters make trafilatura return nothing; a doctype of an unknown kind and a
    self-closed ``<html/>`` hide the body (https://bugs.launchpad.net/lxml/+bug/1955915).
    """
    if "&#" in text:
        text = ILLEGAL_REFERENCE.sub("", text)
    text = XML_DECLARATION.sub("", text, count=1)
    start = SELF_CLOSED_HTML.sub(r"\1>", DOCTYPE.sub("", text[:4096], count=1), count=1)
    return start + text[4096:]


def without_controls(text: str) -> bytes:
    """Return *text* in UTF-8 without the characters that XML forbids."""
    encoded = text.encode("utf-8", "replace").translate(None, ILLEGAL)
    return encoded.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")


def check_limits(root: HtmlElement, parser: HTMLParser, url: str) -> None:
    """Refuse what was cut off or would make later steps take minutes.

    Raises:
        PageTooLargeError: names the limit.
    """
    for entry in parser.error_log:
        if "RESOURCE_LIMIT" in entry.type_name or "Excessive depth" in entry.message:
            raise PageTooLargeError(f"{entry.message.strip()}: {url}")
    if CROWDED(root):
        raise PageTooLargeError(f"over {MAX_ATTRIBUTES} attributes on one element: {url}")
    elements = int(COUNT(root))
    if elements > MAX_ELEMENTS:
        raise PageTooLargeError(f"{elements} elements, limit {MAX_ELEMENTS}: {url}")


def read_meta(root: HtmlElement) -> dict[str, tuple[str, ...]]:
    """Return every content of the page's ``<meta>`` elements by name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop"):
                name = (element.get(attribute) or "").strip().lower()
                if name:
                    found[name].append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def read_canonical(root: HtmlElement, url: str) -> str:
    """Return the absolute address that the page names as its own, else *url*."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            try:
                address = urljoin(url, link.get("href", "").strip())
            except ValueError:
                continue
            if address.startswith(("http://", "https://")):
                return address
    return url
