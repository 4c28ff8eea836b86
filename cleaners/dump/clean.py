"""The straight line from a dump to an article."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.article import Article
from cleaners.dump.captions import CAPTION
from cleaners.dump.choose import choose, gather
from cleaners.dump.dates import Head, date_dump, printed_address, read_head
from cleaners.dump.lines import Line, read_lines
from cleaners.errors import (
    CleaningError,
    NoContentError,
    NotAnArticleError,
    PageTooLargeError,
)
from cleaners.registry import site_for, source_of
from cleaners.text import count_words
from cleaners.trace import Decision, Trace
from cleaners.trim import cut

LEAST = 5  # words; brief news of one sentence is news
WALL = frozenset({"consent", "login", "paywall"})
WALL_SHARE = 0.5  # of the words of a dump without an article
META = frozenset({"byline", "date", "share"})
BELOW = 10  # lines after the first paragraph, in which a date may stand
ABOVE = 4  # lines over the headline
MAX_LINES = 10_000  # the longest of 1,650 flattened pages has 2,774, empty ones counted
MAX_LETTERS = 4_000_000
MAX_READ = 40_000  # lines that a text may cost until it settles, read again and again


@dataclass(frozen=True, slots=True)
class _Line:
    """One line after all rules; `text` is empty where it goes."""

    line: Line
    text: str
    rule: str
    cuts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A dump read once."""

    head: Head
    address: str
    lines: list[_Line]
    title: int | None

    @property
    def kept(self) -> list[int]:
        return [n for n, line in enumerate(self.lines) if line.text]

    @property
    def blocks(self) -> list[str]:
        return [line.text for line in self.lines if line.text]


def clean_dump(
    text: str, url: str | None = None, *, fetched: dt.datetime | None = None, trace: bool = False
) -> Article:
    """Return the article in *text*, which was scraped from a page without its markup.

    The text of the result, cleaned again, stays as it is.

    Args:
        text: lines of a page, boilerplate included; a first line ``date 2021-04-06`` is the
            crawl's. Paragraphs may have empty lines between them or not.
        url: address of the page, where it is known; else an address that the dump prints counts.
        fetched: aware time of the crawl; dates after it are no dates of publication.
        trace: whether to tell of every line what decided; never changes the text.

    Raises:
        NoContentError: the dump holds no article text.
        NotAnArticleError: it is a consent or log-in wall.
        PageTooLargeError: it has more than `MAX_LINES` lines or `MAX_LETTERS` letters.
    """
    if len(text) > MAX_LETTERS or sum(map(bool, map(str.strip, text.splitlines()))) > MAX_LINES:
        raise PageTooLargeError(f"dump of {len(text)} letters: {url or 'dump'}")
    reading = read(text, url)
    blocks = settle(reading.blocks)
    if count_words(" ".join(blocks)) < LEAST:
        raise refusal(reading)
    published, date_source = date_dump(reading.head, reading.address, around(reading), fetched)
    return Article(
        url=reading.address,
        canonical_url=reading.address,
        source=source_of(reading.address) if reading.address else "",
        title="" if reading.title is None else reading.lines[reading.title].line.text,
        text="\n\n".join(blocks),
        lead=lead_of(reading, blocks),
        published=published,
        date_source=date_source,
        captions=captions_of(reading),
        trace=tell(reading, blocks) if trace else None,
    )


def read(text: str, url: str | None) -> _Reading:
    """Judge every line of *text* once."""
    head = read_head(text)
    address = url or head.url or printed_address(read_lines(head.rest, None))
    site = site_for(address) if address else None
    lines = read_lines(head.rest, site)
    evidence = gather(lines, address)
    judged = []
    for line, (keep, rule) in zip(lines, choose(lines, evidence), strict=True):
        rest, cuts = cut(line.text, site) if keep else ("", ())
        judged.append(_Line(line, rest, rule, cuts))
    return _Reading(head, address, judged, evidence.title)


def settle(blocks: list[str]) -> list[str]:
    """Return *blocks* read again until nothing more goes.

    What is left has no context that spoke for it; most texts stay as they are at once. A heap of
    headlines loses one each time: what has not settled after `MAX_READ` lines is no article.
    """
    left = MAX_READ
    while (left := left - len(blocks)) > 0:
        again = read("\n\n".join(blocks), None).blocks
        if again == blocks:
            return blocks
        blocks = again
    return []


def refusal(reading: _Reading) -> CleaningError:
    """Return why *reading*, of which no text is left, is no article."""
    words = sum(line.line.words for line in reading.lines)
    wall = sum(line.line.words for line in reading.lines if line.line.category in WALL)
    if words >= LEAST and wall / words > WALL_SHARE:
        return NotAnArticleError(f"consent or log-in wall: {reading.address or 'dump'}")
    return NoContentError(f"no article text: {reading.address or 'dump'}")


def around(reading: _Reading) -> Sequence[Line]:
    """Return the lines where a date of publication stands, the likeliest first.

    Below the headline down to the first paragraphs, then a little above it; further up some sites
    print the time of the visit.
    """
    first = reading.kept[0]
    top = first if reading.title is None else reading.title
    numbers = (*range(top, first + BELOW), *range(top - 1, max(top - 1 - ABOVE, -1), -1))
    lines = [reading.lines[n] for n in numbers if n < len(reading.lines)]
    gone = [line.line for line in lines if not line.text]
    return sorted(gone, key=lambda line: line.category not in META)


def lead_of(reading: _Reading, blocks: list[str]) -> str:
    """Return the first block where the byline or the date stands under it, else nothing."""
    kept = reading.kept
    if reading.title is None or len(kept) < 2 or reading.blocks[0] != blocks[0]:  # noqa: PLR2004
        return ""
    between = reading.lines[kept[0] + 1 : kept[1]]
    return blocks[0] if any(line.line.category in META for line in between) else ""


def captions_of(reading: _Reading) -> tuple[str, ...]:
    """Return the captions inside the article, each once, without bare credits."""
    texts = (ln.line.text for ln in reading.lines if ln.rule == CAPTION and not ln.line.rule)
    return tuple(dict.fromkeys(texts))


def tell(reading: _Reading, blocks: list[str]) -> Trace:
    """Return what happened to every line, in order."""
    decisions = []
    left = iter([*blocks, ""])
    expected = next(left)
    for n, line in enumerate(reading.lines):
        if line.text and line.text == expected:
            decisions.append(Decision(line.text, True, line.rule))
            expected = next(left)
        else:
            rule = "title" if n == reading.title else "settle" if line.text else line.rule
            decisions.append(Decision(line.line.text, False, rule))
        decisions.extend(Decision(line.line.text, False, name) for name in line.cuts)
    return Trace(tuple(decisions))
