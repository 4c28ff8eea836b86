"""Pages that are no article: consent and log-in walls, challenges, soft 404s, section fronts."""

import re
from collections.abc import Sequence
from importlib.resources import files
from itertools import accumulate

from cleaners.blocks import Block
from cleaners.errors import CleaningError, NoContentError, NotAnArticleError
from cleaners.page import Page
from cleaners.text import count_words, one_line
from cleaners.tree import select

SHORT = 120  # words; a longer text is an article, whatever its headline sounds like
CONSENT = 1_500  # words; no wall is longer
LEAST = 5  # words; brief news of one sentence is news
ABOUT_CONSENT = 0.5  # share of the words
FRONT_LINKS = 0.6  # share of linked characters above which a text is a list of headlines
FRONT_BLOCKS = 5
SURELY_LINKED = 0.9  # share of linked characters
HEADLINE = 4  # words
SENTENCE = 8  # words
PARAGRAPH = 30  # words
SENTENCE_ENDS = '.!?…。！？।؟"”’»」』)'
HEADINGS = 4  # headings of a wall that say what it is


def load(table: str) -> dict[str, re.Pattern[str]]:
    """Read the patterns of *table*, joined by kind over all languages."""
    patterns: dict[str, list[str]] = {}
    for row in table.splitlines()[1:]:
        kind, _language, pattern = row.split("\t")
        patterns.setdefault(kind, []).append(pattern)
    return {kind: re.compile("|".join(some), re.IGNORECASE) for kind, some in patterns.items()}


WALLS = load((files("cleaners") / "data" / "walls.tsv").read_text(encoding="utf-8"))
OF_CONSENT = re.compile(WALLS["consent"].pattern)
"""For lower-case text: of one case, the same expression takes a third of the time.

None of its words begins with ``\\b``: then first letters are looked for, which halves that again.
"""


def refuse(
    page: Page,
    blocks: Sequence[Block],
    chosen: Sequence[Block],
    kept: Sequence[Block],
    title: str,
) -> CleaningError | None:
    """Return why *page* is no article; None where it is one.

    Args:
        page: the page.
        blocks: all its blocks.
        chosen: those that were taken for the article, before the line rules.
        kept: those that would be the article's text.
        title: its headline.
    """
    counts = (count_words(block.text) for block in kept)
    if states_article(page):
        is_told = any(words >= LEAST for words in accumulate(counts))
        return None if is_told else NoContentError(f"no article text: {page.url}")
    words = sum(counts)
    reason = wall(page, kept, title) if words < SHORT else ""
    judged = kept if words >= LEAST else chosen  # of a wall the line rules may leave nothing
    if not reason and words < CONSENT and is_about_consent(judged):
        reason = "consent wall"
    if reason:
        return NotAnArticleError(f"{reason}: {page.url}")
    if words < LEAST:
        return NoContentError(f"no article text: {page.url}")
    if is_front(blocks, kept):
        return NoContentError(f"section front, a list of links: {page.url}")
    return None


def wall(page: Page, kept: Sequence[Block], title: str) -> str:
    """Return what a page with little text is by its headlines; empty where they say nothing."""
    headings = [one_line(page.head_title), title]
    headings += [one_line(h.text()) for h in select("h1, h2")(page.root)[:HEADINGS]]
    for reason, kind in (("soft 404", "missing"), ("challenge", "challenge")):
        if any(WALLS[kind].search(heading) for heading in headings):
            return reason
    text = " ".join(block.text for block in kept) or page.root.text()
    if WALLS["consent-title"].search(" ".join(headings)) and WALLS["consent"].search(text):
        return "consent wall"
    if any(WALLS["log-in"].search(heading) for heading in headings):
        return "log-in wall"
    return ""


def states_article(page: Page) -> bool:
    """Whether the page declares itself an article: some report on cookies and on missing pages."""
    return bool(page.articles) or page.first_meta("og:type").lower() == "article"


def is_about_consent(judged: Sequence[Block]) -> bool:
    """Whether most of the words stand in blocks that speak of consent at least twice."""
    words = sum(count_words(block.text) for block in judged)
    others = 0
    for block in judged:
        if len(OF_CONSENT.findall(block.text.lower())) <= 1:
            others += count_words(block.text)
        if others >= (1 - ABOUT_CONSENT) * words:  # the rest need not be read
            return False
    return words > 0


def is_front(blocks: Sequence[Block], kept: Sequence[Block]) -> bool:
    """Whether the page is a list of links: most of its text is linked, or none of it is prose."""
    total = sum(len(block.text) for block in kept)
    linked = sum(len(block.text) * block.link_share for block in kept)
    is_linked = linked > FRONT_LINKS * total
    if any(is_prose(block) for block in kept):
        return is_linked and len(kept) >= FRONT_BLOCKS
    headlines = sum(
        b.link_share > SURELY_LINKED and count_words(b.text) >= HEADLINE for b in blocks
    )
    return is_linked or headlines >= FRONT_BLOCKS


def is_prose(block: Block) -> bool:
    """Whether *block* is a sentence or more; Thai has no full stop."""
    words = count_words(block.text)
    return words >= PARAGRAPH or (words >= SENTENCE and block.text[-1] in SENTENCE_ENDS)
