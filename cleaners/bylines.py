"""Bylines that a page prints in lines next to the headline."""

import re
from collections.abc import Iterator, Sequence

from cleaners.blocks import Block
from cleaners.bylinemarks import MAX_TEXT
from cleaners.datesearch import YEAR, headline_of
from cleaners.names import (
    AGENCIES,
    BY,
    CAPITAL,
    FULL_NAME,
    GLUED_BY,
    PARTICLE,
    split_names,
)
from cleaners.page import Page
from cleaners.text import key, one_line
from cleaners.tree import attribute, select

BEFORE, BEHIND = 4, 14  # blocks around the headline in which a byline stands
BESIDE = 7
TITLES = frozenset({"h1", "h2", "h3"})
OTHER_SIGN = re.compile(r"[\d!?:]")
LINE = 160  # characters
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|auto[rn]e?[sn]?|autorinnen|auteurs?|autori|writers?|contributors?|journalists?"
    r"|journalistes?|redakteure?|people|person|profiles?|staff|team|reporters?|columnists?|by)"
    r"/(?:\d+/)?([^/?#]+)"
)
PERSON = re.compile(rf"(?:{PARTICLE} )?{CAPITAL}(?: (?:{PARTICLE} ){{0,2}}{CAPITAL}){{0,4}}$")
PIECES = re.compile(r"\s*(?:[|•·⋅\n]|\s[-–—/]\s)\s*")
WITHIN = re.compile(r"(?:^|[\s,])(?:by|von|par|por|di|door|av|af|от)\s+(?=[^\W\d_a-zà-ÿа-я])")


def printed_bylines(page: Page) -> Iterator[list[str]]:
    """Yield the names in the lines next to the headline that say "by", the nearest first."""
    blocks = page.blocks
    headline = headline_of(blocks, page.head_title)
    if headline is None:
        return
    behind = range(headline + 1, min(len(blocks), headline + BEHIND))
    for place in (*behind, *range(headline - 1, max(-1, headline - BEFORE), -1)):
        names = names_in(blocks[place])
        if names:
            yield names
    for place in (*behind, *range(max(0, headline - 1), headline)):
        if names := linked_names(blocks[place]):
            yield names
    if names := dated_names(blocks, headline):
        yield names


def names_in(block: Block) -> list[str]:
    """Return the names in a line of which a piece starts with "by", or that has it by a date."""
    text = block.text
    if len(text) > LINE or block.tag in TITLES:
        return []
    for piece in PIECES.split(text):
        if BY.match(piece) or GLUED_BY.match(piece):
            names = persons(split_names([piece]))
            if names:
                return names
    found = WITHIN.search(text) if YEAR.search(text) else None
    return persons(split_names([text[found.start() :]])) if found is not None else []


def linked_names(block: Block) -> list[str]:
    """Return the names in a line that are links to the pages of their authors."""
    line = block.element.node
    if not block.link_share or len(block.text) > LINE or len(line.text()) > MAX_TEXT:
        return []
    names: list[str] = []
    for link in select("a")(line):
        page_of_author = AUTHOR_PAGE.search(attribute(link, "href"))
        for name in split_names([one_line(link.text())]) if page_of_author else ():
            words = key(name).split()
            if page_of_author and words and words[-1] in key(page_of_author[1].replace("_", " ")):
                names.append(name)
    return list(dict.fromkeys(names))


def dated_names(blocks: Sequence[Block], headline: int) -> list[str]:
    """Return the full name that shares a line with a date at the headline, or stands before one.

    Where JSON-LD names an author, nine in ten such names are that author's; of those that stand
    behind a date, half are.
    """
    near = range(max(0, headline - BEFORE), min(len(blocks), headline + BESIDE))
    dates = [place for place in near if is_dated(blocks[place])]
    dates.sort(key=lambda place: abs(place - headline))
    before = [place - 1 for place in dates if place - 1 > headline]
    for place in (*dates, *before):
        block = blocks[place]
        if block.tag in TITLES or len(block.text) > LINE:
            continue
        for piece in PIECES.split(block.text):
            names = split_names([piece])
            if names and OTHER_SIGN.search(piece) is None and all(map(FULL_NAME.match, names)):
                return names
    return []


def is_dated(block: Block) -> bool:
    """Whether *block* is a line with a date."""
    return len(block.text) <= LINE and YEAR.search(block.text) is not None


def persons(names: Sequence[str]) -> list[str]:
    """Return *names* if all look as a person's or an agency's does, without the place behind."""
    if not all(PERSON.match(name) for name in names):
        return []
    full = [name for name in names if " " in name or name.isupper() or name.lower() in AGENCIES]
    return full or list(names)
