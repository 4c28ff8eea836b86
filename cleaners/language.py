"""The language of an article: what the page states, else what its words tell.

`data/common-words.tsv` holds the words that are frequent in any prose of a language, written for
this project: where many words of a text are common in the stated language, it is in no other, and
nothing more is asked. Else py3langid tells it, which knows 140 languages.
"""

import re
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
LEAST = 20  # characters; of fewer nothing is certain
SURE = 0.6  # probability from which a text is in a language
CONTRADICTS = 0.9  # from which it is not in the stated one
NO_LANGUAGE = "zxx"  # numbers and names alone
RELATED = (
    {"no", "nb", "nn", "da"}, {"hr", "sr", "bs", "sh", "me", "cnr"}, {"id", "ms"}, {"fil", "tl"},
    {"cs", "sk"}, {"pt", "gl"}, {"ca", "es", "gl", "ast", "oc"}, {"hi", "mr", "ne"},
    {"zh", "yue", "wuu"}, {"en", "pcm"}, {"zu", "xh", "nr", "ss"},
)  # fmt: skip
"""Languages that share most of their words: one never contradicts another."""


def language_of(page: Page, text: str) -> tuple[str, str]:
    """Return the ISO 639 code of *text*, of two letters where it has one, and where it was found.

    That is ``html``, ``json-ld`` or ``meta``, and ``detected`` where the page states none, or one
    that the text plainly contradicts.
    """
    stated, source = stated_language(page)
    if agrees(text, stated):
        return stated, source
    found, probability = detect(text)
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
    """Whether so many words at the start of *text* are common in *language* that it is no other."""
    words = BREAK.split(text[:OPENING].lower())
    own = words_of_language().get(language, frozenset())
    return sum(word in own for word in words) >= PLAIN * len(words)


def detect(text: str) -> tuple[str, float]:
    """Return the language that *text* is most likely in, and how likely; empty for none."""
    sample = text[:SAMPLE]
    if len(sample) < LEAST:
        return "", 0.0
    found, probability = identifier().classify(sample)
    return ("", 0.0) if found == NO_LANGUAGE else (str(found), float(probability))


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
