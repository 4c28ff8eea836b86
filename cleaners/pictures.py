"""Captions that no markup names: the line that stands alone with a picture in a plain box.

It reads like a short paragraph to a score, but is no sentence. On 1,011 gold pages 27 of the 28
texts that this finds and the scores keep are no part of the article.
"""

import re
from collections.abc import Sequence

from cleaners.blocks import Block
from cleaners.text import count_words
from cleaners.tree import select

UNDER_PICTURE = "drop:caption"
BOXES = frozenset({"div", "figure", "p", "section"})
PICTURE = "img, picture, video, iframe"
MIN_WORDS = 2  # "Pros:" under a picture opens a list
MAX_WORDS = 40
SENTENCE_END = re.compile(r"[.!?…:。！？：।؟۔][\"'”’“»«›‹\]」』】]*$")


def under_pictures(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Return for each of *blocks* whether it is kept although it is the line under a picture."""
    return [
        keep and block.after_picture and is_line(block) and is_boxed(blocks, place)
        for place, (block, keep) in enumerate(zip(blocks, kept, strict=True))
    ]


def is_line(block: Block) -> bool:
    """Whether *block* is short and no sentence; a number counts the items of an article."""
    return (
        block.tag in BOXES
        and MIN_WORDS <= count_words(block.text) < MAX_WORDS
        and not block.text[0].isdigit()
        and SENTENCE_END.search(block.text) is None
    )


def is_boxed(blocks: Sequence[Block], place: int) -> bool:
    """Whether the element of a block holds a picture, and no other text."""
    box = blocks[place].element
    around = (*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2])
    if any(step is box for other in around for step in other.element.chain()):
        return False
    return bool(select(PICTURE)(box.node))
