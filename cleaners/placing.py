"""Where the blocks of a page stand in a text that was made of it."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from cleaners.blocks import Block
from cleaners.text import in_ascii

LETTERS = re.compile(r"[\W_]+")
LOWER = bytes(range(128)).lower() + bytes(128)
NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
SURE = 24  # letters; a shorter text may stand on the page in several places
EDGE = 40  # letters of a block's start or end that place it where its middle was changed
MAX_SEARCH = 2_000_000_000  # letters looked through for one page
AHEAD = 3  # lines that a short text may be ahead of the last one found


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
        lines = [letters(line) for line in text.splitlines()]
        self.whole = "".join(lines)
        self.lines = list(accumulate(map(len, lines), initial=0))
        self.taken = bytearray(len(self.whole))
        self.places = places_of(lines, self.lines)
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
    if plain := in_ascii(text):
        return plain.translate(LOWER, NO_LETTERS).decode()
    return LETTERS.sub("", text).casefold()


def places_of(lines: Sequence[str], starts: Sequence[int]) -> dict[str, list[int]]:
    """Map each of *lines*, which are letters alone, to where it starts."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for line, start in zip(lines, starts, strict=False):
        places[line].append(start)
    return places
