"""One walk over a page: its text as blocks, in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaners.compiled import compiled
from cleaners.text import in_nfc, tidy, tidy_line
from cleaners.tree import Node


@dataclass(slots=True, eq=False)  # not frozen: a page has hundreds, and freezing triples their cost
class Element:
    """A block-level element around text."""

    node: Node
    tag: str
    parent: "Element | None"
    """The block-level element around this one; None for the root."""

    zone: str
    """What the caller's zones say of the innermost marked ancestor; empty without one."""

    def chain(self) -> Iterator["Element"]:
        """Yield this element and those around it, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(slots=True, eq=False)  # the same
class Block:
    """A paragraph, heading, list item, quote, table row, or bare text between them."""

    text: str
    """Tidied; a ``<br>`` is a line feed."""

    element: Element
    """The block-level element around the text."""

    zone: str
    """Zone of `element`, or of a dropped part of it; empty without one."""

    link_share: float
    """Share of the text's characters that stand inside links, 0 to 1."""

    stress_share: float = 0.0
    """Share of the text's characters that are bold or italic, 0 to 1."""

    after_picture: bool = False
    """Whether a picture or a frame stands between this block and the one before."""

    @property
    def tag(self) -> str:
        """Name of `element`, such as ``p``, ``h2``, ``li``, ``tr`` or ``div``."""
        return self.element.tag


if not TYPE_CHECKING and (_native := compiled("_blocks")):
    Element, Block = _native.Element, _native.Block

LINE_BREAK = "\0"  # lexbor leaves none in a text


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of *text*, in which `LINE_BREAK` stands for a ``<br>``.

    Two breaks end a paragraph, one is a line feed. No space stands around *text*.
    """
    if text.isprintable() and "  " not in text:  # as most come: all spaces are single ones
        return [in_nfc(text)] if text else []
    if LINE_BREAK not in text:
        whole = tidy_line(" ".join(text.split()))
        return [whole] if whole else []
    lines = [" ".join(line.split()) for line in text.split(LINE_BREAK)]
    groups = "\n".join(lines).split("\n\n")
    return [paragraph for group in groups if (paragraph := tidy(group.strip("\n")))]


def path_of(element: Element) -> str:
    """Return the tags and classes from the root to *element*, as in a CSS selector."""
    steps = []
    for step in element.chain():
        classes = (step.node.attributes.get("class") or "").split()
        steps.append(step.tag + "".join(f".{name}" for name in classes))
    return " > ".join(reversed(steps))
