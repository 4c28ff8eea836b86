"""Bylines that class, id, ``rel`` or ``itemprop`` of an element mark."""

import re
from collections.abc import Iterator

from cleaners.datemarks import COMMENTS, marks_of
from cleaners.names import CAPITAL, FULL_NAME, PARTICLE, split_names
from cleaners.page import Page
from cleaners.rules import line_rule
from cleaners.text import one_line
from cleaners.tree import Node, select

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
JOINT = re.compile(r"\n(,|&|(?:and|und|et|y|e|och|og|en|by|von|par|por)\b)\s*", re.IGNORECASE)
WORDY = re.compile(rf"{CAPITAL}.*? (?!(?:{PARTICLE}|the|of|for) )[a-zß-öø-ÿа-яё]")
"""What starts as a name and goes on as a sentence or a topic."""


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
        text = element.text(separator="\n").strip()
        names = names_of_lines(text)
        if len(names) == 1 and "\n" in text:
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
