"""Where in a dump the article starts and ends: the run of lines with the most prose.

The figures were found on flattened pages of some 130 publishers; half or twice of any one of them
moves the score by less than half a point.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaners.dump.lines import Line

PROSE_CAP = 60.0  # words; one long terms-of-use paragraph shall not outweigh an article
FULL_WORDS = 20.0  # a shorter line of prose is worth less than its words
SURE_WORDS = 45  # a longer paragraph is no teaser, even among headlines
STRAY = 0.4  # worth of prose that is an item or stands more than once
LONELY = 0.4  # worth of prose without prose beside it, as teasers are
SHORT_COST = 2.0
HEADLINE_WORDS = 4
HEADLINE_COST = 11.0
RULE_COST = 6.0
DATE_COST = 12.0  # dates between paragraphs are of comments or of other articles
TAIL_COST = 30.0
TAIL_SHARE = 0.2  # of what was collected: the more article there is, the surer it has ended
COMMENT_SHARE = 0.6
FILLERS = frozenset({"ad", "credit", "caption", "related", "share", "newsletter", "follow", "app"})
NEAR = 3  # lines
SETTLED = 40  # words of prose, after which comments are no more a link to them
THREAD_LINES = 25
THREAD_SIGNS = 3
FAR = -80.0  # what a run may lose before its first paragraphs


@dataclass(frozen=True, slots=True)
class Run:
    """Lines from *start* to before *stop* and what they are worth."""

    start: int
    stop: int
    worth: float


class Weights:
    """What each line of one dump adds to a run: words of prose, less what is not."""

    def __init__(self, lines: Sequence[Line], captions: Mapping[int, str]) -> None:
        """Learn which lines stand more than once, and which stand among prose."""
        self._lines, self._captions = lines, captions
        self._copies = Counter(line.key for line in lines)
        self._kin = self._find_kin()

    def of(self, n: int, total: float) -> float:
        """Return the worth of line *n* after a run worth *total*."""
        line = self._lines[n]
        if n in self._captions:
            return 0.0
        if line.tail or line.rule:
            return -self._cost(line, max(total, 0.0))
        if line.is_prose:
            return min(line.words, PROSE_CAP) * min(1.0, line.words / FULL_WORDS) * self._trust(n)
        return -HEADLINE_COST if line.words > HEADLINE_WORDS else -SHORT_COST

    def sure_words(self, n: int) -> int:
        """Return the words of line *n* where it is prose among prose, else 0."""
        line = self._lines[n]
        sure = line.is_prose and n not in self._captions and self._trust(n) == 1.0
        return line.words if sure else 0

    def is_paragraph(self, n: int) -> bool:
        """Whether line *n* is prose, not of a list and not printed twice."""
        line = self._lines[n]
        once = self._copies[line.key] == 1 and not line.is_item
        return once and line.is_prose and n not in self._captions

    def is_filler(self, n: int) -> bool:
        """Whether line *n* is a caption or a line such as stands between paragraphs."""
        line = self._lines[n]
        if n in self._captions or line.tail or line.opens_comments:
            return n in self._captions
        return bool(line.site_rule) or line.category in FILLERS

    def _cost(self, line: Line, total: float) -> float:
        if line.opens_comments:
            return TAIL_COST + COMMENT_SHARE * total
        if line.tail:
            return TAIL_COST + TAIL_SHARE * total
        return DATE_COST if line.category == "date" else RULE_COST

    def _trust(self, n: int) -> float:
        line = self._lines[n]
        if line.is_item or self._copies[line.key] > 1:
            return STRAY
        return 1.0 if line.words >= SURE_WORDS or n in self._kin else LONELY

    def _find_kin(self) -> set[int]:
        """Return the lines of prose next to prose, captions and adverts aside."""
        body = [
            n
            for n, line in enumerate(self._lines)
            if n not in self._captions and line.category != "ad"
        ]
        both = [pair for pair in pairwise(body) if all(self._lines[n].is_prose for n in pair)]
        return {n for pair in both for n in pair}


def best_run(lines: Sequence[Line], weights: Weights) -> Run:
    """Return the run that is worth most of all; empty where there is no prose."""
    return widen(lines, weights, _scan(lines, weights, first=0, patience=0.0))


def run_from(lines: Sequence[Line], weights: Weights, first: int) -> Run:
    """Return the run that starts at line *first*, or a little later, and is worth most."""
    return widen(lines, weights, _scan(lines, weights, first=first, patience=FAR))


def widen(lines: Sequence[Line], weights: Weights, run: Run) -> Run:
    """Return *run* with a paragraph before and after it that only boilerplate parts from it."""
    if run.start == run.stop:
        return run
    start, stop = run.start, run.stop
    for n in range(start - 1, max(start - 1 - NEAR, -1), -1):
        if weights.is_paragraph(n):
            start = n
        elif not weights.is_filler(n):
            break
    for n in range(stop, min(stop + NEAR, len(lines))):
        if weights.is_paragraph(n):
            stop = n + 1
        elif not weights.is_filler(n):
            break
    return Run(start, stop, run.worth)


def _scan(lines: Sequence[Line], weights: Weights, *, first: int, patience: float) -> Run:
    """Return the best run from *first* on; one worth less than *patience* starts anew."""
    best = Run(first, first, 0.0)
    total, start, words = 0.0, first, 0
    for n in range(first, len(lines)):
        if words >= SETTLED and ends_article(lines, n):
            break
        if total <= patience and (patience == 0.0 or words < SETTLED):
            total, start = 0.0, n
        total += weights.of(n, total)
        words += weights.sure_words(n)
        if not words:  # byline, date and buttons under a headline cost the article nothing
            total = max(total, 0.0)
        if total > best.worth:
            best = Run(start, n + 1, total)
    return best


def ends_article(lines: Sequence[Line], n: int) -> bool:
    """Whether the site says so at line *n*, or readers' comments start there, not a link to them.

    A thread shows by the dates and names between its comments.
    """
    if lines[n].ends or not lines[n].opens_comments:
        return lines[n].ends
    following = lines[n + 1 : n + 1 + THREAD_LINES]
    return sum(ln.says or ln.category in {"rules", "date"} for ln in following) >= THREAD_SIGNS
