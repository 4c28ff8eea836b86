"""Live reports: their entries, each with its time."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from cleaners.article import Entry, Moment
from cleaners.blocks import Block
from cleaners.choice import Choice
from cleaners.dates import CLOCK as PLAIN_CLOCK
from cleaners.dates import day_of, is_possible, parse_moment, read_clock
from cleaners.livelayout import Live, Mark
from cleaners.livemarks import CLOCK, HEADINGS, NO_TEXT, is_clock, is_prose
from cleaners.page import Page
from cleaners.structured import Node, plain, string
from cleaners.text import key, one_line
from cleaners.trim import Trimmed

BREAK = "\n\n"
START = 40  # characters by which an entry of JSON-LD is found on the page


@dataclass(frozen=True, slots=True)
class Clocks:
    """What turns the printed times of one page into moments."""

    published: Moment | None
    zone: str
    """IANA name of the zone of times without one; empty where it is unknown."""

    language: str
    fetched: dt.datetime | None

    def read(self, text: str) -> Moment | None:
        """Return the possible moment that *text* states; None where it states none."""
        moment = parse_moment(text, zone=self.zone, language=self.language) if text else None
        return moment if moment is not None and is_possible(moment, self.fetched) else None

    def at(self, minute: int) -> Moment | None:
        """Return a minute of the day of publication; the day alone where its zone is unknown."""
        if self.published is None:
            return None
        day = day_of(self.published)
        zone: dt.tzinfo | None = ZoneInfo(self.zone) if self.zone else None
        if zone is None and isinstance(self.published, dt.datetime) and self.published.utcoffset():
            zone = self.published.tzinfo  # UTC itself is what servers write, not what pages print
        if zone is None:
            return day
        return dt.datetime.combine(day, dt.time(*divmod(minute, 60)), zone)


@dataclass(frozen=True, slots=True)
class LiveText:
    """The entries of a live report, each with its time and its lines of the article's text."""

    marks: tuple[Mark, ...]
    lines: tuple[tuple[Trimmed, ...], ...]


def share_out(live: Live, blocks: Sequence[Block], lines: Sequence[Trimmed]) -> LiveText:
    """Give each kept line of *lines* to its entry; *blocks* are those that *live* was found in."""
    owners = {id(block): owner for block, owner in zip(blocks, live.owners, strict=True)}
    shared: list[list[Trimmed]] = [[] for _ in live.marks]
    for line in lines:
        owner = owners.get(id(line.block))
        if line.text and owner is not None:
            shared[owner].append(line)
    return LiveText(live.marks, tuple(tuple(some) for some in shared))


def with_entries(choice: Choice, live: Live) -> Choice:
    """Return *choice* with the prose and headings of the entries, which a chooser may miss."""
    kept, rules = list(choice.kept), list(choice.rules)
    for place, (block, inside) in enumerate(zip(choice.blocks, live.inside, strict=True)):
        if inside and not kept[place] and not block.zone and is_entry_text(block):
            kept[place], rules[place] = True, "entry"
    return replace(choice, kept=tuple(kept), rules=tuple(rules))


def is_entry_text(block: Block) -> bool:
    """Whether *block*, in an entry, is a headline or prose, and no caption or button."""
    if any(step.tag in NO_TEXT for step in block.element.chain()):
        return False
    return is_prose(block) or (block.tag in HEADINGS and not is_clock(block.text))


def live_entries(page: Page, live: LiveText | None, clocks: Clocks) -> tuple[Entry, ...]:
    """Return the entries of the live report on *page* in page order; none for another article.

    The text of the entries is that of the article, line by line, so that neither says what the
    other lacks. A line that holds nothing but the time is in neither: it is no more text than the
    date line of an article is, and stands in `Entry.time` and `Entry.printed`. A time at the start
    of a headline stays in the article's text, as printed, and leaves `Entry.headline`.

    A page whose entries are found in its JSON-LD alone gives these.
    """
    updates = [stated_entry(update, clocks) for update in updates_of(page)]
    if live is None:
        return tuple(updates)
    times = {start: entry.time for entry in updates for start in starts_of(entry)}
    entries = []
    for mark, lines, clock in zip(
        live.marks, live.lines, times_of(live.marks, clocks), strict=True
    ):
        entry = entry_of(mark, lines)
        stated = next((times[start] for start in starts_of(entry) if start in times), None)
        if entry.text or entry.headline:
            entries.append(replace(entry, time=stated or clock))
    return tuple(entries)


def entry_of(mark: Mark, lines: Sequence[Trimmed]) -> Entry:
    """Return an entry without its time; a heading before all else is its headline."""
    texts = [(line.block.tag, line.text) for line in lines if not is_clock(line.text)]
    headline = ""
    if texts and texts[0][0] in HEADINGS:
        clock = CLOCK.match(texts[0][1])
        headline = one_line(clock["rest"].lstrip(" :|–—-") if clock else texts[0][1])
        texts = texts[1:]
    return Entry(
        text=BREAK.join(text for _, text in texts), headline=headline, printed=mark.printed
    )


def times_of(marks: Sequence[Mark], clocks: Clocks) -> list[Moment | None]:
    """Return when each entry was written, as far as its own time says so.

    A clock without a day counts as one of the day of publication where all of them run one way;
    a report that runs over midnight would get a wrong one.
    """
    stated = [clocks.read(mark.stated or mark.printed) for mark in marks]
    if any(stated):
        return stated
    minutes = [minute_of(mark.printed) for mark in marks]
    told = [minute for minute in minutes if minute is not None]
    falls = sum(one < other for one, other in pairwise(told))
    if clocks.published is None or falls not in {0, len(told) - 1}:
        return stated
    return [None if minute is None else clocks.at(minute) for minute in minutes]


def minute_of(printed: str) -> int | None:
    """Return the minute of the day that a clock shows; None where it is none."""
    found = PLAIN_CLOCK.search(printed)
    if found is None:
        return None
    hour, minute = read_clock(found)
    return int(hour) * 60 + int(minute)


def updates_of(page: Page) -> Iterator[Node]:
    """Yield what the page's JSON-LD states of the entries of a live report."""
    for node in page.linked:
        updates = node.get("liveBlogUpdate")
        for update in updates if isinstance(updates, list) else [updates]:
            if isinstance(update, Mapping) and (
                update.get("articleBody") or update.get("headline")
            ):
                yield update


def stated_entry(update: Node, clocks: Clocks) -> Entry:
    """Return an entry as JSON-LD states it."""
    paragraphs = (one_line(line) for line in plain(update.get("articleBody")).splitlines())
    return Entry(
        text=BREAK.join(paragraph for paragraph in paragraphs if paragraph),
        headline=one_line(string(update.get("headline"))),
        time=clocks.read(string(update.get("datePublished"))),
    )


def starts_of(entry: Entry) -> Iterator[str]:
    """Yield by what an entry is known again: its headline, and how its text begins."""
    for text in (entry.headline, entry.text):
        if text:
            yield key(text)[:START]
