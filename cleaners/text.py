"""Plain-text tidying that holds for every page."""

import re
import unicodedata
from collections.abc import Callable

from cleaners.compiled import compiled

SPACES = re.compile(r"[^\S\n]+")
LINE_ENDS = re.compile(r" ?\n[ \n]*")
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
SIGNS = "\xa0©«®·»‐‑‒–—―‘’“”„•…‹›€"
"""Signs beyond ASCII that stand between words, and in English, too."""

BEYOND_ASCII = re.compile(f"[^\x00-\x7f{SIGNS}]")
WORD = re.compile(r"\w+")
ASCII_WORDS = "".join(
    char.lower() if char.isalnum() or char == "_" else " " for char in map(chr, range(128))
).encode() + bytes(128)
"""What `bytes.translate` makes of ASCII, so that its lower-case words are what spaces part."""

UNSPACED_RANGES = (
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"), ("\uf900", "\ufaff"),
)  # fmt: skip
"""First and last characters of scripts without spaces between words."""

UNSPACED = re.compile("[" + "".join(f"{first}-{last}" for first, last in UNSPACED_RANGES) + "]")
SHARED_START = 25  # characters; a headline cut for search engines keeps its first words
CHARACTERS_A_WORD = 2  # Chinese and Japanese print some two characters for an English word


def tidy(text: str) -> str:
    """Return *text* in NFC with single spaces; line feeds stay, runs of them become one.

    Control characters, half surrogates, soft hyphens, zero-width spaces and bidirectional overrides
    go: they split words in a corpus, and some break every file they reach.
    """
    if text.isprintable() and "  " not in text:  # no other space than single ones
        return in_nfc(text).strip()
    text = in_nfc(INVISIBLE.sub("", text))
    return LINE_ENDS.sub("\n", SPACES.sub(" ", text)).strip()


def tidy_line(text: str) -> str:
    """Return *text*, which has single spaces and no line feed, tidied."""
    if text.isascii():
        return text if text.isprintable() else tidy(text)
    return tidy(text) if INVISIBLE.search(text) else in_nfc(text)


def in_nfc(text: str) -> str:
    """Return *text* in NFC, most of which it is."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return *text* on one line, tidied."""
    return " ".join(tidy(text).split())


def key_in_python(text: str) -> str:
    """Return the words of *text*, case-folded: equal for two spellings of one sentence."""
    if plain := in_ascii(text):
        return " ".join(plain.translate(ASCII_WORDS).decode().split())
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def words_in_python(text: str) -> list[str]:
    """Return the words of *text* in lower case; ASCII is split in a third of the time."""
    if plain := in_ascii(text):
        return plain.translate(ASCII_WORDS).decode().split()
    words: list[str] = WORD.findall(text.lower())
    return words


def in_ascii(text: str) -> bytes:
    """Return *text* with ``?`` for typographic signs; empty where it has letters beyond ASCII.

    What is done with bytes takes a third of the time, and English has no other signs than these.
    """
    if text.isascii() or BEYOND_ASCII.search(text) is None:
        return text.encode("ascii", "replace")
    return b""


def has_key(text: str, wanted: str) -> bool:
    """Whether the `key` of *text* is *wanted*; the first letter of most texts shows that not."""
    first = text[:1]
    if first.isalnum() and first.lower() != wanted[:1] and text.isascii():
        return False
    return key(text) == wanted


def start_alike(one: str, other: str) -> bool:
    """Whether one text is the other's start, or both share their first characters."""
    return begin_alike(key(one), key(other))


def begin_alike(first: str, second: str) -> bool:
    """Whether one key is the other's start, or both share their first characters."""
    share = min(len(first), len(second), SHARED_START)
    return share > 0 and first[:share] == second[:share]


def count_words_in_python(text: str) -> int:
    """Count words; scripts without spaces by `CHARACTERS_A_WORD`."""
    if text.isascii():
        return len(text.split())
    unspaced = len(UNSPACED.findall(text))
    spaced = len(UNSPACED.sub(" ", text).split()) if unspaced else len(text.split())
    return spaced + unspaced // CHARACTERS_A_WORD


def about_words_in_python(text: str) -> int:
    """Return what `about_words` does."""
    if text.isascii():
        return text.count(" ") + 1
    unspaced = len(UNSPACED.findall(text))
    return max(1, text.count(" ") + 1 + unspaced // CHARACTERS_A_WORD)


_native = compiled("_text")
key: Callable[[str], str] = _native.key if _native else key_in_python
"""Return the words of a text, case-folded: equal for two spellings of one sentence."""

words_in: Callable[[str], list[str]] = _native.words_in if _native else words_in_python
"""Return the words of a text in lower case."""

count_words: Callable[[str], int] = _native.count_words if _native else count_words_in_python
"""Count the words of a text; scripts without spaces by `CHARACTERS_A_WORD`."""

about_words: Callable[[str], int] = _native.about_words if _native else about_words_in_python
"""Count the words of a tidied text by its spaces; at least one."""
