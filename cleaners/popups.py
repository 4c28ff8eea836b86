"""Text of a pop-up inside a sentence, which a reader sees only when pointing at a word."""

import re
from collections.abc import Callable, Iterator

from cleaners.blocks import Block
from cleaners.compiled import compiled
from cleaners.text import one_line
from cleaners.tree import Node, attribute, select

POPUPS = (
    '[role="tooltip"], [class*="ooltip"], [class*="opover"], [class*="ollover"]'
    ', [class*="overcard"], [class*="over-card"]'
)
CONTENT = re.compile(
    r"(?:tool-?tip|popover|rollover|hover-?card)\w*[_-]+(?:\w+[_-]+)*"
    r"(?:block|text|content|body|box|card|inner|panel|window)(?:[\s_-]|$)|tooltiptext"
    r"|footnote[_-]+note",
    re.IGNORECASE,
)
"""Classes of what pops up; the word that it pops up at is often called ``tooltip`` itself."""

GLUED = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]|[.,;:)][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]")
"""Between a word and the pop-up behind it stands no space."""


def is_glued_in_python(text: str) -> bool:
    """Return what `is_glued` does."""
    return GLUED.search(text) is not None


_native = compiled("_text")
is_glued: Callable[[str], bool] = _native.is_glued if _native else is_glued_in_python
"""Whether two words of a text stand in it without a space between them."""


def without_popups(block: Block) -> tuple[str, int]:
    """Return the text of *block* without the pop-ups in it, and how many there were."""
    text = block.text
    if not is_glued(text):
        return text, 0
    count = 0
    for popup in popups_in(block.element.node):
        shorter = text.replace(one_line(popup.text()), "", 1)
        count += shorter != text
        text = shorter
    return text, count


def popups_in(node: Node) -> Iterator[Node]:
    """Yield the pop-ups in *node*, without those in another one."""
    inside: set[int] = set()
    for element in select(POPUPS)(node):
        said = attribute(element, "class")
        if element.mem_id in inside or element.mem_id == node.mem_id:
            continue
        if attribute(element, "role") == "tooltip" or CONTENT.search(said):
            inside.update(below.mem_id for below in element.traverse())
            yield element
