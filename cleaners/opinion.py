"""Another opinion on where a page's article is: trafilatura's, on a tree of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from cleaners.blocks import Block, Element
from cleaners.text import tidy

MAX_LEVELS = 150  # of elements around a block; pages have up to 50
LINKED = 0.5  # share of linked characters from which a block is one link
DIVISIONS = frozenset({"div", "section"})


def region_text(blocks: Sequence[Block], url: str) -> str:
    """Return the text that trafilatura extracts from a page of *blocks* alone; empty for none.

    Without the menus it is three times faster than on the whole page, and right as often. Without
    metadata: its expressions are quadratic on malformed JSON-LD. Without de-duplication: that keeps
    state between pages, and one input would give two outputs. Of a page nested more deeply than any
    real one it is not asked: it walks by recursion.
    """
    if levels_around(blocks) > MAX_LEVELS:
        return ""
    document = bare_extraction(tree_of(blocks), url=url or None, include_comments=False)
    return (getattr(document, "text", "") or "") if document is not None else ""


def levels_around(blocks: Sequence[Block]) -> int:
    """Return how many elements stand around the block that has most around it."""
    levels: dict[Element, int] = {}
    for block in blocks:
        for element in unknown_around(block.element, levels):
            levels[element] = 1 + (levels[element.parent] if element.parent is not None else 0)
    return max(levels.values(), default=0)


def unknown_around(element: Element, known: Mapping[Element, object]) -> Sequence[Element]:
    """Return *element* and those around it that are not *known*, from the outside in."""
    chain: list[Element] = []
    step: Element | None = element
    while step is not None and step not in known:
        chain.append(step)
        step = step.parent
    return chain[::-1]


def tree_of(blocks: Sequence[Block]) -> HtmlElement:
    """Return a page of *blocks* and the elements around them; a linked block is one link.

    A row is one cell: of 119 pages trafilatura chose the same on all, in a tenth less time.
    """
    root = cast("HtmlElement", parser().makeelement("html"))
    made: dict[Element, HtmlElement] = {}
    sizes = sizes_around(blocks)
    for block in blocks:
        place = made_of(block.element, made, sizes, root)
        if block.tag == "tr":
            etree.SubElement(place, "td").text = block.text
        elif block.link_share > LINKED:
            etree.SubElement(place, "a", href="/").text = block.text
        elif len(place):
            place[-1].tail = f"{place[-1].tail or ''} {block.text}"
        else:
            place.text = f"{place.text}\n{block.text}" if place.text else block.text
    return root


def sizes_around(blocks: Sequence[Block]) -> Counter[Element]:
    """Count for each element around *blocks* how many elements and blocks stand right in it."""
    sizes: Counter[Element] = Counter()
    for block in blocks:
        for element in unknown_around(block.element, sizes):
            sizes[element] = 0
            if element.parent is not None:
                sizes[element.parent] += 1
        sizes[block.element] += 1
    return sizes


def made_of(
    element: Element,
    made: dict[Element, HtmlElement],
    sizes: Mapping[Element, int],
    root: HtmlElement,
) -> HtmlElement:
    """Return the copy of *element*, made under those of its ancestors.

    A division that is all there is in another is one with it: with every one by itself, trafilatura
    takes a seventh more time, and finds no more.
    """
    for each in unknown_around(element, made):
        above = each.parent
        if above is None:
            made[each] = root
            continue
        is_all = sizes[above] == 1 and {each.tag, above.tag} <= DIVISIONS
        tag = each.tag if each.tag.isalnum() else "div"
        copy = made[each] = made[above] if is_all else etree.SubElement(made[above], tag)
        attributes = each.node.attributes
        for name in ("class", "id", "role", "itemprop"):
            if name in attributes:
                copy.set(name, tidy(f"{copy.get(name, '')} {attributes[name] or ''}"))
    return made[element]


@cache
def parser() -> etree.HTMLParser:
    """Return what makes the trees, all of one class of elements.

    That of `lxml.html` asks Python for the class of each, which takes a twentieth of trafilatura's
    time; it has no use for those of forms.
    """
    made = etree.HTMLParser()
    made.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return made
