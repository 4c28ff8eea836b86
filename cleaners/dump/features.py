"""What the scorer sees of each line of a dump: its shape, its wording, what the rules say of it.

No word of any language is a feature. What is known of a language comes in by the categories of the
line rules; what the page itself tells, by the words that its own prose repeats.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cleaners.dump.captions import CARD
from cleaners.dump.columns import FAR, Columns, Floats, distances
from cleaners.dump.echo import add_company, add_echoes
from cleaners.dump.extent import Run, ends_article
from cleaners.dump.keep import KINDS
from cleaners.dump.lines import Line
from cleaners.dump.place import add_around, add_distances, add_place
from cleaners.dump.style import add_style
from cleaners.dump.title import common, slug_words

COMMON = 25  # of the words of a page's prose: its articles and prepositions
LONG_WORD = 5  # letters
START = 25  # letters that two lines share where one is made like the other
CATEGORIES = (
    "ad", "app", "author", "byline", "caption", "comment", "consent", "copyright", "credit", "date",
    "follow", "login", "nav", "newsletter", "paywall", "related", "rules", "share", "tags",
)  # fmt: skip

TIME = re.compile(r"\d[:.h]\d\d|\d[./-]\d")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SENTENCE = re.compile(r"[.!?][\"'”’»)]*\s|[。！？।]")
COMMA = re.compile(r"[,，、،;]")
MARK = re.compile(r"[|•·›»→©®#/@]")
WORD = re.compile(r"[^\W\d_]+")
QUOTES = "\"'“”„«»‘「『"
# a card's headline and its text, of which the markup alone made two: "... in the gorgeNine years"
GLUED = re.compile(r"[a-zß-ÿа-я.?!’']{2}[A-ZÀ-ÞА-Я][a-zß-ÿа-я ]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reading of a dump by rules has found."""

    captions: Mapping[int, str]
    title: int | None
    run: Run
    verdicts: Sequence[tuple[bool, str]]
    """For each line whether the rules keep it, and which."""

    url: str = ""


def describe(lines: Sequence[Line], evidence: Evidence) -> Columns:
    """Return what is known of every one of *lines*."""
    columns = Columns()
    add_letters(columns, lines)
    add_shape(columns, lines)
    add_rules(columns, lines, evidence)
    add_copies(columns, lines)
    add_wording(columns, lines, evidence)
    add_around(columns)
    add_distances(columns)
    add_place(columns, lines, evidence.title, evidence.run)
    add_style(columns, lines, evidence.run)
    add_echoes(columns, lines)
    return columns


def add_letters(columns: Columns, lines: Sequence[Line]) -> None:
    """Add what a line's characters say."""

    def add(name: str, value: Callable[[str], float]) -> None:
        columns.add(name, [value(line.text) for line in lines])

    add("starts_upper", lambda text: text[0].isupper() or text[1:2].isupper())
    add("starts_lower", lambda text: text[0].islower())
    add("starts_quote", lambda text: text[0] in QUOTES)
    add("starts_digit", lambda text: text[0].isdigit())
    add("opens_dash", lambda text: text[0] in "—–-@*#[<")
    add("exclaims", lambda text: text[-1] in "!！?？")
    add("bracket", lambda text: text[0] in "([" or text[-1] in ")]")
    add("trails", lambda text: text.endswith(("...", "…")))
    add("digits", lambda text: sum(map(str.isdigit, text[:80])) / min(len(text), 80))
    add("sentences", lambda text: min(8, len(SENTENCE.findall(text))))
    add("commas", lambda text: min(10, len(COMMA.findall(text))))
    add("marks", lambda text: min(6, len(MARK.findall(text))))
    add("glued", lambda text: min(4, len(GLUED.findall(text[:400]))))
    add("longest", lambda text: min(60, max(map(len, text[:300].split()))))
    add("quoted", lambda text: sum(map(text.count, QUOTES[:7])) > 1)
    add("time", lambda text: TIME.search(text[:200]) is not None)
    add("year", lambda text: YEAR.search(text[:200]) is not None)
    add("address", lambda text: "://" in text or "www." in text)


def add_shape(columns: Columns, lines: Sequence[Line]) -> None:
    """Add how long a line is, how its words are set, and whether it stands apart."""
    words = np.array([line.words for line in lines], np.float64)
    parts = [WORD.findall(line.text[:300]) for line in lines]
    counts = np.array([max(1, len(part)) for part in parts])
    columns.add("log_words", np.log1p(words))
    columns.add("word_length", np.array([len(line.text) for line in lines]) / np.maximum(words, 1))
    columns.add("lower", np.array([sum(w[0].islower() for w in part) for part in parts]) / counts)
    columns.add("shouted", np.array([sum(map(str.isupper, part)) for part in parts]) / counts)
    columns.add("ends", [line.ends_sentence for line in lines])
    columns.add("introduces", [line.introduces for line in lines])
    columns.add("item", [line.is_item for line in lines])
    columns.add("prose", [line.is_prose for line in lines])
    gaps = np.array([line.gap for line in lines], np.float64)
    columns.add("gap", gaps)
    columns.add("gap_behind", np.append(gaps[1:], 1.0))


def add_rules(columns: Columns, lines: Sequence[Line], evidence: Evidence) -> None:
    """Add what rules know of a line, and what they alone would do with it."""
    columns.add("rule", [bool(line.rule) for line in lines])
    columns.add("tail", [bool(line.tail) for line in lines])
    for category in CATEGORIES:
        columns.add(f"is_{category}", [line.category == category for line in lines])
    columns.add("picture", [n in evidence.captions for n in range(len(lines))])
    columns.add("card", [evidence.captions.get(n) == CARD for n in range(len(lines))])
    columns.add("says", [line.says for line in lines])
    columns.add("promo", [len(line.body) < len(line.text) for line in lines])
    kept = np.array([keep for keep, _ in evidence.verdicts], np.float64)
    columns.add("kept", kept)
    columns.add("kind", [KINDS.get(rule, -1) for _, rule in evidence.verdicts])
    total = kept @ np.expm1(columns["log_words"])
    columns.add("kept_words", np.full(len(lines), np.log1p(total)))
    ended = np.array([ends_article(lines, n) for n in range(len(lines))])
    columns.add("ended", np.minimum(np.cumsum(ended), 4))
    columns.add("since_end", distances(ended)[0])


def add_copies(columns: Columns, lines: Sequence[Line]) -> None:
    """Add how often a line, or one made like it, stands on the page."""
    copies = Counter(line.key for line in lines)
    starts = Counter(line.key[:START] for line in lines)
    seen: Counter[str] = Counter()
    before = []
    for line in lines:
        before.append(min(seen[line.key], 5))
        seen[line.key] += 1
    columns.add("copies", [min(copies[line.key], 6) for line in lines])
    columns.add("copies_before", before)
    columns.add("like_starts", [min(starts[line.key[:START]], 6) for line in lines])


def add_wording(columns: Columns, lines: Sequence[Line], evidence: Evidence) -> None:
    """Add which of a line's words the page's prose, its headline and its address share."""
    words = [words_of(line) for line in lines]
    prose = Counter(w for line, own in zip(lines, words, strict=True) if line.is_prose for w in own)
    # the more frequent first, then by spelling: the order of a set differs from run to run
    top = set(sorted(prose, key=lambda word: (-prose[word], word))[:COMMON])
    columns.add("common_words", [share(own, top) for own in words])
    run = range(evidence.run.start, evidence.run.stop)
    inside = Counter(w for n in run if lines[n].is_prose for w in words[n])
    for name, least in (("cohesion", 1), ("cohesion_long", LONG_WORD)):
        rare = [{w for w in own if len(w) >= least} - top for own in words]
        columns.add(name, [
            sum(inside[w] > (n in run and lines[n].is_prose) for w in own) / len(own)
            if own else -1.0 for n, own in enumerate(rare)
        ])  # fmt: skip
    title = set() if evidence.title is None else words[evidence.title] - top
    columns.add("like_title", [share(own - top, title) for own in words])
    columns.add("title_in", [share(title, own) for own in words])
    add_company(columns, lines, [own - top for own in words], evidence.run)
    add_headings(columns, lines, evidence)


def add_headings(columns: Columns, lines: Sequence[Line], evidence: Evidence) -> None:
    """Add how near lines stand that repeat the address, or the headline."""
    slug = slug_words(evidence.url)
    shared: Floats = np.array([
        common(slug, line.key.split()) / len(slug) if slug and line.words < FAR else 0.0
        for line in lines
    ])  # fmt: skip
    named = (shared >= max(0.5, shared.max(initial=0.0) - 0.2)) & (len(slug) > 2)  # noqa: PLR2004 - two words name nothing
    title = None if evidence.title is None else lines[evidence.title].key
    columns.add("like_slug", shared)
    columns.add("slugs_before", np.minimum(np.cumsum(named), 6))
    for name, marked in (("slug", named), ("title", np.array([ln.key == title for ln in lines]))):
        before, behind = distances(marked)
        columns.add(f"since_{name}", before)
        columns.add(f"until_{name}", behind)


def words_of(line: Line) -> set[str]:
    """Return the words of *line*; pairs of characters where its script has no spaces."""
    words = line.key.split()
    if line.words > 2 * len(words) + 2:
        run = "".join(words)
        return {run[n : n + 2] for n in range(len(run) - 1)}
    return set(words)


def share(words: set[str], others: set[str]) -> float:
    """Return the share of *words* that are among *others*."""
    return len(words & others) / len(words) if words else 0.0
