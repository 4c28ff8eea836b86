"""Boxes in the middle of a text that ask for the reader's mail address or password."""

from collections.abc import Collection, Sequence

from cleaners.blocks import Block, Element
from cleaners.page import Page
from cleaners.tree import Node, usual_attribute

HOLDERS = frozenset({"article", "main", "body", "html"})
BOX_TEXT = 600  # characters; a box of more holds the article
SIGN_UP = "drop:sign-up"


def in_sign_up_box(page: Page, blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Return for each of *blocks* whether it is kept although it stands in a sign-up box.

    Their headings read like those of the article, so no score tells them apart. Forms alone are no
    sign: some sites wrap the whole page in one.
    """
    boxes = {box_around(field).mem_id for field in page.all("input") if takes_address(field)}
    if not boxes:
        return [False] * len(blocks)
    return [
        keep and is_inside(block.element, boxes) for block, keep in zip(blocks, kept, strict=True)
    ]


def is_inside(element: Element, boxes: Collection[int]) -> bool:
    """Whether *element* is one of *boxes*, which are told by their `mem_id`, or stands in one."""
    step: Element | None = element
    while step is not None and step.node.mem_id not in boxes:
        step = step.parent
    return step is not None


def takes_address(field: Node) -> bool:
    """Whether *field* is for a mail address or a password."""
    kind, name = usual_attribute(field, "type").lower(), usual_attribute(field, "name").lower()
    return kind in {"email", "password"} or "email" in name


def box_around(field: Node) -> Node:
    """Return the largest element around *field* that is no more than a box."""
    box, above = field, field.parent
    while above is not None and above.tag not in HOLDERS and len(above.text()) <= BOX_TEXT:
        box, above = above, above.parent
    return box
