"""The generic chooser: block scores choose the text, and trafilatura is asked where they doubt."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cleaners.blocks import Block, Element
from cleaners.features import describe
from cleaners.opinion import region_text
from cleaners.page import Page
from cleaners.scorer import doubt, score, score_again
from cleaners.structured import plain, string
from cleaners.text import count_words, key
from cleaners.tree import Node

HOLDERS = frozenset({"article", "main", "body", "html"})
SIGN_UP_TEXT = 600  # characters; a box of more holds the article
KEEP = 0.5  # score from which a block is kept
ROW_WORDS = 40  # one long row does not outweigh a table
DOUBT = 0.2  # share of unsure words from which trafilatura is asked
LETTERS = re.compile(r"[\W_]+")
SURE = 24  # letters; a shorter text may stand on the page in several places
EDGE = 40  # letters of a block's start or end that place it where its middle was changed
MAX_SEARCH = 2_000_000_000  # letters looked through for one page
AHEAD = 3  # lines that a short text may be ahead of the last one found
BODY_SHARE = 0.5  # of the words of JSON-LD's articleBody; below it trafilatura chose another region
BODY_WORDS = 60
LEAD_REACH = 12  # blocks between the headline and its standfirst, byline and share buttons counted
LEAD_WORDS = 6


def mark_noise(page: Page) -> list[Block]:
    """Return the blocks of *page*, those in sign-up boxes with a dropped zone.

    Forms alone are no sign: some sites wrap the whole page in one.
    """
    boxes = {box_around(field) for field in page.all("input") if takes_address(field)}
    if not boxes:
        return list(page.blocks)
    return [
        replace(block, zone="drop:sign-up")
        if any(element.node in boxes for element in block.element.chain())
        else block
        for block in page.blocks
    ]


def takes_address(field: Node) -> bool:
    """Whether *field* is for a mail address or a password."""
    attributes = field.attributes
    return attributes.get("type") in {"email", "password"} or "email" in (
        attributes.get("name") or ""
    )


def box_around(field: Node) -> Node:
    """Return the largest element around *field* that is no more than a box."""
    box, above = field, field.parent
    while above is not None and above.tag not in HOLDERS and len(above.text()) <= SIGN_UP_TEXT:
        box, above = above, above.parent
    return box


def choose_region(page: Page, blocks: Sequence[Block], title: str) -> list[bool]:
    """Return for each block whether it belongs to the article.

    Where JSON-LD carries a body of which less than half was chosen, the blocks of that body are
    taken: choosing the wrong region costs more than all later rules.
    """
    if not blocks:
        return []
    region = choose_by_score(page, blocks, title)
    body = max((plain(node.get("articleBody")) for node in page.articles), key=len, default="")
    if count_words(body) < BODY_WORDS:
        return region
    stated = locate(body, blocks)
    shared = [here and there for here, there in zip(region, stated, strict=True)]
    missed = kept_words(shared, blocks) < BODY_SHARE * kept_words(stated, blocks)
    return stated if missed else region


def choose_by_score(page: Page, blocks: Sequence[Block], title: str) -> list[bool]:
    """Return for each block whether its score keeps it; where none is kept, trafilatura decides."""
    features = describe(page, blocks, title)
    scores = score(features)
    if doubt(features, scores) >= DOUBT:
        region = locate(region_text(page), blocks)
        scores = score_again(features, scores, np.array(region)[features.candidates])
    all_scores = np.zeros(len(blocks))
    all_scores[features.candidates] = scores
    kept = keep_whole(blocks, all_scores.tolist())
    return kept if any(kept) else locate(region_text(page), blocks)


def keep_whole(blocks: Sequence[Block], scores: Sequence[float]) -> list[bool]:
    """Return which blocks their scores keep; a table or list that is kept loses no row or item."""
    kept = [score >= KEEP for score in scores]
    groups: defaultdict[Element | None, list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if block.tag in {"tr", "li"}:
            groups[block.element.parent].append(place)
    for places in groups.values():
        words = [min(count_words(blocks[place].text), ROW_WORDS) for place in places]
        total = sum(scores[p] * w for p, w in zip(places, words, strict=True))
        if total >= KEEP * sum(words):
            for place in places:
                kept[place] = not blocks[place].zone
    return kept


def locate(text: str, blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether it stands in *text*.

    The longest block is placed first, so that a pull quote never takes the place of the paragraph
    it was pulled from. Short blocks, which menus and teasers repeat, count only where one is among
    the next lines behind the block before it.
    """
    wanted = [letters(block.text) for block in blocks]
    claims = _Claims(text)
    for index in sorted(range(len(blocks)), key=lambda index: -len(wanted[index])):
        if len(wanted[index]) < SURE:
            break
        claims.claim_long(index, wanted[index])
    limits = claims.limits(len(blocks))
    place = 0
    for index, short in enumerate(wanted):
        if index in claims.ends:
            place = claims.ends[index]
        elif 0 < len(short) < SURE:
            place = claims.claim_short(index, short, range(place, limits[index]))
    return [index in claims.ends for index in range(len(blocks))]


class _Claims:
    """Which letters of a text are taken, and where each placed block starts and ends."""

    def __init__(self, text: str) -> None:
        self.whole = letters(text)
        self.lines = line_starts(text)
        self.taken = bytearray(len(self.whole))
        self.places = places_of(text.splitlines(), self.lines)
        self.budget = MAX_SEARCH
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}

    def claim_long(self, index: int, wanted: str) -> None:
        """Place a block where all of it stands, else where its start or its end does.

        Extractors drop inline parts, such as "opens in new tab", from the middle of a paragraph.
        """
        for at in self.places.get(wanted, ()):
            if not self.taken[at]:
                self.take(index, at, len(wanted))
                return
        for part in (wanted, wanted[:EDGE], wanted[-EDGE:]) if len(wanted) > EDGE else (wanted,):
            at = self.search(part)
            if at >= 0:
                self.take(index, at, len(part))
                return

    def search(self, part: str) -> int:
        """Return where *part* stands untaken; -1 where it does not, or where it costs too much."""
        at = -1
        while self.budget > 0:
            self.budget -= len(self.whole)
            at = self.whole.find(part, at + 1)
            if at < 0 or not self.taken[at]:
                return at
        return -1

    def limits(self, count: int) -> list[int]:
        """Return for each of *count* blocks where the next placed block starts."""
        limits = [len(self.whole)] * count
        for index in range(count - 2, -1, -1):
            limits[index] = self.starts.get(index + 1, limits[index + 1])
        return limits

    def claim_short(self, index: int, wanted: str, room: range) -> int:
        """Place a block on one of the next lines in *room*; return where the search stands."""
        first = bisect_left(self.lines, room.start)
        for at in (room.start, *self.lines[first : first + AHEAD]):
            if at in room and self.whole.startswith(wanted, at) and not self.taken[at]:
                self.take(index, at, len(wanted))
                return at + len(wanted)
        return room.start

    def take(self, index: int, at: int, size: int) -> None:
        self.taken[at : at + size] = b"\x01" * size
        self.starts[index], self.ends[index] = at, at + size


def letters(text: str) -> str:
    """Return *text* without spaces and punctuation, which extractors change."""
    return LETTERS.sub("", text).casefold()


def line_starts(text: str) -> list[int]:
    """Return where each line of *text* starts in its letters."""
    starts = [0]
    for line in text.splitlines():
        starts.append(starts[-1] + len(letters(line)))
    return starts


def places_of(lines: Sequence[str], starts: Sequence[int]) -> dict[str, list[int]]:
    """Map the letters of each line to where it starts."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for line, start in zip(lines, starts, strict=False):
        places[letters(line)].append(start)
    return places


def kept_words(kept: Sequence[bool], blocks: Sequence[Block]) -> int:
    """Count the words of the kept blocks."""
    return sum(count_words(block.text) for block, keep in zip(blocks, kept, strict=True) if keep)


def find_lead(page: Page, blocks: Sequence[Block], kept: Sequence[bool], title: str) -> int | None:
    """Return the block of the standfirst that the region leaves out; None where there is none.

    It stands between the headline and the body, and the page describes itself with it.
    """
    first = next((index for index, keep in enumerate(kept) if keep), 0)
    descriptions = {key(text) for text in described(page)} - {""}
    heading = last_heading(blocks[:first], title)
    if heading is None or not descriptions:
        return None
    for index in range(heading + 1, min(heading + LEAD_REACH, first)):
        words = key(blocks[index].text)
        if count_words(blocks[index].text) >= LEAD_WORDS and is_described(words, descriptions):
            return index
    return None


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
    matches = [index for index, block in enumerate(blocks) if wanted and key(block.text) == wanted]
    return matches[-1] if matches else None
