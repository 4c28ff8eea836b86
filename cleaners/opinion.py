"""Another opinion on where a page's article is: trafilatura's, on a tree of its own."""

from collections.abc import Sequence
from itertools import islice, takewhile

from lxml import etree
from lxml.html import HtmlElement, html_parser
from trafilatura import bare_extraction

from cleaners.blocks import Block, Element
from cleaners.text import tidy

MAX_LEVELS = 150  # of elements around a block; pages have up to 50
CELL_BREAK = " | "  # as the walk puts it
LINKED = 0.5  # share of linked characters from which a block is one link


def region_text(blocks: Sequence[Block], url: str) -> str:
    """Return the text that trafilatura extracts from a page of *blocks* alone; empty for none.

    Without the menus it is three times faster than on the whole page, and right as often. Without
    metadata: its expressions are quadratic on malformed JSON-LD. Without de-duplication: that keeps
    state between pages, and one input would give two outputs. Of a page nested more deeply than any
    real one it is not asked: it walks by recursion.
    """
    if any(next(islice(b.element.chain(), MAX_LEVELS, None), None) for b in blocks):
        return ""
    document = bare_extraction(tree_of(blocks), url=url or None, include_comments=False)
    return (getattr(document, "text", "") or "") if document is not None else ""


def tree_of(blocks: Sequence[Block]) -> HtmlElement:
    """Return a page of *blocks* and the elements around them; a linked block is one link."""
    root = html_parser.makeelement("html")
    made: dict[Element, HtmlElement] = {}
    for block in blocks:
        place = made_of(block.element, made, root)
        if block.tag == "tr":
            for cell in block.text.split(CELL_BREAK):
                etree.SubElement(place, "td").text = cell
        elif block.link_share > LINKED:
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
