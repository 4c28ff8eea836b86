"""Text that was encoded twice: ``â€™`` for an apostrophe, ``fÃ¼r`` for ``für``.

A browser shows it as it is, and so would every corpus. It is mended only where the page has more
broken signs than whole ones: a page about encodings shows broken ones on purpose.
"""

import re
from collections.abc import Callable

import numpy as np

from cleaners.compiled import compiled
from cleaners.decoding import Decoded, encoded

LEAD = b"\xc3"  # of both marks in UTF-8, and of most letters with accents
MARKS = (0xA2, 0x83)  # what stands behind it in â and in Ã
BEYOND_ASCII = 0xC2
MAX_TEXT = 2_000_000  # characters; to mend more takes seconds

WINDOWS = {ord(bytes([byte]).decode("cp1252", "ignore") or "\0"): byte for byte in range(128, 160)}
HIGH = "\x80-\xbf" + "".join(chr(code) for code in sorted(WINDOWS) if code)
BROKEN = re.compile(rf"[Ââ-ô][{HIGH}]{{1,3}}|Ã[{HIGH}]")
SURELY = re.compile(rf"â[€\x80][{HIGH}]|[a-z]Ã[\xa1-\xbf]|Ã[\xa1-\xbf][a-z]|Ã[\x80-\x9f]")
WHOLE = re.compile("[‘’“”–—…äöüßàâçèéêëîïôùûáíñóúãõåæø]")


def mended(page: Decoded) -> Decoded:
    """Return *page* with what was encoded twice decoded once more, where much of it was."""
    if len(page.text) > MAX_TEXT or not has_marks(page.utf8):
        return page
    broken = len(SURELY.findall(page.text))
    if not broken or broken <= len(WHOLE.findall(SURELY.sub("", page.text))):
        return page
    return encoded(BROKEN.sub(lambda found: once(found[0]), page.text))


def has_marks_in_python(utf8: bytes) -> bool:
    """Return what `has_marks` does."""
    if LEAD not in utf8:
        return False
    signs = np.frombuffer(utf8, np.uint8)
    places = np.nonzero(signs[:-2] == LEAD[0])[0]
    letters, behind = signs[places + 1], signs[places + 2]
    return bool((((letters == MARKS[0]) | (letters == MARKS[1])) & (behind >= BEYOND_ASCII)).any())


_native = compiled("_text")
has_marks: Callable[[bytes], bool] = _native.has_marks if _native else has_marks_in_python
"""Whether a page holds â or Ã with another letter or sign beyond ASCII behind it.

Hardly any does; to search its text takes a hundred times as long.
"""


def once(signs: str) -> str:
    """Return what *signs* were before they were encoded twice; unchanged where they were not."""
    try:
        return bytes(WINDOWS.get(ord(sign), ord(sign)) for sign in signs).decode("utf-8")
    except ValueError:  # no byte, or no UTF-8
        return signs
