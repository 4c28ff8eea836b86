"""Texts that are the same but for a few words, found by a fingerprint.

The fingerprint is the simhash of Charikar (2002) over runs of three words, with 64 bits and the
distance of 3 that Manku, Jain and Das Sarma (2007) found right for web pages.
"""

import re
from hashlib import blake2b

import numpy as np

from crawler.state import Stored

MAX_DISTANCE = 3  # bits
MAX_LENGTH_RATIO = 1.1  # words of the longer text to those of the shorter
SIMILAR_DISTANCE = 14  # bits
SIMILAR_LENGTH_RATIO = 1.5
BITS = 64
# scripts that put no space between words: there a character counts as a word
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u06ed\u0900-\u0dff"  # inside words, and not in \w
_UNLIKE_LATIN = re.compile(rf"[{_UNSPACED}{_MARKS}]")
_LATIN_WORD = re.compile(r"\w+")
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[\w{_MARKS}])+")


def words(text: str) -> list[str]:
    """Return the words of *text* without punctuation, folded to one case."""
    folded = text.casefold()
    # to look so closely at every text takes half as long again
    pattern = _WORD if _UNLIKE_LATIN.search(folded) else _LATIN_WORD
    return pattern.findall(folded)


def fingerprint(found: list[str]) -> int:
    """Return 64 bits of which texts with nearly the same *found* words share nearly all."""
    encoded = " ".join(found).encode().split(b" ")  # at once: a word is part of three shingles
    triples = zip(encoded, encoded[1:], encoded[2:], strict=False)
    shingles = set(map(b" ".join, triples)) or {b" ".join(encoded)}
    hashes = [blake2b(shingle, digest_size=8).digest() for shingle in shingles]
    bits = np.unpackbits(np.frombuffer(b"".join(hashes), np.uint8)).reshape(-1, BITS)
    majority = 2 * bits.sum(axis=0, dtype=np.int32) > len(hashes)
    return int.from_bytes(np.packbits(majority).tobytes())


def is_near(article: Stored, mark: int, length: int) -> bool:
    """Tell whether *article* has nearly the text of fingerprint *mark* and *length* words.

    Of the 508,536 pairs that 1,009 news articles make, it takes none for the same; it finds an
    article again after one changed word in 92 of 100 cases, after five in 60.
    """
    return _differ_at_most(article, mark, length, bits=MAX_DISTANCE, ratio=MAX_LENGTH_RATIO)


def is_similar(article: Stored, mark: int, length: int) -> bool:
    """Tell whether one of two pages that claim one address may be an edition of the other.

    Without the address it would be wrong for 3 of the 508,536 pairs; of articles that lost
    their last tenth it knows 99 of 100.
    """
    return _differ_at_most(article, mark, length, bits=SIMILAR_DISTANCE, ratio=SIMILAR_LENGTH_RATIO)


def _differ_at_most(article: Stored, mark: int, length: int, *, bits: int, ratio: float) -> bool:
    shorter, longer = sorted((article.words, length))
    return (article.fingerprint ^ mark).bit_count() <= bits and longer <= ratio * shorter
