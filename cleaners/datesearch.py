"""The date that a page prints: every day on it, ranked by where it stands and what it stands with.

A date of publication is printed near the headline, in a short line of its own or with the author,
often behind a word or in a class that says so. What stands in comments, cards, prose, or far above
the headline (a clock that tells the time of the visit) ranks low, or is none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cleaners.article import Moment
from cleaners.blocks import Block
from cleaners.datemarks import Marks
from cleaners.dateranks import BYLINE, DATE, LABELLED, LEAST, rank_of, rank_of_words
from cleaners.dates import day_of, parse_moment
from cleaners.page import Page
from cleaners.text import key, one_line
from cleaners.tree import Node, attribute

SHORT = 400  # characters; of a longer block only the start is read, where agencies put their date
DATELINE = 70  # characters
BEFORE, BEHIND = 32, 20  # characters around a year that can hold the rest of a date
ENOUGH = 4.0  # a date of a lower rank is no date of publication
MAX_TIMES = 40  # elements that are read; more are those of comments and cards
HEADS = frozenset({"h1", "h2", "h3", "h4"})
ALIKE = 25  # characters by which a heading is known as the page's title

YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
ANY_YEAR = re.compile(r"\d{4}(?!\d)")  # takes three times as long
SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.)([0-3]\d)(?![\d.]*\d)")
ABOVE, BELOW = 4, 11  # blocks around the headline in which a short year counts
OWN_DIGITS = frozenset(
    {"ar", "fa", "ur", "ps", "hi", "mr", "ne", "bn", "as", "my", "km", "th", "lo"}
)
YEARS = frozenset({*range(1990, 2100), *range(2533, 2643)})  # also of Thailand's calendar
MIN_HEAD = 8  # characters
AHEAD = 1.5  # ranks between the best day and the next


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that the page prints."""

    moment: Moment
    rank: float
    place: int
    """Number of the block it stands in."""

    source: str
    """``page`` for a marked element, ``search`` for plain text."""


def find_printed(page: Page, zone: str) -> list[Candidate]:
    """Return the days near enough to the headline to be that of publication, the best first.

    Where there is none, a day far ahead of all others counts.
    """
    headline, marks = headline_of(page.blocks, page.head_title), Marks()
    in_text = printed(page.blocks, zone, page.language, headline, marks)
    found = [*marked(page, zone, headline, marks), *in_text]
    if headline is not None and all(candidate.rank < ENOUGH for candidate in found):
        found += short_years(page.blocks, zone, headline, marks)
    ranked = sorted(found, key=lambda candidate: (-candidate.rank, candidate.place))
    if not ranked or ranked[0].rank >= ENOUGH:
        return [candidate for candidate in ranked if candidate.rank >= ENOUGH]
    rivals = [one.rank for one in ranked if day_of(one.moment) != day_of(ranked[0].moment)]
    return ranked if ranked[0].rank >= max(rivals, default=0) + AHEAD else []


def headline_of(blocks: Sequence[Block], title: str) -> int | None:
    """Return the number of the block that is the headline; None where there is no heading."""
    stated = key(title)
    heads = [place for place, block in enumerate(blocks) if block.element.tag in HEADS]
    alike = {place: text for place in heads if len(text := key(blocks[place].text)) >= MIN_HEAD}
    alike = {place: text for place, text in alike.items() if text[:ALIKE] in stated}
    if alike:
        return max(alike, key=lambda place: (min(len(alike[place]), ALIKE), -place))
    return next((place for place in heads if blocks[place].tag == "h1"), None)


def printed(
    blocks: Sequence[Block], zone: str, language: str, headline: int | None, marks: Marks
) -> Iterator[Candidate]:
    """Yield the days in the texts of *blocks*."""
    texts = [block.text if len(block.text) <= SHORT else block.text[:DATELINE] for block in blocks]
    ends = list(accumulate(len(text) + 1 for text in texts))
    last, seen = -1, 0
    years = ANY_YEAR if language[:2].lower() in OWN_DIGITS else YEAR
    for year in years.finditer("\n".join(texts)):  # one scan takes a third of the time of hundreds
        if int(year[0]) not in YEARS:
            continue
        place = bisect_right(ends, year.start())
        text, offset = texts[place], ends[place] - len(texts[place]) - 1
        start, end = year.start() - offset, year.end() - offset
        last, seen = place, seen if place == last else 0
        rank = rank_of(blocks[place], place, headline, end, marks)
        if rank >= LEAST - LABELLED:
            rank += rank_of_words(text[seen:start])
        window, seen = text[max(seen, start - BEFORE) : end + BEHIND], end
        moment = parse_moment(window, zone=zone, language=language) if rank >= LEAST else None
        if moment is not None:
            yield Candidate(moment, rank, place, "search")


def short_years(
    blocks: Sequence[Block], zone: str, headline: int, marks: Marks
) -> Iterator[Candidate]:
    """Yield the days next to the headline whose year has two digits: ``31.10.23``.

    Only with full stops between: with slashes nobody can tell day and month apart.
    """
    for place in range(max(0, headline - ABOVE), min(len(blocks), headline + BELOW)):
        text = blocks[place].text
        found = SHORT_YEAR.search(text) if len(text) <= BYLINE + DATE else None
        if found is None:
            continue
        rank = rank_of(blocks[place], place, headline, found.end(), marks)
        rank += rank_of_words(text[: found.start()])
        window = f"{found[1]}20{found[2]}{text[found.end() :][:BEHIND]}"
        moment = parse_moment(window, zone=zone)
        if moment is not None:
            yield Candidate(moment, rank, place, "search")


def marked(page: Page, zone: str, headline: int | None, marks: Marks) -> Iterator[Candidate]:
    """Yield the days of ``time`` elements."""
    times = page.all("time")[:MAX_TIMES]
    places = (
        {block.element.node.mem_id: place for place, block in enumerate(page.blocks)}
        if times
        else {}
    )
    for element in times:
        place = place_of(element, places)
        stated = attribute(element, "datetime") or attribute(element, "content")
        if place is None:
            continue
        rank = rank_of(page.blocks[place], place, headline, 0, marks) + (2 if stated else 0)
        own = f"{attribute(element, 'itemprop')} {attribute(element, 'class')}"
        rank += rank_of_words(own) + (4 if "datePublished" in own else 0)
        rank += 2 if "pubdate" in element.attributes else 0
        moment = parse_moment(stated or one_line(element.text()), zone=zone, language=page.language)
        if rank >= LEAST and moment is not None:
            yield Candidate(moment, rank, place, "page")


def place_of(node: Node, places: Mapping[int, int]) -> int | None:
    """Return the number of the block that *node* or the nearest element around it holds."""
    above: Node | None = node
    while above is not None:
        if above.mem_id in places:
            return places[above.mem_id]
        above = above.parent
    return None
