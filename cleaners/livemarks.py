"""Where the entries of a live report lie on its page: repeated containers, each with its time."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cleaners.blocks import Block
from cleaners.livelayout import LEAST, Live, Mark, ancestors, assign, line_up
from cleaners.page import Page
from cleaners.structured import strings
from cleaners.text import count_words, one_line
from cleaners.tree import Node, attribute

PROSE = 6  # words of a block that is more than a label
TOLD = 0.6  # share of the entries that hold prose; lists of times hold none
LINKED = 0.5  # share of the entries whose headline leads away, from which they are teasers
SHARE = 0.4  # of the page's prose; the entries of a live report are the article
LEVELS = 4  # elements around an entry that are asked what they are
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
NO_TEXT = frozenset({"figcaption", "figure", "aside", "button", "footer", "nav", "form"})

CLOCK = re.compile(
    r"\W{0,4}(?P<clock>(?:[01]?\d|2[0-3])[.:h]\s?[0-5]\d(?::[0-5]\d)?"
    r"(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:uhr|h|gmt|utc|[cew]es?t|bst|ist|msk|[ecmp][sd]t)\b)?)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
LIVE_CLASS = re.compile(
    r"live-?_?(?:blog|ticker|post|update|entr|event|feed|stream|text|report|card|item|coverage)"
    r"|(?:^|[\s_-])(?:live|ticker|liveticker|timeline|minute-by-minute|coverage|relacja)"
    r"(?:$|[\s_-])|ticker(?:item|entry|post)|blog-?(?:entry|update)",
    re.IGNORECASE,
)
LIVE_WORDS = re.compile(
    r"\blive\b|ticker|liveblog|as it happened|minute by minute|latest updates|rolling coverage"
    r"|en direct\b|minute par minute|en vivo|en directo|minuto a minuto|[úu]ltima hora|ao vivo"
    r"|in diretta|\bdiretta\b|na żywo|relacja|онлайн|прямая трансляция|хроника|наживо|canlı|实时"
    r"|直播|即時|速報|중계|속보|مباشر|लाइव|direkte?\b|direktsändning|suora lähetys|živě",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"comment|kommentar|coment[aá]ri|disqus|repl(?:y|ies)|discuss|forum|message|tweet|related|recirc"
    r"|teaser|most-?read|popular|sidebar|latest-?news|news-?list|newsfeed|archive|schedule|programm",
    re.IGNORECASE,
)


def find_live(page: Page, blocks: Sequence[Block]) -> Live | None:
    """Return the entries of the live report on *page*; None where it is another article.

    A list of stories has times too, and so have comments and timetables. So the times must stand
    in containers alike, most of which hold prose that leads nowhere else; together they are the
    page's text; and the headline, the markup or JSON-LD calls it live.
    """
    for marks in groups(page, blocks):
        row = line_up(marks)
        if row is None or not is_called_live(page, row.marks[0].node, blocks):
            continue
        live = assign(row, blocks)
        if is_report(page, live, blocks):
            return live
    return None


def groups(page: Page, blocks: Sequence[Block]) -> Iterator[list[Mark]]:
    """Yield the times of the page that stand in places alike, the largest group first."""
    found: defaultdict[tuple[str, ...], list[Mark]] = defaultdict(list)
    for mark in marks_of(page, blocks):
        found[signature(mark.node)].append(mark)
    alike = sorted(found.values(), key=len, reverse=True)
    yield from (marks for marks in alike if len(marks) >= LEAST)


def marks_of(page: Page, blocks: Iterable[Block]) -> Iterator[Mark]:
    """Yield the ``time`` elements, then the blocks that begin with a clock and are no prose."""
    for element in page.all("time"):
        yield Mark(element, one_line(element.text()), attribute(element, "datetime").strip())
    for block in blocks:
        if block.text[:1].isalpha():  # as most begin, which is seen in a quarter of the time
            continue
        clock = CLOCK.match(block.text)
        is_label = clock is not None and count_words(clock["rest"]) < PROSE
        if clock is not None and (is_label or block.tag in HEADINGS):
            yield Mark(block.element.node, clock["clock"].strip())


def is_clock(text: str) -> bool:
    """Whether *text* is a time and nothing else."""
    clock = CLOCK.match(text)
    return clock is not None and not any(letter.isalnum() for letter in clock["rest"])


def signature(node: Node) -> tuple[str, ...]:
    """Return tag and class of *node* and of the two elements around it."""
    steps: list[str] = []
    step: Node | None = node
    while step is not None and len(steps) < 6:  # noqa: PLR2004 - two a step
        steps += (str(step.tag), attribute(step, "class").partition(" ")[0])
        step = step.parent
    return tuple(steps)


def is_called_live(page: Page, entry: Node, blocks: Sequence[Block]) -> bool:
    """Whether the page, or what stands around *entry*, says that it is live."""
    around = " ".join(marks_around(entry))
    if OTHERS.search(around):
        return False
    return LIVE_CLASS.search(around) is not None or says_live(page, blocks)


def is_report(page: Page, live: Live, blocks: Sequence[Block]) -> bool:
    """Whether the entries of *live* are the page's text, and lead nowhere else."""
    entries: list[list[Block]] = [[] for _ in live.marks]
    for block, owner in zip(blocks, live.owners, strict=True):
        if owner is not None:
            entries[owner].append(block)
    told = sum(any(is_prose(block) for block in entry) for entry in entries)
    teasing = sum(leads_away(entry, page) for entry in entries)
    if told < TOLD * len(entries) or told < LEAST or teasing > LINKED * len(entries):
        return False
    words = sum(count_words(b.text) for entry in entries for b in entry if is_prose(b))
    return words >= SHARE * sum(count_words(b.text) for b in blocks if is_prose(b))


def marks_around(node: Node) -> Iterator[str]:
    """Yield class and id of the elements around *node* that can say what it is."""
    yield attribute(node, "class")
    for _, above in zip(range(LEVELS), ancestors(node), strict=False):
        yield f"{attribute(above, 'class')} {attribute(above, 'id')}"


def says_live(page: Page, blocks: Sequence[Block]) -> bool:
    """Whether the page calls itself live: in JSON-LD, its address, its title or a heading."""
    kinds = {kind for node in page.articles for kind in strings(node.get("@type"))}
    if "LiveBlogPosting" in kinds:
        return True
    words = [
        page.head_title,
        page.url.rstrip("/").rpartition("/")[2].replace("-", " "),
        *page.headings[:1],
    ]
    words += [block.text for block in blocks if block.tag in HEADINGS and len(block.text) < 40]  # noqa: PLR2004 - characters of a heading
    return any(LIVE_WORDS.search(text) for text in words)


def is_prose(block: Block) -> bool:
    """Whether *block* is a sentence or more that leads nowhere."""
    return block.link_share < LINKED and count_words(block.text) >= PROSE


def leads_away(entry: Sequence[Block], page: Page) -> bool:
    """Whether the headline of *entry* is a link to another page."""
    first = next((block for block in entry if not is_clock(block.text)), None)
    for block in entry:
        if block.tag in HEADINGS or block is first:
            link = block.element.node.css_first("a[href]") or link_around(block.element.node)
            href = attribute(link, "href") if link is not None else ""
            if block.tag in HEADINGS or block.link_share > LINKED:
                return bool(href) and "#" not in href and not page.url.endswith(href)
    return False


def link_around(node: Node) -> Node | None:
    """Return the link that *node* stands in; None where it is in none."""
    return next((above for above in ancestors(node) if above.tag == "a"), None)
