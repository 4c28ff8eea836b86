"""Captions that no markup names, which read like short paragraphs to a score.

A line that stands alone with a picture in a plain box is one where it is no sentence, and so is a
text that ends in the credit of a picture: on 1,011 gold pages 42 of the 43 that the scores keep are
no part of the article.
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
CREDITED = 300  # characters; a longer text is a paragraph with a credit
CREDIT = 100  # characters
_PICTURE = (  # no bar inside a group: `MARK` parts it at each
    r"photos?|images?|pictures?|photographs?|fotos?|bild(?:er)?|grafik|fotografías?|imagen"
    r"|photographies?|immagin[ei]|imagem|фото|zdjęci[ea]|illustration|video"
)
MARK = re.compile("|".join(("©", *(rf"{name}\b" for name in _PICTURE.split("|")))))
"""For lower-case text; with no word's boundary ahead, its first letters are looked for at once."""

ENDING = re.compile(
    r"(?:[.!?…»”\"')]|[^\W\d]{3}) ?©(?! ?(?:copyright )?(?:19|20)\d\d) ?[^.!?]{2,80}\.?$"
    rf"|(?:[.!?…»”\"')]|[|/–—-]|(?=\()) ?\(?(?:{_PICTURE})(?: (?:credits?|courtesy))?"
    r"(?: ?:| (?:by|von|de|di|da|par|por|av|af|van|via|courtesy of)\b ?:?) ?[^.!?]{2,70}\.?\)?$",
    re.IGNORECASE,
)
"""A credit behind a sentence, or behind a word and a sign; not a note of copyright."""

SENTENCE_END = re.compile(r"[.!?…:。！？：।؟۔][\"'”’“»«›‹\]」』】]*$")


def under_pictures(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Return for each of *blocks* whether it is kept although it is what stands under a picture."""
    return [
        keep
        and (
            ends_in_credit(block.text)
            or (block.after_picture and is_line(block) and is_boxed(blocks, place))
        )
        for place, (block, keep) in enumerate(zip(blocks, kept, strict=True))
    ]


def ends_in_credit(text: str) -> bool:
    """Whether a short *text* says more than whose picture it is about, and that at its end."""
    if len(text) > CREDITED or "\n" in text or MARK.search(text[-CREDIT:].lower(), 1) is None:
        return False
    return ENDING.search(text, max(0, len(text) - CREDIT)) is not None


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
