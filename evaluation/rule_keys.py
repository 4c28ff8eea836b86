"""Keys of a line rule: texts of which every line that the rule matches holds one.

`cleaners.lookup` finds rules by their keys, so that a line meets the few rules it can match and no
other is ever compiled. A pattern is spelt out into the strings it may match, with marks where
these leave something open, and each string gives its best key.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations, product

from cleaners.lookup import ALWAYS, AND, FIRST_UNSPACED, START, STEM
from cleaners.lookup import DIGIT as SOME_DIGIT

ANY, GAP, DIGIT = "\0", "\1", "\2"
"""Any text or none; something that is no letter; a digit."""

MOST = 6000  # strings of one pattern; what spells out to more is left open
FEW = 24  # characters of a class that is spelt out
SHORT = 4  # letters; a shorter word stands in many lines
MANY = 12  # keys of one rule; more are shortened
LONGEST_START = 16  # characters

_META = re.compile(r"[\\.^$*+?{}\[\]|()]")
_TOKEN = re.compile(
    r"(?P<look>\(\?<?[!=])|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<bar>\|)|(?P<edge>\\b|[$^])"
    r"|(?P<class>\[(?:\\.|[^\]\\])+\])|(?P<escape>\\.)|(?P<any>\.)|(?P<char>[^*+?{}\[\]])",
    re.DOTALL,
)
_REPEAT = re.compile(r"(?P<some>[*+?]|\{(?P<least>\d+)(?P<more>,\d*)?\})\??")
_SPANS = re.compile(r"[^\0\1\2]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def keys_of(kind: str, pattern: str) -> tuple[str, ...]:
    """Return the keys of the rule; none for a phrase, which is looked up whole, and for a note.

    One that starts with `START` begins the line; `ALWAYS` stands for a rule that has none.
    """
    if kind == "note":
        return ()
    if not _META.search(pattern):
        return () if kind != "inline" else (pattern[:LONGEST_START],)
    searched = pattern.startswith(".*") and pattern.endswith(".*")
    strings = _Spelling(pattern[2:-2] if searched else pattern).strings()
    if kind == "end":
        strings = {ANY + string for string in strings}
    if searched:  # from the start of a word: none is looked for within one
        strings = {GAP + string + ANY for string in strings}
    if kind == "inline":
        return tuple(sorted({start_of(string).rstrip(" :|–—") for string in strings}))
    found = {best_key(string.lower()) for string in strings}
    if ALWAYS in found:
        return (ALWAYS,)
    kept = uncovered(found)
    return uncovered(set(map(shorten, kept))) if len(kept) > MANY else kept


def uncovered(keys: set[str]) -> tuple[str, ...]:
    """Return those of *keys*, sorted, that are found where none of the others is."""
    ends: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        if key.startswith(START):
            start, _, word = key.partition(AND)
            ends[start].add(word)
    return tuple(sorted(key for key in keys if not is_covered(key, keys, ends)))


def is_covered(key: str, keys: set[str], ends: Mapping[str, set[str]]) -> bool:
    """Whether another of *keys*, of which *ends* has the words by their start, covers *key*."""
    if key.startswith(START):
        first, _, second = key.partition(AND)
        starts = (first[:size] for size in range(1, len(first) + 1))
        others = ((start, word) for start in starts for word in ends.get(start, ()))
        return any(word in second and (start, word) != (first, second) for start, word in others)
    words = key.split(" ")
    spans = combinations(range(len(words) + 1), 2)
    return any(" ".join(words[a:b]) in keys for a, b in spans if b - a < len(words))


def shorten(key: str) -> str:
    """Return a key that is found wherever *key* is, and stands for more of its kind."""
    if not key.startswith(START):
        return longest(key)
    first = _LETTERS.search(key.partition(AND)[0])
    if first is None or len(first[0]) < SHORT:
        return key
    return START + key[len(START) : first.end()].lstrip()


class _Spelling:
    """A pattern on its way to the strings it may match."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def strings(self) -> set[str]:
        """Return every string of the pattern.

        Raises:
            ValueError: the pattern holds something that is not known here.
        """
        found = self.branches()
        if self.at < len(self.pattern):
            raise ValueError(f"cannot spell out {self.pattern!r} from {self.at}")
        return found

    def branches(self) -> set[str]:
        found = self.sequence()
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            found |= self.sequence()
        return found

    def sequence(self) -> set[str]:
        found = {""}
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            step = self.repeat(self.atom())
            if len(found) * len(step) > MOST:
                step = {ANY}
            found = {first + then for first, then in product(found, step)}
        return found

    def atom(self) -> set[str]:
        token = _TOKEN.match(self.pattern, self.at)
        if token is None:
            raise ValueError(f"cannot spell out {self.pattern!r} from {self.at}")
        self.at = token.end()
        name, text = token.lastgroup, token[0]
        if name in {"look", "open"}:
            inside = self.branches()
            self.at += 1
            return {""} if name == "look" else inside
        if name == "edge":
            return {GAP if text == "\\b" else ""}
        if name == "char":
            return {text}
        return class_of(text[1:-1]) if name == "class" else {escape_of(text)}

    def repeat(self, step: set[str]) -> set[str]:
        """Return *step* as often as the pattern wants it."""
        found = _REPEAT.match(self.pattern, self.at)
        if found is None:
            return step
        self.at = found.end()
        if found["some"] == "?":
            return step | {""}
        again = GAP if not any(re.search(r"[^\W\d_]|\0", string) for string in step) else ANY
        if found["some"] == "*" or found["least"] == "0":
            return {"", again}
        if found["some"] == "+" or found["more"] or found["least"] != "1":
            return step | {string + again for string in step}
        return step


def escape_of(text: str) -> str:
    """Return what stands for the escape or the dot *text*."""
    special = {".": ANY, "\\d": DIGIT, "\\s": " ", "\\W": GAP, "\\w": ANY, "\\S": ANY, "\\D": ANY}
    return special.get(text) or text[1:]


def class_of(inside: str) -> set[str]:
    """Return what stands for a class with these members."""
    members = re.findall(r"\\.|.", inside, re.DOTALL)
    if members[0] == "^" or "\\w" in members or "\\S" in members:
        return {ANY}
    ranged = any(members[n] == "-" for n in range(1, len(members) - 1))
    if not ranged and len(members) <= FEW:
        return {escape_of(member) if len(member) > 1 else member for member in members}
    return {ANY} if _LETTERS.search(inside.replace("\\d", "").replace("\\s", "")) else {GAP}


def best_key(string: str) -> str:
    """Return the key of one string: how it starts, its longest run of sure words, or both."""
    begins = start_of(string)
    if is_rare(_LETTERS.match(begins)):
        return START + begins
    runs = [run for span in _SPANS.finditer(string) if (run := sure_words(string, span))]
    runs = [run for run in runs if run not in begins]
    best = max(runs, key=lambda run: (len(longest(run)), len(run)), default="")
    first = SOME_DIGIT if string[:1] == DIGIT else begins
    if first:
        return START + first + (AND + best if best else "")
    return best or ALWAYS


def start_of(string: str) -> str:
    """Return the characters that *string* surely starts with."""
    found = _SPANS.match(string)
    return found[0][:LONGEST_START].rstrip() if found else ""


def is_rare(word: re.Match[str] | None) -> bool:
    """Whether few lines hold the *word*: it is long, or of a script without spaces."""
    return word is not None and (len(word[0]) >= SHORT or ord(word[0][0]) >= FIRST_UNSPACED)


def sure_words(string: str, span: re.Match[str]) -> str:
    """Return the part of *span* that starts with a whole word and ends with one or most of one."""
    text = span[0]
    words = list(_LETTERS.finditer(text))
    if not words:
        return ""
    first, last = words[0], words[-1]
    if ord(max(last[0])) >= FIRST_UNSPACED:
        return text.strip()
    begin, end = 0, len(text)
    if string[: span.start()].endswith(ANY) and first.start() == 0:
        begin = first.end()
    if string[span.end() :].startswith(ANY) and last.end() == end and len(last[0]) < STEM:
        end = last.start()
    sure = text[begin:end].strip()
    return sure if _LETTERS.search(sure) else ""


def longest(text: str) -> str:
    """Return the longest word of *text*."""
    words: list[str] = _LETTERS.findall(text)
    return max(words, key=len, default="")
