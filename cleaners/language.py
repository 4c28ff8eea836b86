"""The language of an article: what the page states, else what its words tell.

`data/common-words.tsv` holds the words that are frequent in any prose of a language, written for
this project: where many words of a text are common in the stated language, or in one language by
far more than in any other, it is in that one, and so where most letters are of a script that only
that language is written in. Else py3langid tells it, which knows 140 languages and takes 75 MB.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cleaners.page import Page
from cleaners.structured import string

CODE = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
STATING_META = ("og:locale", "content-language", "dc.language", "inlanguage", "language")
BREAK = re.compile(r"[\s\d.,;:!?\"'’‘“”„«»()\[\]/…،۔।–—-]+")
SAMPLE = 1_500  # characters
OPENING = 500  # characters in which a text shows that it is in the stated language
PLAIN = 0.27  # of the words; in a related language a fifth are the same
LIKELY, AHEAD = 0.2, 0.1  # of the words, in whatever language; and how many more than in the next
LEAD = 0.03  # of the words, more than in any other language, where one is stated
NAMES = 0.55  # of the words
LETTERS = 10  # of a script of its own
LEAST = 20  # characters; of fewer nothing is certain
SURE = 0.6  # probability from which a text is in a language
CONTRADICTS = 0.9  # from which it is not in the stated one
NO_LANGUAGE = "zxx"  # numbers and names alone
WRITTEN = {"nb": "no"}  # the word list has the kind of Norwegian that most is written in
LISTED = {written: listed for listed, written in WRITTEN.items()}
RELATED = (
    {"no", "nb", "nn", "da"}, {"hr", "sr", "bs", "sh", "me", "cnr"}, {"id", "ms"}, {"fil", "tl"},
    {"cs", "sk"}, {"pt", "gl"}, {"ca", "es", "gl", "ast", "oc"}, {"hi", "mr", "ne"},
    {"zh", "yue", "wuu"}, {"en", "pcm"}, {"zu", "xh", "nr", "ss"},
)  # fmt: skip
"""Languages that share most of their words: one never contradicts another."""

SCRIPTS = {
    language: re.compile(f"[{letters}]")
    for language, letters in {
        "el": "\u0370-\u03ff", "hy": "\u0530-\u058f", "gu": "\u0a80-\u0aff", "ta": "\u0b80-\u0bff",
        "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f", "si": "\u0d80-\u0dff",
        "th": "\u0e00-\u0e7f", "lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "ka": "\u10a0-\u10ff",
        "km": "\u1780-\u17ff", "ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af",
        "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    }.items()
}  # fmt: skip
"""Letters that hardly any other language is written in; Japanese comes before what it borrows."""

BORROWERS = {"zh": SCRIPTS["ja"]}  # letters that show that the text is in another language
MOSTLY = {"ja": 0.1}  # of the letters, where it is less than a half


def language_of(page: Page, text: str) -> tuple[str, str]:
    """Return the ISO 639 code of *text*, of two letters where it has one, and where it was found.

    That is ``html``, ``json-ld`` or ``meta``, and ``detected`` where the page states none, or one
    that the text plainly contradicts.
    """
    stated, source = stated_language(page)
    if agrees(text, stated):
        return stated, source
    found, probability = detect(text, stated)
    if not found or probability < (CONTRADICTS if stated else SURE):
        return stated, source
    if stated and (found == stated or any({found, stated} <= group for group in RELATED)):
        return stated, source
    return found, "detected"


def stated_language(page: Page) -> tuple[str, str]:
    """Return the code that the page states, and where; empty without one."""
    stated = [(page.language, "html")]
    stated += [(string(node.get("inLanguage")), "json-ld") for node in page.articles]
    stated.append((page.first_meta(*STATING_META), "meta"))
    for text, source in stated:
        found = CODE.match(text)
        if found:
            return found[1].lower(), source
    return "", ""


def agrees(text: str, language: str) -> bool:
    """Whether the start of *text* shows that it is in *language*.

    By a script of its own, by many of its common words, or by more of them than of any other.
    """
    script, borrower = SCRIPTS.get(language), BORROWERS.get(language)
    opening = text[:OPENING]
    if script is not None and len(script.findall(opening)) >= LETTERS:
        return borrower is None or len(borrower.findall(opening)) < LETTERS
    words = opening_words(text)
    language = LISTED.get(language, language)
    own = words_of_language().get(language, frozenset())
    known = sum(word in own for word in words)
    if known >= PLAIN * len(words):
        return True
    counts = counts_of(words)
    del counts[language]
    ahead: int = known - max(counts.values(), default=0)
    return ahead >= max(1, LEAD * len(words))


def is_names(text: str) -> bool:
    """Whether so many words at the start of *text* are capitalised that they contradict nothing.

    As in results and lists; in German prose, which capitalises its nouns, three in ten are.
    """
    words: list[str] = [word for word in BREAK.split(text[:OPENING]) if word]
    return sum(word[0].isupper() for word in words) > NAMES * len(words)


def opening_words(text: str) -> Sequence[str]:
    """Return the words at the start of *text*, in lower case."""
    return BREAK.split(text[:OPENING].lower())


def detect(text: str, stated: str) -> tuple[str, float]:
    """Return the language that *text* is most likely in, and how likely; empty for none.

    Names alone are no evidence against the *stated* one.
    """
    sample = text[:SAMPLE]
    if len(sample) < LEAST:
        return "", 0.0
    known = script_language(text) or plain_language(text)
    if known:
        return WRITTEN.get(known, known), 1.0
    if stated and is_names(text):
        return "", 0.0
    found, probability = identifier().classify(sample)
    return ("", 0.0) if found == NO_LANGUAGE else (str(found), float(probability))


def script_language(text: str) -> str:
    """Return the language that is written in most letters at the start of *text*; empty for none.

    That is one whose script is its own; in Japanese there are more Chinese letters than others.
    """
    opening = text[:OPENING]
    letters = sum(map(str.isalpha, opening))
    for language, script in SCRIPTS.items():
        count = len(script.findall(opening))
        if count >= LETTERS and count >= MOSTLY.get(language, 0.5) * letters:
            return language
    return ""


def counts_of(words: Sequence[str]) -> Counter[str]:
    """Count for each language how many of *words* are common in it."""
    common = languages_of_word()
    return Counter(language for word in words for language in common.get(word, ()))


def plain_language(text: str) -> str:
    """Return the language in which far more words at the start of *text* are common than in others.

    Empty where there is none: of 240 texts it knew 177, all as py3langid does.
    """
    words = opening_words(text)
    counts = counts_of(words)
    (first, most), (_, next_most) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    is_plain = most >= LIKELY * len(words) and most - next_most >= AHEAD * len(words)
    return first if is_plain else ""


@cache
def identifier() -> LanguageIdentifier:
    """Load py3langid's model."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def words_of_language() -> dict[str, frozenset[str]]:
    """Return the common words of each language, from the data file."""
    found: dict[str, frozenset[str]] = {}
    text = (files("cleaners") / "data" / "common-words.tsv").read_text(encoding="utf-8")
    for row in text.splitlines()[1:]:
        name, words = row.split("\t")
        code = name.partition("-")[0]
        found[code] = found.get(code, frozenset()) | frozenset(words.split())
    return found


@cache
def languages_of_word() -> Mapping[str, Sequence[str]]:
    """Return the languages in which each word is common."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in words_of_language().items():
        for word in words:
            found[word].append(language)
    return found
