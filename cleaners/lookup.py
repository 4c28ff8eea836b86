"""Line rules arranged so that a text meets the few it can match, not all 4,000."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import add
from typing import NamedTuple

from cleaners.compiled import compiled
from cleaners.text import in_ascii

START = "^"  # before a key that begins the line; any other stands somewhere in it
ALWAYS = "*"  # the key of a rule without one
AND = "…"  # between how a line starts and what else stands in it
DIGIT = "0"  # at the start of a key, any digit
STEM = 6  # letters by which a word is looked up
SIZES = (8, 4, 2, 1)  # characters by which a start is looked up
PAIR = 2  # characters by which is looked up what stands behind a digit
FIRST_UNSPACED = 0x0590  # from Hebrew on, a word may carry a prefix or have no spaces around it

Matcher = Callable[[str], re.Match[str] | None]
NO_NAMES: Mapping[str, str] = {}

_LETTERS = re.compile(r"[^\W\d_]+")
_STEMS = re.compile(r"([^\W\d_]{1,6})[^\W\d_]*")
_ASCII_STEMS = re.compile(r"([a-z]{1,6})[a-z]*")  # the same, in two thirds of the time
_UNSPACED = re.compile(r"[\u0590-\u1fff\u2e80-\U0010ffff]")


class Rule(NamedTuple):
    """One row of the data file."""

    name: str
    """Category and language, joined by a slash."""

    kind: str
    pattern: str
    keys: tuple[str, ...] = ()
    """In lower case; every line that the rule matches holds one. None for a phrase."""

    @property
    def cased(self) -> bool:
        """Whether the pattern holds a capital letter outside escapes."""
        if self.pattern == self.pattern.lower():
            return False
        return any(char.isupper() for char in re.sub(r"\\.", "", self.pattern))

    @property
    def searched(self) -> bool:
        """Whether the pattern may match anywhere in a line."""
        return self.pattern.startswith(".*") and self.pattern.endswith(".*")

    def matcher(self) -> Matcher:
        """Compile the pattern; a rule of the kind ``end`` matches the end of a text."""
        if self.kind == "end":
            return re.compile(f"(?:{self.pattern})$").search
        if self.searched:
            return re.compile(self.pattern[2:-2]).search
        return re.compile(self.pattern).fullmatch


class Index:
    """Rules by what their lines hold; a pattern is compiled when a line holds its key."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Arrange *rules*: those in any case before others, searched ones last."""
        self._phrases: defaultdict[str, list[Rule]] = defaultdict(list)
        self._starts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._counted: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._words: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._matchers: dict[int, Matcher] = {}
        self._rules: list[tuple[bool, Rule]] = []
        expressions: list[tuple[bool, bool, int, Rule]] = []
        for rule in rules:
            if rule.keys:
                late = rule.cased and rule.kind != "end"
                expressions.append((late, rule.searched, len(expressions), rule))
            else:
                self._phrases[rule.pattern].append(rule)
        for place, (_, _, _, rule) in enumerate(sorted(expressions)):
            self._rules.append((rule.cased, rule))
            for key in rule.keys:
                self._add(place, key)
        self._stems = frozenset(self._words)
        self._always = [self._words[""]] if "" in self._words else []
        found = (dict(self._starts), dict(self._counted), dict(self._words), self._always)
        self.places: Callable[[str], set[int]] = (
            _native.Finder(*found).places if _native else self.places_in_python
        )

    def _add(self, place: int, key: str) -> None:
        if key.startswith(START):
            start, _, other = key[1:].partition(AND)
            if start == DIGIT:
                self._counted[other[:PAIR]].append((place, other))
                return
            size = next(size for size in SIZES if size <= len(start))
            self._starts[start[:size]].append((place, other or start))
        else:
            self._words[stem_of(key)].append((place, "" if key == ALWAYS else key))

    def match(self, text: str) -> Mapping[str, str]:
        """Return the name of the first rule of each kind that matches *text*; it is not empty."""
        rules = self.matching(text)
        if not rules:
            return NO_NAMES
        names: dict[str, str] = {}
        for rule in rules:
            names.setdefault(rule.kind, rule.name)
        return names

    def matching(self, text: str) -> Sequence[Rule]:
        """Return every rule that matches *text*, phrases first."""
        lower = text.lower()
        found = self._phrases.get(lower) or self._phrases.get(text) or ()
        places = self.places(lower)
        if not places:
            return found
        rules = ((place, *self._rules[place]) for place in sorted(places))
        return [*found, *(
            rule for place, cased, rule in rules
            if self._matcher(place, rule)(text if cased else lower)
        )]  # fmt: skip

    def places_in_python(self, lower: str) -> set[int]:
        """Return the places of the rules of which *lower* holds a key; it is not empty."""
        starts, words = self._starts, self._words
        near = [starts[start] for size in SIZES if (start := lower[:size]) in starts]
        if lower[0].isdecimal():
            near += [self._counted[pair] for pair in self._counted.keys() & pairs_of(lower)]
        if plain := in_ascii(lower):
            stems = self._stems.intersection(_ASCII_STEMS.findall(plain.decode()))
        else:
            stems = self._stems.intersection(_STEMS.findall(lower))
            if _UNSPACED.search(lower):
                stems |= self._stems.intersection(lower)
        near += map(words.__getitem__, stems)
        near += self._always
        return {place for entries in near for place, text in entries if text in lower}

    def _matcher(self, place: int, rule: Rule) -> Matcher:
        matcher = self._matchers.get(place)
        if matcher is None:
            matcher = self._matchers[place] = rule.matcher()
        return matcher


def pairs_of(lower: str) -> set[str]:
    """Return every character of *lower*, every two neighbours, and the empty text."""
    return {"", *lower, *map(add, lower, lower[1:])}


def stem_of(key: str) -> str:
    """Return what *key* is looked up by: the start of its longest word, or its first character."""
    if key == ALWAYS:
        return ""
    words: list[str] = _LETTERS.findall(key)
    word = max(words, key=len)
    return word[0] if ord(word[0]) >= FIRST_UNSPACED else word[:STEM]


_native = compiled("_lookup")
