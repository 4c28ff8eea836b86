"""Bylines far from the headline: in a box about the author, or at the right under an article."""

import re
from collections.abc import Sequence

from cleaners.blocks import Block
from cleaners.bylinemarks import in_comments
from cleaners.bylines import LINE
from cleaners.datesearch import headline_of
from cleaners.names import FULL_NAME, split_names
from cleaners.page import Page
from cleaners.rules import line_rule
from cleaners.tree import Node, attribute

SIGNED = re.compile(
    r"(?:(?:(?:written|words|story|text|reported) by|(?:ein (?:beitrag|artikel)|text|verfasst"
    r"|geschrieben) von|(?:écrit|texte) par|(?:escrito|texto) por|(?:texto|escrito) de|scritto da"
    r"|skrevet a[vf]|napsala?)(?:\s*[:：]\s*|\s+|$)"
    r"|(?:contributors?|redaktion|text|tekst|текст)\s*[:：]\s*(?=\S)"
    r"|(?:authors?|autor(?:in|en|innen|es|a)?|auteurs?|autric?es?|autori|by|von|par|por|tác giả"
    r"|автор)(?:\s*[:：]\s*|$))",
    re.IGNORECASE,
)
STARTS = frozenset({
    "wri", "wor", "sto", "tex", "rep", "aut", "con", "ein", "ver", "ges", "écr", "esc", "scr",
    "skr", "nap", "red", "tek", "by", "by:", "by ", "von", "par", "por", "tác", "авт", "тек",
})  # fmt: skip
"""The first three letters of all that `SIGNED` matches: few lines of a page begin so."""

OF_BOOK = re.compile(
    r"(?:isbn|verlag|seiten|seitenzahl|genre|preis|illustrator(?:in)?|publisher|pages|price|éditeur|editorial"
    r"|editore|páginas|kindle|dt\. titel|originaltitel)\b",
    re.IGNORECASE,
)
NAME_LIKE = re.compile(r"[^\W\d_a-zß-öø-ÿа-яё][^\n.!?:;]{3,60}$")  # or something as short
BOOK = 3  # blocks around the author of one
AT_RIGHT = re.compile(r"text-align:\s*right", re.IGNORECASE)


def signed_names(page: Page) -> list[str]:
    """Return the full names of which a line below the headline says that they wrote.

    Who wrote a book that a page tells of does not count.
    """
    headline = headline_of(page.blocks, page.head_title)
    blocks = page.blocks[headline + 1 :] if headline is not None else ()
    for place, block in enumerate(blocks):
        signature = signature_at(place, blocks)
        names = split_names([signature]) if signature and is_line(signature) else []
        is_signed = names and all(map(FULL_NAME.match, names)) and not is_elsewhere(block)
        if is_signed:
            near = blocks[max(0, place - BOOK) : place + BOOK + 1]
            if not any(OF_BOOK.match(other.text) for other in near):
                return names
    return []


def is_elsewhere(block: Block) -> bool:
    """Whether *block* stands in a menu, at the foot of the page, or among readers' comments."""
    tags = {above.tag for above in block.element.chain()}
    return not tags.isdisjoint({"nav", "footer"}) or in_comments(block.element.node)


def signature_at(place: int, blocks: Sequence[Block]) -> str:
    """Return what says who wrote, in the block at *place* or below it; empty where nothing does."""
    block = blocks[place]
    for line in block.text.splitlines() if len(block.text) <= LINE else ():
        if line[:3].lower() in STARTS and (label := SIGNED.match(line)):
            below = blocks[place + 1].text if place + 1 < len(blocks) else ""
            return line[label.end() :] or below
    is_plain = block.tag == "p" and not block.link_share and NAME_LIKE.match(block.text)
    is_own = is_plain and is_at_right(block.element.node) and line_rule(block.text) is None
    return block.text if is_own else ""


def is_line(text: str) -> bool:
    """Whether *text* is short, and has no other label."""
    return len(text) <= LINE and ":" not in text


def is_at_right(element: Node) -> bool:
    """Whether *element*, or the paragraph that it is in, is set at the right."""
    above = element.parent
    around = attribute(above, "style") if above is not None and above.tag == "p" else ""
    return AT_RIGHT.search(f"{attribute(element, 'style')} {around}") is not None
