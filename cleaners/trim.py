"""Line rules: what goes out of the chosen blocks, each removal with the rule that decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile

from cleaners.blocks import Block
from cleaners.datelines import parted
from cleaners.popups import without_popups
from cleaners.rules import MAX_TAIL, cut_inline, cut_notes, line_rule, tail_rule
from cleaners.site import Platform, Site
from cleaners.text import count_words, key, tidy

HEADINGS = frozenset({"h2", "h3", "h4"})
LEVELS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PERMALINK = re.compile(r"(?<=\S)(?:\s+[#§]|\s*[¶🔗⚓]\ufe0f?|#section-?\d+)$")
"""The sign at the end of a heading that links to it."""

POPUP = "inline:pop-up"
LINK_SIGN = "inline:link sign"
REPEAT_WORDS = 8  # a shorter line may stand twice in one article
MAX_LAST = 3  # headings at the end
COLONS = ":："
LONG = 400  # characters; no headline is longer, and copies of such a text are alike to the letter
ITEM_WORDS = 25  # a longer block under the heading of a tail section is article text
SENTENCE_END = re.compile(r"[.!?…。！？؟।۔][\"'”’“»«›‹)\]」』）】]*$")
TAILS = frozenset({"related", "tags", "newsletter", "comment", "contact"})


@dataclass(slots=True)  # not frozen: a page has dozens, and freezing triples their cost
class Trimmed:
    """One chosen block after the line rules; `text` is empty where the whole block went."""

    block: Block
    text: str
    rule: str
    """Why the block went, or why it stayed."""

    cuts: tuple[str, ...] = ()
    """Rules that cut something out of the text."""


def trim(blocks: Sequence[Block], titles: set[str], rules: Site | Platform | None) -> list[Trimmed]:
    """Return every one of *blocks* after the site's and the general line rules.

    Args:
        blocks: the chosen blocks, in page order.
        titles: keys of the texts that the page gives as its headline.
        rules: what the site or the platform adds; None for neither.
    """
    end = end_of_text(blocks)
    lines = without_last_headings(without_copies(list(steps(blocks[:end], titles, rules))))
    return lines + [Trimmed(block, "", "tail") for block in blocks[end:]]


def end_of_text(blocks: Sequence[Block]) -> int:
    """Return the place of the heading that opens a last section of headlines, else of the end.

    Nothing under it is a sentence: "Related" stands over paragraphs of the article, too.
    """
    end = len(blocks)
    for place in range(len(blocks) - 1, 0, -1):
        text = blocks[place].text
        tail = tail_rule(text) if len(text) <= MAX_TAIL else None
        if tail is not None and tail.partition("/")[0] in TAILS:
            end = place
        elif SENTENCE_END.search(text) or count_words(text) > ITEM_WORDS:
            break
    return end


def without_copies(lines: list[Trimmed]) -> list[Trimmed]:
    """Return *lines* without the short ones that stand between paragraphs removed as repeats.

    Pages that print their text twice, for two widths of screen, print its subheadings twice.
    """
    if not any(line.rule == "repeat" for line in lines):
        return lines
    paragraphs = [n for n, line in enumerate(lines) if is_paragraph(line)]
    copies: set[int] = set()
    for before, after in pairwise(paragraphs):
        if lines[before].rule == lines[after].rule == "repeat":
            copies.update(range(before + 1, after))
    seen: set[str] = set()
    kept = []
    for place, line in enumerate(lines):
        words = key(line.text)
        again = line.text and place in copies and words in seen
        kept.append(replace(line, text="", rule="repeat", cuts=()) if again else line)
        seen.add(words)
    return kept


def without_last_headings(lines: list[Trimmed]) -> list[Trimmed]:
    """Return *lines* without the headings at their end: what stood under them was left out.

    Where there are many, or a colon announces them, they are a list.
    """
    kept = [place for place, line in enumerate(lines) if line.text]
    last = list(takewhile(lambda place: lines[place].block.tag in HEADINGS, reversed(kept)))
    rest = kept[: len(kept) - len(last)]
    if not last or not rest or len(last) > MAX_LAST or lines[rest[-1]].text[-1] in COLONS:
        return lines
    return [
        replace(line, text="", rule="heading", cuts=()) if place in last else line
        for place, line in enumerate(lines)
    ]


def is_paragraph(line: Trimmed) -> bool:
    """Whether *line* is long enough to be told from a line that stands twice by chance."""
    return line.rule == "repeat" or count_words(line.text) >= REPEAT_WORDS


def steps(
    blocks: Sequence[Block], titles: set[str], rules: Site | Platform | None
) -> Iterator[Trimmed]:
    """Yield each block with its fate; one that ends the article takes all that follow."""
    seen: set[str] = set()
    ended = ""
    for block in blocks:
        words = key(block.text) if len(block.text) <= LONG else block.text
        rule = ended or removal(block, words, titles, seen, rules)
        if rule.startswith("end:"):
            ended = rule
        if rule:
            yield Trimmed(block, "", rule)
            continue
        seen.add(words)
        text, popups = without_popups(block)
        text = text if len(seen) > 1 else parted(text)
        bare = PERMALINK.sub("", text) if block.tag in LEVELS else text
        found = (POPUP,) * popups + ((LINK_SIGN,) if bare != text else ())
        text, cuts = cut(bare, rules)
        cuts = found + cuts
        yield Trimmed(block, text, "text" if text else cuts[-1], cuts)


def removal(
    block: Block, words: str, titles: set[str], seen: set[str], rules: Site | Platform | None
) -> str:
    """Return the rule that removes the whole *block*; empty where it stays.

    What has no word is left of a note or an icon that is a block of its own.
    """
    if words in titles:
        return "title"
    if words in seen and count_words(block.text) >= REPEAT_WORDS:
        return "repeat"
    if rules is not None:
        line = " ".join(block.text.split())
        if matches(rules.cut_after, line):
            return f"end:{rules.name}"
        if matches(rules.drop_lines, line):
            return f"line:{rules.name}"
    general = line_rule(block.text)
    if general is None:
        return "" if words else "wordless"
    return "" if is_entry(block) and general.startswith("date/") else f"line:{general}"


def is_entry(block: Block) -> bool:
    """Whether *block* may be the time of a live report's entry: a heading, or in a known body."""
    return block.tag in HEADINGS or block.zone == "body"


def matches(patterns: tuple[str, ...], line: str) -> bool:
    """Whether one of *patterns* matches all of *line*."""
    return any(compiled(pattern).fullmatch(line) for pattern in patterns)


def cut(text: str, rules: Site | Platform | None) -> tuple[str, tuple[str, ...]]:
    """Return *text* without inline promos and boilerplate lines, and the rules that cut."""
    cuts: list[str] = []
    for pattern in rules.cut_inline if rules is not None else ():
        shorter = compiled(pattern).sub("", text)
        if shorter != text:
            cuts.append(f"inline:{pattern}")
            text = shorter
    if "\n" in text:
        text = without_lines(text, cuts)
    rest, noted = cut_notes(text)
    rest, names = cut_inline(rest)
    if not (noted or names or cuts):
        return text, ()
    return tidy(rest), (*cuts, *(f"inline:{name}" for name in (*noted, *names)))


def without_lines(text: str, cuts: list[str]) -> str:
    """Return *text* without the lines that are boilerplate; their rules are added to *cuts*."""
    lines = []
    for line in text.split("\n"):
        rule = line_rule(line)
        if rule:
            cuts.append(f"line:{rule}")
        else:
            lines.append(line)
    return "\n".join(lines)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile *pattern* once."""
    return re.compile(pattern)
