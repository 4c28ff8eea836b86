"""What stands of its author behind an article: a note, a name, initials."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cleaners.text import count_words, key
from cleaners.trim import Trimmed

BIO = "bio"
MAX_WORDS = 90  # of a note
INITIALS = re.compile(r"\(\w{2,4}(?:[/,] ?\w{2,5})*\)")  # as German papers sign: (jdo/dpa)


def without_bio(lines: Sequence[Trimmed], authors: Sequence[str]) -> list[Trimmed]:
    """Return *lines* without the last ones that begin with the whole name of an author.

    On gold pages 12 such paragraphs stand outside the text and 4 inside; scores seldom tell them
    from the text, whose layout and look they have. The first line stays in any case.
    """
    names = [name for author in authors if " " in (name := key(author))]
    rest = list(lines)
    for place in range(len(rest) - 1, 0, -1):
        line = rest[place]
        if not line.text:
            continue
        if not is_bio(line.text, names):
            break
        rest[place] = replace(line, text="", rule=BIO, cuts=())
    return rest


def is_bio(text: str, names: Sequence[str]) -> bool:
    """Whether *text* is short and begins with one of *names*, which are keys, or is initials."""
    if count_words(text) > MAX_WORDS:
        return False
    words = key(text)
    return any(f"{words} ".startswith(f"{name} ") for name in names) or bool(
        INITIALS.fullmatch(text)
    )
