"""Pages that are broken, enormous or meant to do harm, made in memory."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

FIRST = "The harbour board met on Monday to hear why the noon boat has sailed late since March."
LAST = "The board will vote on the new timetable when it meets again in the second week of June."
MIDDLE = (
    "Captain Odd Marlin said that the north slip silts up faster than the dredger can clear it.",
    "Two councillors asked for a winter service, and the ferry company promised figures by May.",
    "Island schools have moved their first lesson, so that children need not leave at dawn.",
    "A survey of the sea bed found no rock, but a wreck that no chart of the harbour shows.",
)
TITLE = "Noon boat to be on time again"
FOREIGN = (
    "Die Fähre nach Süßwied fährt heute über die Bühne, hört man vom größten Händler am Hafen."
)
MEGABYTE = 1_000_000


Build = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class HostilePage:
    """One page and what may come of it."""

    name: str
    build: Build
    may_refuse: bool
    """Whether a refusal by name is right too."""

    wanted: tuple[str, ...] = (FIRST, LAST)
    """What must stand in the text."""


def html(inside: str = "", *, head: str = "", before: str = "", after: str = "") -> str:
    """Return a page whose article holds *inside* between its first and its last paragraph."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in (FIRST, *MIDDLE))
    return (
        f"<!doctype html><html lang=en><head><title>{TITLE}</title>{head}</head><body>{before}"
        f"<article><h1>{TITLE}</h1>{paragraphs}{inside}<p>{LAST}</p></article>{after}</body></html>"
    )


def page(inside: str = "", *, head: str = "", before: str = "", after: str = "") -> bytes:
    """Return `html` in UTF-8."""
    return html(inside, head=head, before=before, after=after).encode()


def linked_data(text: str) -> bytes:
    """Return a page with *text* as its JSON-LD."""
    return page(head=f'<script type="application/ld+json">{text}</script>')


def data_uri(megabytes: int) -> str:
    """Return an image of many *megabytes* as an address."""
    size = megabytes * MEGABYTE * 3 // 4
    return "data:image/png;base64," + base64.b64encode(bytes(size)).decode()


def charset(name: str) -> bytes:
    """Return a page in UTF-8 that says it is in the charset *name*."""
    return page(f"<p>{FOREIGN}</p>", head=f'<meta charset="{name}">')


def latin(declared: str) -> bytes:
    """Return a page in windows-1252 that says it is in the charset *declared*."""
    return html(f"<p>{FOREIGN}</p>", head=f'<meta charset="{declared}">').encode("cp1252")


def stray_byte() -> bytes:
    """Return a page in UTF-8 with one byte that is none."""
    return page(f"<p>{FOREIGN}</p><p>Kiosk \x00</p>").replace(b"\x00", b"\xe4")


def many_paragraphs(count: int) -> str:
    """Return *count* paragraphs, no two alike."""
    return "".join(
        f"<p>Boat number {n} was seen off the point before noon.</p>" for n in range(count)
    )


def big_page() -> bytes:
    """Return 30 MB of paragraphs."""
    line = f"<p>{MIDDLE[0]} {MIDDLE[1]} {MIDDLE[2]} {MIDDLE[3]}</p>"
    return page(line * (30 * MEGABYTE // len(line)))


def attributes(count: int) -> str:
    """Return *count* attributes, no two alike."""
    return " ".join(f"a{n}=1" for n in range(count))


def nodes(count: int) -> str:
    """Return JSON-LD of *count* nodes."""
    return json.dumps(
        {"@graph": [{"@type": "NewsArticle", "headline": f"Boat {n}"} for n in range(count)]}
    )


MANY = 100_000
LEVELS = 2_000  # of tables and lists
CHARSETS = ("rot13", "zlib_codec", "unicode_escape", "utf-7", "idna", "undefined", "x" * 5000)

LARGE: dict[str, Build] = {
    "30 MB of paragraphs": big_page,
    "100,000 levels of div": lambda: page("<div>" * MANY),
    "100,000 levels, closed": lambda: page("<div>" * MANY + "</div>" * MANY),
    "100,000 levels of b": lambda: page("<b>" * MANY),
    "unclosed tags to the end": lambda: page("<p><b><i><div><span>" * 40_000),
    "tables in tables": lambda: page("<table><tr><td>" * LEVELS),
    "lists in lists": lambda: page("<ul><li>Pier" * LEVELS),
    "a million attributes on one tag": lambda: page(f"<div {attributes(MEGABYTE)}></div>"),
    "a million attributes on 10,000 tags": lambda: page(f"<i {attributes(100)}></i>" * 10_000),
    "200,000 paragraphs": lambda: page(many_paragraphs(200_000)),
    "100,000 links": lambda: page(after="<a href=/a>Pier</a> " * MANY),
    "500,000 br": lambda: page("<br>" * 500_000),
    "one paragraph of 5 MB": lambda: page(f"<p>{'Pier and boat. ' * 333_333}</p>"),
    "one word of 5 MB": lambda: page(f"<p>{'x' * 5 * MEGABYTE}</p>"),
    "100,000 meta": lambda: page(head="<meta name=a content=b>" * MANY),
    "BOM of UTF-16 before UTF-8": lambda: b"\xff\xfe" + charset("utf-8"),
}
"""May be refused by name."""

CRAFTED: dict[str, Build] = {
    "500 levels of div": lambda: page(before="<div>" * 500, after="</div>" * 500),
    "20,000 paragraphs": lambda: page(many_paragraphs(20_000)),
    "a class of 5 MB": lambda: page(f"<div class='{'pier ' * MEGABYTE}'></div>"),
    "an image of 12 MB": lambda: page(f'<img src="{data_uri(12)}">'),
    "a script of 12 MB": lambda: page(f"<script>{'a=1;' * 3 * MEGABYTE}</script>"),
    "an open script of 12 MB": lambda: page(after=f"<script>{'a=1;' * 3 * MEGABYTE}"),
    "a style of 12 MB": lambda: page(head=f"<style>{'a{b:c}' * 2 * MEGABYTE}</style>"),
    "a comment of 12 MB": lambda: page(f"<!--{'pier ' * 2_400_000}-->"),
    "100,000 comments": lambda: page("<!-- pier -->" * MANY),
    "a title of 12 MB": lambda: page(head=f"<title>{'pier ' * 2_400_000}</title>"),
    "a description of 5 MB": lambda: page(
        head=f"<meta name=description content='{'pier ' * MEGABYTE}'>"
    ),
    "malformed JSON-LD of 300 kB": lambda: linked_data('{"@type":"Article","author":{"' * 10_000),
    "JSON-LD of open quotes": lambda: linked_data('{"author":[' + '"a\\",' * 60_000),
    "50,000 JSON-LD nodes": lambda: linked_data(nodes(50_000)),
    "deep JSON": lambda: linked_data('{"a":' * MANY + "1" + "}" * MANY),
    "deep JSON lists": lambda: linked_data("[" * MANY + "]" * MANY),
    "a number of 100,000 digits": lambda: linked_data('{"a":' + "9" * MANY + "}"),
    "&#1; in the body": lambda: page("<p>Pier &#1; four.</p>"),
    "&#27; in the body": lambda: page("<p>Pier &#27; four.</p>"),
    "NUL in the body": lambda: page("<p>Pier \x00 four.</p>"),
    "references to no character": lambda: page("<p>&#x110000; &#xd800; &#99999999999;</p>"),
    "U+FFFE and U+FFFF": lambda: page("<p>Pier \ufffe \uffff four.</p>"),
}
"""Must be read."""

ENCODED: dict[str, Build] = {
    "one stray byte in UTF-8": stray_byte,
    "UTF-8 that says latin-1": lambda: charset("iso-8859-1"),
    "UTF-8 that says utf-16": lambda: charset("utf-16"),
    "windows-1252 that says UTF-8": lambda: latin("utf-8"),
    "windows-1252 that says nonsense": lambda: latin("nonsense"),
    "BOM of UTF-8 that says latin-1": lambda: b"\xef\xbb\xbf" + charset("latin1"),
    "UTF-16 that says UTF-8": lambda: charset("utf-8").decode().encode("utf-16"),
    **{f"charset {name[:20]}": partial(charset, name) for name in CHARSETS},
}
"""Must be read, with every letter right."""

EMPTY: dict[str, Build] = {
    "no bytes": lambda: b"",
    "8 MB of NUL": lambda: bytes(8 * MEGABYTE),
    "10 MB of <": lambda: b"<" * 10 * MEGABYTE,
}
"""Must be refused."""

PAGES = (
    *(HostilePage(name, build, may_refuse=True) for name, build in LARGE.items()),
    *(HostilePage(name, build, may_refuse=False) for name, build in CRAFTED.items()),
    *(
        HostilePage(name, build, may_refuse=False, wanted=(FIRST, LAST, FOREIGN))
        for name, build in ENCODED.items()
    ),
    *(HostilePage(name, build, may_refuse=True) for name, build in EMPTY.items()),
)
