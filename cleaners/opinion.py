"""Another opinion on where a page's article is: trafilatura's, on a tree of its own."""

import re
from collections.abc import Sequence
from itertools import takewhile

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, html_parser
from trafilatura import bare_extraction

from cleaners.blocks import Block, Element
from cleaners.page import Page
from cleaners.text import tidy

ILLEGAL = bytes([*range(9), 11, 12, *range(14, 32), 127])
ILLEGAL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
DOCTYPE = re.compile(r"<!doctype[^>]{0,500}>", re.IGNORECASE)
SELF_CLOSED_HTML = re.compile(r"(<html\b[^>]{0,500}?)\s*/>", re.IGNORECASE)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
LINKED = 0.5  # share of linked characters from which a block is one link
MAX_MARKUP = 5_000_000  # characters; of a larger page trafilatura is not asked


def region_text(blocks: Sequence[Block], url: str) -> str:
    """Return the text that trafilatura extracts from a page of *blocks* alone; empty for none.

    Without the menus it is three times faster than on the whole page, and right as often. Without
    metadata: its expressions are quadratic on malformed JSON-LD. Without de-duplication: that keeps
    state between pages, and one input would give two outputs.
    """
    document = bare_extraction(tree_of(blocks), url=url or None, include_comments=False)
    return (getattr(document, "text", "") or "") if document is not None else ""


def tree_of(blocks: Sequence[Block]) -> HtmlElement:
    """Return a page of *blocks* and the elements around them; a linked block is one link."""
    root = html_parser.makeelement("html")
    made: dict[Element, HtmlElement] = {}
    for block in blocks:
        place = made_of(block.element, made, root)
        if block.link_share > LINKED:
            etree.SubElement(place, "a", href="/").text = block.text
        elif len(place):
            place[-1].tail = f"{place[-1].tail or ''} {block.text}"
        else:
            place.text = f"{place.text}\n{block.text}" if place.text else block.text
    return root


def made_of(element: Element, made: dict[Element, HtmlElement], root: HtmlElement) -> HtmlElement:
    """Return the copy of *element*, made under those of its ancestors."""
    chain = list(takewhile(lambda each: each not in made, element.chain()))
    for each in reversed(chain):
        if each.parent is None:
            made[each] = root
            continue
        copy = etree.SubElement(made[each.parent], each.tag if each.tag.isalnum() else "div")
        attributes = each.node.attributes
        for name in ("class", "id", "role", "itemprop"):
            if name in attributes:
                copy.set(name, tidy(attributes[name] or ""))
        made[each] = copy
    return made[element]


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
