"""Which lines of the article's run are its text: prose, headings, items and short sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cleaners.dump.captions import CARD
from cleaners.dump.extent import Run
from cleaners.dump.lines import Line

REPEAT_WORDS = 8  # a shorter line may stand twice in one article
SENTENCE_WORDS = 2  # among paragraphs; a single word is a button
HEADING_WORDS = 20
SIGNATURES = 2  # paragraphs at the end, of the author or the publisher
SPACED = 0.9  # share of the prose; then a line close to others is a caption
DENSE = 0.3  # share of the prose; then a heading, too, has no empty line around it
LONG_WORDS = 45  # no caption is longer
SHORT_WORDS = 20

AUTHOR = re.compile(
    r"(?:[A-ZÄÖÜ][\w.’'-]+ ){1,4}(?:is (?:a|an|the|our)|ist)\b.{0,80}\b(?:[Rr]eporter|[Ww]riter|"
    r"[Jj]ournalist|[Cc]orrespondent|[Cc]olumnist|[Ee]ditor|[Rr]edakteur|[Aa]utor|Volontär)"
    r"(?:in|s)?\b.{0,400}|(?:You can )?(?:[Ee]mail|[Rr]each|[Cc]ontact|[Ff]ollow)"
    r" (?:[A-Z][\w.’'-]+ ){1,4}(?:at|on|here|via)\b.{0,120}"
)


class Verdicts:
    """Whether each line of a dump stays, and by what rule."""

    def __init__(self, lines: Sequence[Line], captions: Mapping[int, str], run: Run) -> None:
        """Learn how paragraphs are set in *run*: with empty lines between them or without."""
        self._lines, self._captions, self._run = lines, captions, run
        self._copies = Counter(line.key for line in lines)
        self._body = [
            n
            for n in range(run.start, run.stop)
            if n not in captions and not lines[n].rule and not lines[n].tail
        ]
        prose = [n for n in self._body if lines[n].is_prose and not lines[n].is_item]
        spaced = sum(lines[n].words for n in prose if lines[n].gap)
        words = sum(lines[n].words for n in prose)
        self._spaced, self._dense = spaced > SPACED * words, spaced < DENSE * words

    def all(self) -> list[tuple[bool, str]]:
        """Return for every line whether it stays, and the rule."""
        kept = dict(self._judge_body())
        last = [n for n in self._body if kept[n] not in REASONS][-SIGNATURES:]
        for n in reversed(last):
            if not self._is_signature(n):
                break
            kept[n] = "author"
        return [self._verdict(n, line, kept) for n, line in enumerate(self._lines)]

    def _verdict(self, n: int, line: Line, kept: Mapping[int, str]) -> tuple[bool, str]:
        if n in kept:
            return kept[n] not in REASONS, kept[n]
        inside = self._run.start <= n < self._run.stop
        rule = self._captions.get(n, "") if inside else ""
        return False, rule or line.rule or line.tail or "outside"

    def _judge_body(self) -> Iterator[tuple[int, str]]:
        """Yield the number of every line of the run that no rule knows, and what it is."""
        seen: set[str] = set()
        for place, n in enumerate(self._body):
            line = self._lines[n]
            if line.key in seen and line.words >= REPEAT_WORDS:
                yield n, "repeat"
            elif self._is_attached(n):
                yield n, "caption"
            else:
                seen.add(line.key)
                yield n, self._kind(place)

    def _is_attached(self, n: int) -> bool:
        """Whether line *n* clings to a neighbour while paragraphs stand apart, as captions do."""
        line = self._lines[n]
        if not self._spaced or line.is_item or not line.is_prose:
            return False
        if not line.gap:
            after_card = self._captions.get(n - 1) == CARD
            return not after_card and not (line.words >= LONG_WORDS and line.ends_sentence)
        below = self._lines[n + 1 : n + 2]
        clings = any(not after.gap and not after.is_item for after in below)
        return clings and line.words < SHORT_WORDS

    def _kind(self, place: int) -> str:
        """Return what the line at *place* in the body is; ``short`` where it is no text."""
        line = self._lines[self._body[place]]
        if line.is_item:
            return "item" if self._in_list(place) else "short"
        return "prose" if line.is_prose else self._kind_of_short(line, place)

    def _kind_of_short(self, line: Line, place: int) -> str:
        before, after = self._at(place - 1), self._at(place + 1)
        if before is None or after is None:
            return "short"
        apart = self._dense or (line.gap and after.gap)
        beside = before.is_prose + after.is_prose
        if line.introduces and line.gap and (beside or after.is_item):
            return "sentence"
        if line.ends_sentence and line.words >= SENTENCE_WORDS and beside > (not apart):
            return "sentence"
        unique = self._copies[line.key] == 1 and "://" not in line.text
        heads = after.is_prose and apart and line.words <= HEADING_WORDS
        return "heading" if unique and heads else "short"

    def _at(self, place: int) -> Line | None:
        return self._lines[self._body[place]] if 0 <= place < len(self._body) else None

    def _in_list(self, place: int) -> bool:
        """Whether the items around *place* are introduced by a colon, or are sentences."""
        first = last = place
        while (line := self._at(first - 1)) is not None and line.is_item:
            first -= 1
        while (line := self._at(last + 1)) is not None and line.is_item:
            last += 1
        intro = self._at(first - 1)
        items = [self._lines[n] for n in self._body[first : last + 1]]
        return (intro is not None and intro.introduces) or any(item.is_prose for item in items)

    def _is_signature(self, n: int) -> bool:
        """Whether line *n*, at the end, is about the author or is printed elsewhere too."""
        line = self._lines[n]
        return self._copies[line.key] > 1 or AUTHOR.fullmatch(line.text) is not None


KINDS = {
    rule: number
    for number, rule in enumerate((
        "prose", "item", "sentence", "heading", "repeat", "caption", "short", "author", "outside",
    ))
}  # fmt: skip
"""Numbers of all verdicts that are not the name of a line rule."""

REASONS = frozenset({"repeat", "caption", "short", "author"})
"""Why a line of the body goes; every other kind stays."""
