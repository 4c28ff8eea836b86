"""Texts that are the same but for a few words, found by the fingerprints that cleaners make.

The distance of 3 bits is what Manku, Jain and Das Sarma (2007) found right for web pages.
"""

from crawler.state import Stored

MAX_DISTANCE = 3  # bits
MAX_LENGTH_RATIO = 1.1  # words of the longer text to those of the shorter
SIMILAR_DISTANCE = 14  # bits
SIMILAR_LENGTH_RATIO = 1.5


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
