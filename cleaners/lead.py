"""The standfirst between the headline and the body, which the scores may leave out."""

import re
from collections.abc import Sequence
from itertools import islice

from cleaners.blocks import Block
from cleaners.page import Page
from cleaners.pictures import ends_in_credit
from cleaners.structured import string
from cleaners.text import count_words, has_key, key
from cleaners.tree import attribute

LEAD_REACH = 12  # blocks between the headline and its standfirst, byline and share buttons counted
LEAD_WORDS = 6
NAMED_REACH = 2  # blocks; farther from the headline, an "excerpt" is that of another article
SAME = 60  # characters in which two texts start alike
FIRST_SENTENCE = 30
MAX_LINKS = 0.3  # share of the characters; more are names of authors
CAPTIONS = frozenset({"figure", "figcaption"})
MAX_CAPTION = 300  # characters; elmostrador.cl sets a long standfirst as one

CLOCK = re.compile(
    r"\b\d{1,2}(?:\.|,|st|nd|rd|th)?(?: \w+\.?)? (?:19|20)\d\d\b"
    r"|\d{1,2}[:.]\d\d\b|\d{1,2}[./]\d{1,2}[./]\d\d"
)
NAMES = re.compile(
    r"(?:^|[\s_-])(?:sub-?(?:head(?:line)?s?|heds?)|stand-?first|dek|strap-?line|bajada"
    r"|copete|entradilla|epigraph|vorspann|chap[oô]|chapeau|sottotitolo|catenaccio|linha-fina"
    r"|ingress|manchet|perex|under-?rubrik"
    r"|(?:article|post|entry|story|news)[_-]*(?:sub-?title|excerpt|intro|lead|lede|dek|deck))(?:$|[\s_-])"
    r"|[a-z](?:Standfirst|Sub[Hh]ead(?:line)?|Strapline|Dek)(?:$|[\s_A-Z-])"
)
"""What publishers call a standfirst, as a word of a class; any box may have a "subtitle"."""


def find_lead(page: Page, blocks: Sequence[Block], kept: Sequence[bool], title: str) -> int | None:
    """Return the block of the standfirst that the region leaves out; None where there is none.

    It stands between the headline and the body. The page describes itself with it, or its class
    says what it is and it follows the headline.
    """
    first = next((index for index, keep in enumerate(kept) if keep), 0)
    heading = last_heading(blocks[:first], title)
    if heading is None:
        return None
    places = range(heading + 1, min(heading + LEAD_REACH, first))
    told = [n for n in places if count_words(blocks[n].text) >= LEAD_WORDS]
    told = [n for n in told if not is_caption(blocks[n])]
    descriptions = {key(text) for text in described(page)} - {""}
    if descriptions:
        for place in told:
            if is_described(key(blocks[place].text), descriptions):
                return place
    return next((n for n in told if n <= heading + NAMED_REACH and is_named(blocks[n])), None)


def is_named(block: Block) -> bool:
    """Whether the classes of *block*, or of the element around it, call it a standfirst.

    A theme may call the line of author and date so, too.
    """
    if block.link_share >= MAX_LINKS or CLOCK.search(block.text):
        return False
    nearest = islice(block.element.chain(), 2)
    return any(NAMES.search(attribute(step.node, "class")) for step in nearest)


def is_caption(block: Block) -> bool:
    """Whether *block* is told of a picture: some pages describe themselves with that text."""
    if len(block.text) > MAX_CAPTION:
        return False
    return ends_in_credit(block.text) or any(step.tag in CAPTIONS for step in block.element.chain())


def described(page: Page) -> list[str]:
    """Return how the page describes itself in JSON-LD and meta."""
    names = ("description", "og:description", "twitter:description")
    stated = [string(node.get("description")) for node in page.articles]
    return stated + [text for name in names for text in page.meta.get(name, ())]


def is_described(words: str, descriptions: set[str]) -> bool:
    """Whether a description and *words* start alike; either may be cut short."""
    least = min(SAME, max(FIRST_SENTENCE, len(words)))
    return any(
        words.startswith(text[:least]) and text.startswith(words[:least]) for text in descriptions
    )


def last_heading(blocks: Sequence[Block], title: str) -> int | None:
    """Return the last block that is the headline."""
    wanted = key(title)
    slack = len(title) // 4 + 4
    for index in range(len(blocks) - 1, -1, -1):
        text = blocks[index].text
        if wanted and abs(len(text) - len(title)) <= slack and has_key(text, wanted):
            return index
    return None
