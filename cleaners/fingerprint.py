"""A mark of a text, nearly the same for texts that are nearly the same.

It is the simhash of Charikar (2002) over runs of three words, with 64 bits.
"""

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from cleaners.compiled import compiled

BITS = 64
UNSPACED = (
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
"""Scripts that put no space between words: there a character counts as a word."""

MARKS = (
    ("\u0300", "\u036f"), ("\u0591", "\u05c7"), ("\u0610", "\u06ed"), ("\u0900", "\u0dff"),
)  # fmt: skip
"""Signs inside words, which regular expressions do not count among a word's."""

_OWN, _INNER = ("".join(f"{first}-{last}" for first, last in some) for some in (UNSPACED, MARKS))
_UNLIKE_LATIN = re.compile(f"[{_OWN}{_INNER}]")
_LATIN_WORD = re.compile(r"\w+")
_WORD = re.compile(rf"[{_OWN}]|(?:(?![{_OWN}])[\w{_INNER}])+")


class Mark(NamedTuple):
    """What is remembered of a text."""

    fingerprint: int
    """64 bits, nearly all the same for texts with nearly the same words."""

    words: int


def mark(text: str) -> Mark:
    """Return the mark of *text*."""
    found = joined_words(text)
    return Mark(simhash(found), found.count(b" ") + 1 if found else 0)


def words(text: str) -> list[str]:
    """Return the words of *text* without punctuation, folded to one case."""
    folded = text.casefold()
    # to look so closely at every text takes half as long again
    pattern = _WORD if _UNLIKE_LATIN.search(folded) else _LATIN_WORD
    return pattern.findall(folded)


def joined_words_in_python(text: str) -> bytes:
    """Return the words of *text* with single spaces between, in UTF-8."""
    return " ".join(words(text)).encode()


def simhash_in_python(text: bytes) -> int:
    """Return the fingerprint of the words that single spaces part."""
    import numpy as np  # noqa: PLC0415 - a tenth of a second, for nothing if compiled

    found = text.split(b" ")
    triples = zip(found, found[1:], found[2:], strict=False)
    shingles = set(map(b" ".join, triples)) or {text}
    hashes = [blake2b(shingle, digest_size=8).digest() for shingle in shingles]
    bits = np.unpackbits(np.frombuffer(b"".join(hashes), np.uint8)).reshape(-1, BITS)
    majority = 2 * bits.sum(axis=0, dtype=np.int32) > len(hashes)
    return int.from_bytes(np.packbits(majority).tobytes())


_folding = compiled("_folding")
joined_words: Callable[[str], bytes] = _folding.joined_words if _folding else joined_words_in_python
"""Return the words of a text with single spaces between, in UTF-8."""

_native = compiled("_fingerprint")
simhash: Callable[[bytes], int] = _native.simhash if _native else simhash_in_python
"""Return the fingerprint of the words that single spaces part."""
