"""Line rules that hold on any site: boilerplate by category and language, read from a data file.

`data/lines.tsv` holds one phrase or one regular expression a row: category, language (ISO 639-1,
or ``any``), kind, pattern, and the number of domains of the gold sets on which it matches a line
outside and inside the gold text. Rows with two zeros are of languages the gold sets do not show.

Kinds: ``line`` matches a whole block, ``tail`` the heading of a section after the article,
``inline`` a promo at the end of a paragraph, ``end`` the credit at the end of a caption. Patterns
are smart-case: without a capital letter they match in any case. Between two ``.*`` a pattern is
searched for; the others match in full.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

MAX_LINE = 400  # characters; a longer block is prose, whatever phrase it contains
MAX_TAIL = 80  # characters; a longer line is no heading
CREDIT = 120  # characters; a longer credit is not one
STEM = 4  # letters by which a word is looked up
FIRST_UNSPACED = 0x0590  # from Hebrew on, a word may carry a prefix or have no spaces around it
EDGES = " •*–—-|»«›‹>:.,;!?…→▶▼►▸▾·＞✕×+【】「」[]"
"""What bullets, arrows and punctuation leave around a phrase; no pattern starts or ends so."""

_META = re.compile(r"[\\.^$*+?{}\[\]|()]")
_UNSURE = re.compile(r"\(.*\)|\[.*?\]|\\.|.[?*{]|\|.*")  # parts of a pattern a match may lack
_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_AFTER_SENTENCE = r"(?:^|(?<=[.!?…。؟”\"»’')\]]))\s*"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the data file."""

    name: str
    """Category and language, joined by a slash."""

    kind: str
    pattern: str

    @property
    def cased(self) -> bool:
        """Whether the pattern holds a capital letter outside escapes."""
        return any(char.isupper() for char in re.sub(r"\\.", "", self.pattern))

    @property
    def searched(self) -> bool:
        """Whether the pattern may match anywhere in a line."""
        return self.pattern.startswith(".*") and self.pattern.endswith(".*")

    @property
    def core(self) -> str:
        """The pattern without the ``.*`` around it."""
        return self.pattern[2:-2] if self.searched else self.pattern

    @property
    def key(self) -> str:
        """Longest run of words that every match contains; empty where none is certain."""
        return max(_WORDS.findall(_UNSURE.sub(";", self.core)), key=len, default="")


class Index:
    """Rules arranged so that a text meets a few of them, not all 4,000.

    Phrases are looked up; expressions are tried by the first letter of the text, or by a word
    without which they cannot match.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Arrange *rules*; compile none, since most first letters never come."""
        self._phrases: dict[str, str] = {}
        self._heads: dict[str, list[Rule]] = defaultdict(list)
        self._words: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self._compiled: dict[str, re.Pattern[str]] = {}
        for rule in rules:
            if rule.searched:
                self._words[_stem(rule.key)].append((rule.key, rule))
            elif not _META.search(rule.pattern):
                self._phrases.setdefault(rule.pattern, rule.name)
            else:
                self._heads[_head(rule.pattern)].append(rule)

    def match(self, text: str) -> str | None:
        """Name the first rule that matches *text*; None where none does."""
        return (
            self._phrases.get(text)
            or self._match_head(text[0], text)
            or self._match_head("", text)
            or self._match_key(text)
        )

    def _match_head(self, head: str, text: str) -> str | None:
        rules = self._heads.get(head)
        if not rules:
            return None
        if head not in self._compiled:
            self._compiled[head] = re.compile(
                "|".join(f"(?:{rule.pattern})(?P<r{n}>)" for n, rule in enumerate(rules))
            )
        found = self._compiled[head].fullmatch(text)
        return rules[int((found.lastgroup or "r0")[1:])].name if found else None

    def _match_key(self, text: str) -> str | None:
        stems = {word[:STEM] for word in _WORD.findall(text)}
        for stem in ("", *(self._words.keys() & stems)):
            for key, rule in self._words.get(stem, ()):
                if key in text and re.search(rule.core, text):
                    return rule.name
        return None


def line_rule(text: str) -> str | None:
    """Name the rule by which the whole block *text* is boilerplate: ``<category>/<language>``.

    None for text that no rule knows, and for any block longer than `MAX_LINE` characters.
    """
    return _match("line", text) if len(text) <= MAX_LINE else None


def tail_rule(text: str) -> str | None:
    """Name the rule by which *text* opens a section after the article: related, tags, comments."""
    return _match("tail", text) if len(text) <= MAX_TAIL else None


def credit_rule(text: str) -> str | None:
    """Name the rule by which *text* ends in a picture's credit, and so is a caption."""
    end = " ".join(text[-CREDIT:].split()).rstrip(". ")
    for cased, name, pattern in _credits():
        if pattern.search(end if cased else end.lower()):
            return name
    return None


def cut_inline(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* without a promo that follows its last sentence, and the names of the rules."""
    names = []
    for key, name, pattern in _promos():
        if key in text:
            text, count = pattern.subn("", text)
            names += [name] * count
    return text, tuple(names)


@cache
def read_rules() -> tuple[Rule, ...]:
    """Return every rule of the data file, in its order."""
    text = (files("cleaners") / "data" / "lines.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(Rule(f"{r['category']}/{r['language']}", r["kind"], r["pattern"]) for r in rows)


@lru_cache(maxsize=4096)  # scoring and trimming ask about the same lines
def _match(kind: str, text: str) -> str | None:
    flat = " ".join(text.split())
    plain = flat.strip(EDGES) or flat
    if not plain:
        return None
    caseless, cased = _indexes(kind)
    return caseless.match(plain.lower()) or cased.match(plain)


def _rules(kind: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in read_rules() if rule.kind == kind)


@cache
def _credits() -> tuple[tuple[bool, str, re.Pattern[str]], ...]:
    return tuple(
        (rule.cased, rule.name, re.compile(f"(?:{rule.pattern})$")) for rule in _rules("end")
    )


@cache
def _promos() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (rule.key, rule.name, re.compile(rf"{_AFTER_SENTENCE}(?:{rule.pattern})$"))
        for rule in _rules("inline")
    )


@cache
def _indexes(kind: str) -> tuple[Index, Index]:
    rules = _rules(kind)
    return Index(r for r in rules if not r.cased), Index(r for r in rules if r.cased)


def _stem(key: str) -> str:
    """Start of the longest word of *key*; empty where words have no spaces or are short."""
    word = max(key.split(), key=len, default="")
    return word[:STEM] if len(word) >= STEM and ord(word[0]) < FIRST_UNSPACED else ""


def _head(pattern: str) -> str:
    """First letter of every match of *pattern*; empty where it is not certain."""
    certain = pattern[0].isalnum() and pattern[1:2] not in ("?", "*", "{") and not _split(pattern)
    return pattern[0] if certain else ""


def _split(pattern: str) -> bool:
    """Whether *pattern* has alternatives outside parentheses."""
    return "|" in re.sub(r"\[.*?\]", "", _drop_groups(pattern))


def _drop_groups(pattern: str) -> str:
    inner = re.compile(r"\((?:\\.|[^()\\])*\)")
    while inner.search(pattern):
        pattern = inner.sub("", pattern)
    return pattern
