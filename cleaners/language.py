"""The language of an article: what the page states, else what its words tell.

`data/common-words.tsv` holds the words that are frequent in any prose of a language, written for
this project. A word counts for each language that has it, the less the more have it. Scripts that
one language alone is written in are known by their letters.
"""

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

from cleaners.page import Page
from cleaners.structured import string

CODE = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
STATING_META = ("og:locale", "content-language", "dc.language", "inlanguage", "language")
SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"), ("ko", r"[\uac00-\ud7af]"), ("zh", r"[\u4e00-\u9fff]"),
    ("el", r"[\u0370-\u03ff]"), ("he", r"[\u0590-\u05ff]"), ("th", r"[\u0e00-\u0e7f]"),
    ("lo", r"[\u0e80-\u0eff]"), ("km", r"[\u1780-\u17ff]"), ("my", r"[\u1000-\u109f]"),
    ("hy", r"[\u0530-\u058f]"), ("ka", r"[\u10a0-\u10ff]"), ("am", r"[\u1200-\u137f]"),
    ("bn", r"[\u0980-\u09ff]"), ("pa", r"[\u0a00-\u0a7f]"), ("gu", r"[\u0a80-\u0aff]"),
    ("or", r"[\u0b00-\u0b7f]"), ("ta", r"[\u0b80-\u0bff]"), ("te", r"[\u0c00-\u0c7f]"),
    ("kn", r"[\u0c80-\u0cff]"), ("ml", r"[\u0d00-\u0d7f]"), ("si", r"[\u0d80-\u0dff]"),
)  # fmt: skip
SHARE = 0.3  # of the letters, from which a script decides; of Japanese syllables a third of that
OWN_SCRIPT = tuple((code, re.compile(pattern)) for code, pattern in SCRIPTS)
FOREIGN = re.compile(r"[\u0370-\u03ff\u0530-\u05ff\u0900-\u1fff\u3040-\ud7af]")
LETTER = re.compile(r"[^\W\d_]")
BREAK = re.compile(r"[\s\d.,;:!?\"'’‘“”„«»()\[\]/…،۔।–—-]+")
SAMPLE = 1_500  # characters
OPENING = 500  # characters in which a text shows that it is in the stated language
PLAIN = 0.27  # of the words; in a related language a fifth are the same
LEAST_WORDS = 20  # fewer tell nothing
LEAST = 0.06  # weight a word, from which a text is in a language; prose has twice that and more
AHEAD = 1.15  # times the weight of the next language
CONTRADICTS = 4.0  # times the weight of the stated language
RELATED = (
    {"no", "nb", "nn", "da"}, {"hr", "sr", "bs", "sh", "me", "cnr"}, {"id", "ms"}, {"fil", "tl"},
    {"cs", "sk"}, {"pt", "gl"}, {"ca", "es", "gl", "ast", "oc"}, {"hi", "mr", "ne"},
)  # fmt: skip
"""Languages that share most of their common words: one never contradicts another."""


def language_of(page: Page, text: str) -> tuple[str, str]:
    """Return the ISO 639-1 code of *text*, and where it was found.

    That is ``html``, ``json-ld`` or ``meta``, and ``detected`` where the page states none, or one
    that the text plainly contradicts.
    """
    stated, source = stated_language(page)
    if agrees(text, stated):
        return stated, source
    weights = weigh(text)
    found = best_of(weights)
    if not found:
        return stated, source
    if stated and (found == stated or any({found, stated} <= group for group in RELATED)):
        return stated, source
    known = stated in known_languages()
    if stated and not (known and weights[found] >= CONTRADICTS * weights.get(stated, 0.0)):
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
    """Whether so many words at the start of *text* are common in *language* that it is no other."""
    words = BREAK.split(text[:OPENING].lower())
    own = words_of_language().get(language, frozenset())
    return sum(word in own for word in words) >= PLAIN * len(words)


def best_of(weights: dict[str, float]) -> str:
    """Return the language of the most weight; empty where it is too little, or not ahead."""
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < LEAST:
        return ""
    ahead = len(ranked) == 1 or ranked[0][1] >= AHEAD * ranked[1][1]
    return ranked[0][0] if ahead else ""


def weigh(text: str) -> dict[str, float]:
    """Return how much the words of *text* speak for each language, a word."""
    sample = text[:SAMPLE]
    if not sample.isascii():
        script = script_of(sample)
        if script:
            return {script: 1.0}
    words = [word for word in BREAK.split(sample.lower()) if word]
    if len(words) < LEAST_WORDS:
        return {}
    weights: defaultdict[str, float] = defaultdict(float)
    of_word = common_words()
    for word in words:
        if word in of_word:
            for language in of_word[word]:
                weights[language] += 1 / len(of_word[word])
    return {language: weight / len(words) for language, weight in weights.items()}


def script_of(sample: str) -> str:
    """Return the language whose own script *sample* is written in; empty where it is in none."""
    letters = len(LETTER.findall(sample)) or 1
    if len(FOREIGN.findall(sample)) < SHARE / 3 * letters:
        return ""
    for language, pattern in OWN_SCRIPT:
        share = len(pattern.findall(sample)) / letters
        if share >= (SHARE / 3 if language == "ja" else SHARE):
            return language
    return ""


@cache
def common_words() -> dict[str, tuple[str, ...]]:
    """Return the languages that have each word."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in rows():
        for word in dict.fromkeys(words):
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def words_of_language() -> dict[str, frozenset[str]]:
    """Return the common words of each language."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for language, words in rows():
        found[language].update(words)
    return {language: frozenset(words) for language, words in found.items()}


@cache
def known_languages() -> frozenset[str]:
    """Return the codes that detection may give."""
    return frozenset(language for language, _ in rows()) | {language for language, _ in SCRIPTS}


def rows() -> list[tuple[str, list[str]]]:
    """Return the data file: a language's code, and its words."""
    text = (files("cleaners") / "data" / "common-words.tsv").read_text(encoding="utf-8")
    lines = (row.split("\t") for row in text.splitlines()[1:])
    return [(language.partition("-")[0], words.split()) for language, words in lines]
