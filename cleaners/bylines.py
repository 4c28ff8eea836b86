"""Bylines that a page prints: marked elements, then lines next to the headline."""

import re
from collections.abc import Iterator, Sequence

from cleaners.blocks import Block
from cleaners.datemarks import COMMENTS, marks_of
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
from cleaners.rules import line_rule
from cleaners.text import key, one_line
from cleaners.tree import Node, attribute, select

MARK = re.compile(
    r"(?:^|[\s_-])(?:authors?|by-?line|autor|auteur|autore|writer|redakteur)"
    r"(?:[\s_-]*(?:name|link|title|vcard|fn))?(?:$|[\s_-])",
    re.IGNORECASE,
)
MARKED_TAGS = frozenset({
    "a", "span", "p", "div", "address", "strong", "b", "cite", "ul", "li", "h4", "h5", "h6",
})  # fmt: skip
MARKING = ("class", "id", "itemprop", "rel")
MARKED = (
    '[rel~="author"], [itemprop*="author"], [class*="uthor"], [class*="yline"], [class*="utor"],'
    ' [class*="auteur"]'
)  # each part takes 15 microseconds a page of 900 elements, twice that without case
CONTROLS = frozenset({
    "ad", "comment", "consent", "follow", "login", "nav", "newsletter", "paywall", "related",
    "share",
})  # fmt: skip
"""Categories of line rules by which a line is no byline."""

MAX_MARKED = 8  # elements that are read
MAX_TEXT = 200  # characters
ABOVE = 6  # elements around one whose class may say that it is in the comments
BEFORE, BEHIND = 4, 14  # blocks around the headline in which a byline stands
BESIDE = 7
TITLES = frozenset({"h1", "h2", "h3"})
OTHER_SIGN = re.compile(r"[\d!?:]")
LINE = 160  # characters
JOINT = re.compile(r"\n(,|&|(?:and|und|et|y|e|och|og|en|by|von|par|por)\b)\s*", re.IGNORECASE)
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|auto[rn]e?[sn]?|autorinnen|auteurs?|autori|writers?|contributors?|journalists?"
    r"|journalistes?|redakteure?|people|person|profiles?|staff|team|reporters?|columnists?|by)"
    r"/(?:\d+/)?([^/?#]+)"
)
PIECES = re.compile(r"\s*(?:[|•·⋅\n]|\s[-–—/]\s)\s*")
WITHIN = re.compile(r"(?:^|[\s,])(?:by|von|par|por|di|door|av|af|от)\s+(?=[^\W\d_a-zà-ÿа-я])")


def marked_bylines(page: Page) -> Iterator[list[str]]:
    """Yield the names in elements whose class, id, rel or itemprop says author.

    Those of elements next to each other, such as two links, are one byline.
    """
    read: list[tuple[Node, list[str]]] = []
    for element in select(MARKED)(page.root):
        attributes = element.attributes
        marks = [mark for name in MARKING if (mark := attributes.get(name))]
        if element.tag not in MARKED_TAGS or not any(MARK.search(mark) for mark in marks):
            continue
        names = names_of_lines(element.text(separator="\n"))
        if len(names) == 1:
            names = listed_names(element) or names
        if any(WORDY.match(name) for name in names):
            continue
        if names and not in_comments(element):
            read.append((element, names))
        if len(read) == MAX_MARKED:
            break
    for element, _ in read:
        together = [more for other, more in read if other is element or are_near(element, other)]
        yield [name for more in together for name in more]


def are_near(one: Node, other: Node) -> bool:
    """Whether two elements of the same class are parts of one byline."""
    if one.tag != other.tag or one.attributes.get("class") != other.attributes.get("class"):
        return False
    first, second = one.parent, other.parent
    if first is None or second is None:
        return False
    return first.mem_id == second.mem_id or (
        first.tag == second.tag and first.tag in {"span", "li"} and are_siblings(first, second)
    )


def are_siblings(one: Node, other: Node) -> bool:
    """Whether one element is the parent of both."""
    first, second = one.parent, other.parent
    return first is not None and second is not None and first.mem_id == second.mem_id


def listed_names(byline: Node) -> list[str]:
    """Return the names in the elements of a byline that are all of one class, and full names.

    Without a class, the second might as well be a town.
    """
    items = [
        item for item in byline.css("[class]") if item.text().strip() and not item.css("*")[1:]
    ]
    kinds = {(item.tag, item.attributes.get("class")) for item in items}
    texts = [one_line(item.text()) for item in items]
    is_list = len(texts) > 1 and len(kinds) == 1 and all(map(FULL_NAME.match, texts))
    return split_names(texts) if is_list else []


def names_of_lines(text: str) -> list[str]:
    """Return the names on the first line of *text* with any; lines that go on are one."""
    if not 1 < len(text.strip()) <= MAX_TEXT:
        return []
    lines = filter(None, map(str.strip, text.splitlines()))
    for line in JOINT.sub(r" \1 ", "\n".join(lines)).splitlines():
        names = split_names([line])
        if names and not is_control(line):
            return names
    return []


def is_control(line: str) -> bool:
    """Whether *line* belongs to the page, such as "Reset password", and names nobody."""
    return (line_rule(line) or "").partition("/")[0] in CONTROLS


def in_comments(element: Node) -> bool:
    """Whether *element* stands among the comments of readers."""
    above: Node | None = element
    for _ in range(ABOVE):
        if above is None or above.tag in {"body", "html", "article"}:
            return False
        if COMMENTS.search(marks_of(above)):
            return True
        above = above.parent
    return False


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


WORDY = re.compile(rf"{CAPITAL}.*? (?!(?:{PARTICLE}|the|of|for) )[a-zß-öø-ÿа-яё]")
"""What starts as a name and goes on as a sentence or a topic."""

PERSON = re.compile(rf"(?:{PARTICLE} )?{CAPITAL}(?: (?:{PARTICLE} ){{0,2}}{CAPITAL}){{0,4}}$")
