"""Which lines of a dump stay: by their scores, and by the rules where the scores are in doubt."""

from collections.abc import Iterator, Sequence

import numpy as np

from cleaners.dump.captions import find_captions
from cleaners.dump.columns import Floats
from cleaners.dump.extent import SETTLED, Weights, ends_article
from cleaners.dump.features import Evidence, describe
from cleaners.dump.keep import REPEAT_WORDS, Verdicts
from cleaners.dump.lines import Line
from cleaners.dump.scorer import expected, score
from cleaners.dump.title import locate

DOUBT = 0.6  # expected F1; below it the rules choose as well
CLEAN = 0.1  # of the words; where the rules drop fewer, there is no page around the article
PROSE = 0.5  # of the words of a text that came out of a cleaner
AGREED = 0.85  # of the score that others need, for a line that the rules keep
UNLIKELY = "score"
FINAL = frozenset({"author", "repeat"})
"""Verdicts of the rules that no score overrules; nor does one overrule the rule of a line."""


def gather(lines: Sequence[Line], url: str) -> Evidence:
    """Return what the rules find in *lines*."""
    captions = find_captions(lines)
    title, run = locate(lines, Weights(lines, captions), url)
    return Evidence(captions, title, run, Verdicts(lines, captions, run).all(), url)


def choose(lines: Sequence[Line], evidence: Evidence) -> list[tuple[bool, str]]:
    """Return for every line whether it stays, and the rule.

    The trees learn from whole pages; what came out of a cleaner has no page around it.
    """
    if is_cleaned(lines, evidence):
        return list(keep_all(lines, evidence))
    if is_almost_clean(lines, evidence):
        return list(evidence.verdicts)
    scores = score(describe(lines, evidence).matrix())
    hope = expected(np.array([line.words for line in lines], np.float64), scores)
    if hope < DOUBT:
        return list(evidence.verdicts)
    return list(judge(lines, evidence, (scores >= hope / 2 * patience(evidence)).tolist()))


def patience(evidence: Evidence) -> Floats:
    """Return for each line which part of the threshold is enough for it."""
    return np.where([kept for kept, _ in evidence.verdicts], AGREED, 1.0)


def is_cleaned(lines: Sequence[Line], evidence: Evidence) -> bool:
    """Whether *lines* are set as a cleaner sets them, and no rule knows one of them."""
    if evidence.captions or any(line.rule or line.tail or not line.gap for line in lines):
        return False
    prose = sum(line.words for line in lines if line.is_prose)
    return prose >= PROSE * sum(line.words for line in lines)


def keep_all(lines: Sequence[Line], evidence: Evidence) -> Iterator[tuple[bool, str]]:
    """Yield a verdict on each line that keeps it, the headline at the top aside."""
    for n, line in enumerate(lines):
        kept, rule = evidence.verdicts[n]
        dropped = rule in FINAL or n == evidence.title == 0
        yield (False, rule) if dropped else (True, rule if kept else kind(line))


def is_almost_clean(lines: Sequence[Line], evidence: Evidence) -> bool:
    """Whether the rules drop next to nothing of *lines* but the headline."""
    title = title_key(lines, evidence)
    gone = [
        line.words
        for line, (kept, _) in zip(lines, evidence.verdicts, strict=True)
        if not kept and line.key != title
    ]
    return sum(gone) <= CLEAN * sum(line.words for line in lines)


def judge(
    lines: Sequence[Line], evidence: Evidence, likely: Sequence[bool]
) -> Iterator[tuple[bool, str]]:
    """Yield the verdict on each line, from whether its score is high enough."""
    title = title_key(lines, evidence)
    seen: set[str] = set()
    words, ended = 0, False
    for n, line in enumerate(lines):
        kept, rule = evidence.verdicts[n]
        ended = ended or (words >= SETTLED and ends_article(lines, n))
        final = line.rule or line.tail or rule in FINAL or n in evidence.captions
        if final or ended or line.key == title or not likely[n]:
            yield False, UNLIKELY if kept else rule
        elif line.key in seen and line.words >= REPEAT_WORDS:
            yield False, "repeat"
        else:
            seen.add(line.key)
            words += line.words
            yield True, rule if kept else kind(line)


def title_key(lines: Sequence[Line], evidence: Evidence) -> str | None:
    """Return the key of the headline; None where there is none."""
    return None if evidence.title is None else lines[evidence.title].key


def kind(line: Line) -> str:
    """Return what a line is that no rule but its score keeps."""
    if line.is_item:
        return "item"
    if line.is_prose:
        return "prose"
    return "sentence" if line.ends_sentence else "heading"
