"""Captions, credits and cards of other articles: what pictures leave behind in a dump.

A photo block is three lines X / "© …" / X: alternative text, credit, the same caption again. A card
is X / "© …" / Y: the picture's text, its credit, and the headline of another article.
"""

from collections.abc import Mapping, Sequence

from cleaners.dump.lines import Line
from cleaners.rules import credit_rule

CAPTION = "caption"
CARD = "card"
NEAR = 3  # lines between a picture's alternative text and its caption
LEAST = 4  # words; shorter lines repeat for other reasons
CAPTION_WORDS = 60  # a longer line before a credit is a paragraph
HEADLINE_WORDS = 25
MORE_WORDS = 14  # what a caption adds to the alternative text: who took the picture


def find_captions(lines: Sequence[Line]) -> dict[int, str]:
    """Map the numbers of *lines* that belong to pictures to what they are."""
    found: dict[int, str] = {}
    for n, line in enumerate(lines):
        if line.category == "credit":
            found |= around_credit(lines, n)
        elif line.words <= CAPTION_WORDS and credit_rule(line.text):
            found[n] = CAPTION
        if line.words >= LEAST:
            found |= repeated(lines, n)
    return found


def around_credit(lines: Sequence[Line], n: int) -> Mapping[int, str]:
    """Return what the credit in line *n* makes of the lines before and after it."""
    before = lines[n - 1] if n else None
    after = lines[n + 1] if n + 1 < len(lines) else None
    if before is None or before.words > CAPTION_WORDS or lines[n].gap:
        return {n: CAPTION}
    if after is not None and before.key == after.key:
        return {n - 1: CAPTION, n: CAPTION, n + 1: CAPTION}
    if before.is_prose:
        return {n: CAPTION}
    if after is not None and not after.gap and is_headline(after):
        return {n - 1: CARD, n: CARD, n + 1: CARD}
    return {n - 1: CAPTION, n: CAPTION}


def repeated(lines: Sequence[Line], n: int) -> Mapping[int, str]:
    """Return line *n* and the caption that says the same a little further down."""
    line = lines[n]
    for m in range(n + 1, min(n + 1 + NEAR, len(lines))):
        other = lines[m]
        if line.key == other.key or is_extended(line, other):
            return {n: CAPTION, m: CAPTION}
    return {}


def is_extended(line: Line, other: Line) -> bool:
    """Whether *other* is *line* and a credit."""
    more = other.words - line.words
    return 0 < more <= MORE_WORDS and other.key.startswith(line.key + " ")


def is_headline(line: Line) -> bool:
    """Whether *line* can be the headline of another article."""
    return not line.ends_sentence and LEAST <= line.words <= HEADLINE_WORDS
