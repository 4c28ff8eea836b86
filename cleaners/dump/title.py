"""The headline: the line before the article that the address repeats, or that looks like one."""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from cleaners.dump.extent import Run, Weights, best_run, run_from
from cleaners.dump.lines import Line
from cleaners.text import key

LEAST_SHARED = 3  # words of the address in the headline
SLUG_SHARE = 0.5  # of the words of the address
LONGEST = 35  # words
FULL = 10  # words of an ordinary headline
LOOKBACK = 80  # lines
META = frozenset({"byline", "date"})
META_LINES = 7  # below a headline, in which byline and date stand
META_NEAR = 3  # lines, of which the same is surer
LIKELY = 2.2  # rating of a headline; the sum of what speaks for it
NAMED = 20  # lines nearest to the article; each costs a walk through all that follow
LEAST_WORTH = 20.0  # of the run after the headline
LATE_SHARE = 0.8  # of the best run; a line inside it is a headline where this much follows
NEARLY = 0.85  # of the best run after any candidate


def locate(lines: Sequence[Line], weights: Weights, url: str) -> tuple[int | None, Run]:
    """Return the number of the headline, None where there is none, and the run of the article."""
    seed = best_run(lines, weights)
    named = find_named(lines, weights, seed, url)
    if named is not None:
        return named, run_from(lines, weights, named + 1)
    rated = {n: rate(lines, n, seed) for n in range(max(0, seed.start - LOOKBACK), seed.start)}
    best = max(rated, key=rated.__getitem__, default=None)
    if best is None or rated[best] < LIKELY:
        return None, run_from(lines, weights, seed.start)
    return best, run_from(lines, weights, best + 1)


def find_named(lines: Sequence[Line], weights: Weights, seed: Run, url: str) -> int | None:
    """Return the line that repeats the address and has the article after it.

    Headlines also stand in navigation above the article and in lists below it.
    """
    runs = {}
    near = sorted(named_lines(lines, url), key=lambda n: abs(n - seed.start))[:NAMED]
    for n in sorted(near):
        run = run_from(lines, weights, n + 1)
        if run.worth > (LATE_SHARE * seed.worth if n > seed.start else LEAST_WORTH):
            runs[n] = run.worth
    most = max(runs.values(), default=0.0)
    likely = [n for n, worth in runs.items() if worth >= NEARLY * most]
    plain = {
        n: (n <= seed.start, not lines[n].is_item, not lines[n].ends_sentence, n) for n in likely
    }
    return max(likely, key=plain.__getitem__, default=None)


def named_lines(lines: Sequence[Line], url: str) -> list[int]:
    """Return the numbers of the lines that say what the address says."""
    slug = slug_words(url)
    if len(slug) < LEAST_SHARED:
        return []
    shared = {n: common(slug, ln.key.split()) for n, ln in enumerate(lines) if can_head(ln)}
    most = max(shared.values(), default=0)
    least = max(LEAST_SHARED, SLUG_SHARE * len(slug), most - 1)
    return [n for n, count in shared.items() if count >= least]


def slug_words(url: str) -> list[str]:
    """Return the words of the longest hyphenated part of the path of *url*."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return []
    parts = [re.sub(r"\.\w{2,5}$", "", part) for part in path.split("/")]
    slugs = [key(re.sub(r"[_-]+", " ", part)).split() for part in parts]
    return [word for word in max(slugs, key=len, default=[]) if not word.isdigit()]


def common(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for word in first:
        before = 0
        for n, other in enumerate(second, 1):
            here = before + 1 if word == other else max(row[n], row[n - 1])
            before, row[n] = row[n], here
    return row[-1]


def can_head(line: Line) -> bool:
    """Whether *line* is short and plain enough for a headline."""
    known = line.rule or line.tail or "://" in line.text
    return not known and 1 < line.words <= LONGEST


def rate(lines: Sequence[Line], n: int, run: Run) -> float:
    """Return how much line *n* looks like the headline of *run*.

    The weights were found on pages of 260 sites whose headline is known.
    """
    line = lines[n]
    if not can_head(line) or line.is_item:
        return 0.0
    below = [ln.category in META for ln in lines[n + 1 : n + 1 + META_LINES]]
    return (
        min(line.words, FULL) / FULL
        + line.gap
        + lines[n + 1].gap
        + 0.7 * any(below)
        + 0.4 * any(below[:META_NEAR])
        + 0.4 * (sum(ln.key == line.key for ln in lines) > 1)
        + 0.4 * (n == 0)
        - 1.0 * (line.is_prose and line.text.endswith("."))
        - 0.6 * line.text.isupper()
        - 0.9 * line.introduces
        - 0.015 * (run.start - n)
    )
