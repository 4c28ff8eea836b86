"""The standfirst between the headline and the body, which the scores may leave out."""

from collections.abc import Sequence

from cleaners.blocks import Block
from cleaners.page import Page
from cleaners.pictures import ends_in_credit
from cleaners.structured import string
from cleaners.text import count_words, has_key, key

LEAD_REACH = 12  # blocks between the headline and its standfirst, byline and share buttons counted
LEAD_WORDS = 6
CAPTIONS = frozenset({"figure", "figcaption"})
MAX_CAPTION = 300  # characters; elmostrador.cl sets a long standfirst as one


def find_lead(page: Page, blocks: Sequence[Block], kept: Sequence[bool], title: str) -> int | None:
    """Return the block of the standfirst that the region leaves out; None where there is none.

    It stands between the headline and the body, and the page describes itself with it.
    """
    first = next((index for index, keep in enumerate(kept) if keep), 0)
    heading = last_heading(blocks[:first], title)
    descriptions = {key(text) for text in described(page)} - {""} if heading is not None else set()
    if heading is None or not descriptions:
        return None
    for index in range(heading + 1, min(heading + LEAD_REACH, first)):
        block = blocks[index]
        if count_words(block.text) < LEAD_WORDS or is_caption(block):
            continue
        if is_described(key(block.text), descriptions):
            return index
    return None


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
    return any(words.startswith(text[:60]) and text.startswith(words[:60]) for text in descriptions)


def last_heading(blocks: Sequence[Block], title: str) -> int | None:
    """Return the last block that is the headline."""
    wanted = key(title)
    slack = len(title) // 4 + 4
    for index in range(len(blocks) - 1, -1, -1):
        text = blocks[index].text
        if wanted and abs(len(text) - len(title)) <= slack and has_key(text, wanted):
            return index
    return None
