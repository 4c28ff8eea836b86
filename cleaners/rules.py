"""Line rules that hold on any site: boilerplate by category and language, read from a data file.

`data/lines.tsv` holds one phrase or one regular expression a row: category, language (ISO 639-1,
or ``any``), kind, pattern, the number of domains of the gold sets on which it matches a line
outside and inside the gold text, and the keys by which it is looked up. Rows with two zeros are of
languages the gold sets do not show. ``python -m evaluation.count_rules`` fills the last three.

Kinds: ``line`` matches a whole block, ``tail`` the heading of a section after the article,
``inline`` a promo at the end of a paragraph, ``note`` what stands in brackets behind a link for
those who hear the page, ``end`` the credit at the end of a caption. Patterns are smart-case:
without a capital letter they match in any case. Between two ``.*`` a pattern is searched for; the
others match in full.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from cleaners.lookup import Index, Rule

MAX_LINE = 400  # characters; a longer block is prose, whatever phrase it contains
MAX_TAIL = 80  # characters; a longer line is no heading
MAX_PROMO = 260  # characters; no inline pattern matches more
PROMO_START = 8  # characters by which a text is known that may hold a promo
CREDIT = 120  # characters; a longer credit is not one
EDGES = " •*–—-|»«›‹>:.,;!?¡¿…→▶▼►▸▾·＞✕×+【】「」[]"
"""What bullets, arrows and punctuation leave around a phrase; no pattern starts or ends so."""

KEY_BREAK = "¦"  # between two keys in the data file
_SENTENCE_END = r"[.!?…。؟”\"»’')\]]"


def line_rule(text: str) -> str | None:
    """Name the rule by which the whole block *text* is boilerplate: ``<category>/<language>``.

    None for text that no rule knows, and for any block longer than `MAX_LINE` characters.
    """
    return _verdict(text).get("line") if len(text) <= MAX_LINE else None


def tail_rule(text: str) -> str | None:
    """Name the rule by which *text* opens a section after the article: related, tags, comments."""
    return _verdict(text).get("tail") if len(text) <= MAX_TAIL else None


def credit_rule(text: str) -> str | None:
    """Name the rule by which *text* ends in a picture's credit, and so is a caption."""
    end = last_words(text)
    return index_of("end").match(end).get("end") if end else None


def cut_inline(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* without a promo that follows its last sentence, and the names of the rules."""
    promos = _promos()
    if not (promos.first.match(text) or promos.later.search(text, max(0, len(text) - MAX_PROMO))):
        return text, ()
    names = []
    for rule in promos.rules:
        if any(key in text for key in rule.keys):
            text, count = promo(rule.pattern).subn("", text)
            names += [rule.name] * count
    return text, tuple(names)


def cut_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* without notes on where its links open, and the names of the rules."""
    if "(" not in text or notes().search(text) is None:
        return text, ()
    names = []
    for rule in read_rules():
        if rule.kind == "note":
            text, count = note(rule.pattern).subn("", text)
            names += [rule.name] * count
    return text, tuple(names)


@cache
def notes() -> re.Pattern[str]:
    """Compile what finds a note by any rule."""
    return note("|".join(rule.pattern for rule in read_rules() if rule.kind == "note"))


@cache
def note(pattern: str) -> re.Pattern[str]:
    """Compile the *pattern* of a note, with its brackets and what space stands before them."""
    return re.compile(rf"[^\S\n]*\((?:{pattern})\)", re.IGNORECASE)


@cache
def read_rules() -> tuple[Rule, ...]:
    """Return every rule of the data file, in its order."""
    text = (files("cleaners") / "data" / "lines.tsv").read_text(encoding="utf-8")
    rules = []
    for row in text.splitlines()[1:]:
        category, language, kind, pattern, _, _, keys = row.split("\t")
        known = tuple(keys.split(KEY_BREAK)) if keys else ()
        rules.append(Rule(f"{category}/{language}", kind, pattern, known))
    return tuple(rules)


@lru_cache(maxsize=4096)  # scoring and trimming ask about the same lines
def _verdict(text: str) -> Mapping[str, str]:
    """Return the names of the rules that match *text*, by kind."""
    bare = strip_edges(text)
    return index_of("line", "tail").match(bare) if bare else {}


def strip_edges(text: str) -> str:
    """Return *text* on one line without what bullets and arrows leave around it."""
    flat = text if text.isprintable() and "  " not in text else " ".join(text.split())
    return flat.strip(EDGES) or flat.strip()


def last_words(text: str) -> str:
    """Return the end of *text*, where a credit stands."""
    return " ".join(text[-CREDIT:].split()).rstrip(". ")


@cache
def index_of(*kinds: str) -> Index:
    """Arrange the rules of these *kinds*, once."""
    return Index(rule for rule in read_rules() if rule.kind in kinds)


class _Promos(NamedTuple):
    """The inline rules, and how a text that holds one begins or goes on after a sentence."""

    rules: tuple[Rule, ...]
    first: re.Pattern[str]
    later: re.Pattern[str]


@cache
def _promos() -> _Promos:
    rules = tuple(rule for rule in read_rules() if rule.kind == "inline")
    starts = any_of({key[:PROMO_START] for rule in rules for key in rule.keys})
    return _Promos(rules, re.compile(rf"\s*{starts}"), re.compile(rf"{_SENTENCE_END}\s*{starts}"))


def any_of(texts: Iterable[str]) -> str:
    """Return a pattern for any of *texts*: by their first letters, in half the time of a list."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for text in sorted(texts):
        by_first[text[0]].append(re.escape(text[1:]))
    groups = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return f"(?=[{re.escape(''.join(by_first))}])(?:{'|'.join(groups)})"


@cache
def promo(pattern: str) -> re.Pattern[str]:
    """Compile an inline *pattern* to match after the last sentence, or all of a text."""
    return re.compile(rf"(?:^|(?<={_SENTENCE_END}))\s*(?:{pattern})$")
