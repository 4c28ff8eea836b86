"""Another opinion on where a page's article is: trafilatura's, on a tree of its own."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser
from trafilatura import bare_extraction

from cleaners.page import Page

ILLEGAL = bytes([*range(9), 11, 12, *range(14, 32), 127])
ILLEGAL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
DOCTYPE = re.compile(r"<!doctype[^>]{0,500}>", re.IGNORECASE)
SELF_CLOSED_HTML = re.compile(r"(<html\b[^>]{0,500}?)\s*/>", re.IGNORECASE)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
MAX_MARKUP = 5_000_000  # characters; of a larger page trafilatura is not asked


def region_text(page: Page) -> str:
    """Return the text that trafilatura extracts; empty where it finds none.

    Without metadata: its expressions are quadratic on malformed JSON-LD. Without de-duplication:
    that keeps state between pages, and one input would give two outputs.
    """
    root = lxml_tree(page)
    if root is None:
        return ""
    document = bare_extraction(root, url=page.url or None, include_comments=False)
    return (getattr(document, "text", "") or "") if document is not None else ""


def lxml_tree(page: Page) -> HtmlElement | None:
    """Return libxml2's tree of *page*; None where it cannot hold all of it.

    Past some depth libxml2 ends the parse, and trafilatura would return the menu.
    """
    if len(page.html) > MAX_MARKUP:
        return None
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = etree.fromstring(without_controls(repair(page.html)), parser)
    except etree.ParserError:  # nothing in it that libxml2 takes for an element
        return None
    cut = any(
        "RESOURCE_LIMIT" in entry.type_name or "Excessive depth" in entry.message
        for entry in parser.error_log
    )
    return None if cut or not isinstance(tree, HtmlElement) else tree


def repair(text: str) -> str:
    """Return *text* without what makes libxml2 or trafilatura lose a page.

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
