"""What the classes of the elements around a printed day say of it."""

import re
from typing import NamedTuple

from cleaners.blocks import Element
from cleaners.tree import Node

DATE_CLASS = re.compile(r"date(?<!update)|time|publi|posted|byline|datum|fecha|meta\b|submitted")
COMMENTS = re.compile(r"comment|kommentar|disqus|repl(?:y|ies)\b|tweet|respond")
ELSEWHERE = re.compile(
    r"related|recommend|sidebar|footer|popular|latest|recent|carousel|slider|trending"
    r"|nav(?<![^\s_-]nav)|menu|similar|more-|archive|read-?next|newest|ticker|most-?read|siblings"
    r"|card|teaser|weather"
)
"""As above, what must not stand before a word is looked at last: it takes half the time."""

WHOLE = frozenset({"body", "html", "main"})
CAPTIONS = frozenset({"figcaption", "figure"})
CHAIN = 9  # elements around a date whose classes are read
IN_COMMENTS = -8.0


class Told(NamedTuple):
    """What class and id of an element say of a day in it."""

    of_comments: bool
    of_date: bool
    elsewhere: int
    """How many of their words say that it is about other articles."""


class Marks(dict[Element, Told]):
    """What the elements of a page say, each read once: its days have most of them in common."""

    def __missing__(self, element: Element) -> Told:
        """Read *element*."""
        marks = marks_of(element.node)
        self[element] = told = Told(
            of_comments=COMMENTS.search(marks) is not None,
            of_date=DATE_CLASS.search(marks) is not None,
            elsewhere=len(ELSEWHERE.findall(marks)),
        )
        return told


def rank_of_marks(element: Element, marks: Marks) -> float:
    """Return what the classes around a date in *element* add to its rank."""
    steps = [above for _, above in zip(range(CHAIN), element.chain(), strict=False)]
    told = [marks[above] for above in steps if above.tag not in WHOLE]
    if any(each.of_comments for each in told):
        return IN_COMMENTS
    rank = -2.0 if any(above.tag in CAPTIONS for above in steps[:3]) else 0.0
    rank -= 2 * sum(each.elsewhere for each in told[:4])
    rank -= sum(each.elsewhere for each in told[4:])
    if any(each.of_date for each in told[:2]):
        rank += 1
    return max(rank, -4)


def marks_of(node: Node) -> str:
    """Return class and id of *node*, in lower case."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
