"""Addresses of articles on several pages: which page of which article one is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

MAX_PAGES = 20  # a pager that counts further is one of pictures, comments or stories
WORDS = (
    r"pages?|p|pg|pag|pagina|página|seite|sida|side|sivu|strona|str|stranka|stránka|strana"
    r"|sayfa|oldal|trang|halaman|stranica"
)
NAMES = frozenset({
    "page", "p", "pg", "pag", "pagina", "página", "seite", "sida", "sivu", "strona", "sayfa",
    "pageno", "page_no", "pagenum", "page_num", "pagenumber", "page_number", "paged", "artpage",
    "articlepage", "currentpage", "pn", "stranka", "strana", "halaman", "oldal", "trang",
})  # fmt: skip
"""Parameters of a query that number the pages of an article in some publishing system."""

LAST_PART = re.compile(
    rf"(?P<stem>.+?)(?:(?P<word>[-_,./;](?:{WORDS})[-_/=,]?)|[-_,./;]|(?<=index))(?P<number>\d{{1,2}})"
    r"(?P<ending>\.[a-z]{3,5})?",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"(?:(?:19|20)\d\d[-/_](?:\d\d?)|[-/_](?:19|20)\d\d"
    r"|(?:parte?|teil|folge|episode|episodio|chapter|kapitel|chapitre|cap[ií]tulo|day|tag|week"
    r"|volume|vol|no|nr|season|staffel|round|top|comments?|kommentare|slide|image|photo|foto|bild"
    r"|picture|gallery|galerie))$",
    re.IGNORECASE,
)
"""Ends of an address behind which a number counts something else: days, parts of a series."""

WHOLE = re.compile(
    r"(?:page|p|seite|pagina|pagewanted|view|show|single|singlepage|onepage|mode)=(?:all|single|1page"
    r"|full|true|komplett)(?=&|$)|[/?&_-](?:single-?page|one-?page|komplettansicht|all-?pages|show-?all"
    r"|view-?all|page-all|seite-all)(?:=\w+)?(?=[/?&.]|$)|/all/?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of an address: page `number` of the article `stem`."""

    stem: str
    number: int
    is_named: bool
    """Whether a word or a parameter calls the number a page."""


@lru_cache(maxsize=256)  # each link of a pager is asked about twice
def places(address: str) -> tuple[Place, ...]:
    """Return every reading of *address*, that as the first page of an article too.

    Empty for what is no address of the web, or names no more than a host.
    """
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower().removeprefix("www.")
    except ValueError:
        return ()
    path = parts.path.rstrip("/")
    if parts.scheme not in {"http", "https"} or not host or not path:
        return ()
    query = parse_qsl(parts.query, keep_blank_values=True)
    found = [Place(stem_of(host, path, query), 1, is_named=False)]
    for name, value in query:
        if name.lower() in NAMES and value.isdecimal() and len(value) <= 2:  # noqa: PLR2004 - digits
            rest = [pair for pair in query if pair != (name, value)]
            found.append(Place(stem_of(host, path, rest), int(value), is_named=True))
    last = LAST_PART.fullmatch(path)
    if last is not None and is_page(last):
        stem = stem_of(host, last["stem"] + (last["ending"] or ""), query)
        found.append(Place(stem, int(last["number"]), is_named=last["word"] is not None))
    return tuple(found)


def is_page(last: re.Match[str]) -> bool:
    """Whether the number in the *last* part of an address can be that of a page.

    ``story-2`` without an ending is another story: blogs make two headlines differ in that way.
    """
    if COUNTED.search(last["stem"]):
        return False
    mark = last[0][len(last["stem"])]
    return bool(last["word"] or last["ending"]) or mark not in "-_"


def stem_of(host: str, path: str, query: list[tuple[str, str]]) -> str:
    """Return what the pages of one article have in common."""
    return f"{host}{path}" + (f"?{urlencode(sorted(query))}" if query else "")


def following(here: Sequence[Place], address: str) -> Place | None:
    """Return *address* as the page behind one of *here*; None where it is none."""
    numbers: dict[str, int] = {}
    for place in here:
        numbers[place.stem] = max(place.number, numbers.get(place.stem, 0))
    return next(
        (
            place
            for place in reversed(places(address))
            if place.number > 1 and numbers.get(place.stem) == place.number - 1
        ),
        None,
    )


def is_whole(address: str, here: Sequence[Place]) -> bool:
    """Whether *address* says that it shows all pages of the article that *here* is a page of."""
    shorter = WHOLE.sub("", address).rstrip("?&")
    stems = {place.stem for place in here}
    return shorter != address and any(place.stem in stems for place in places(shorter))


def joined(base: str, found: str) -> str:
    """Return *found* as an absolute address without its fragment; empty where that is none."""
    try:
        return urljoin(base, found.strip()).partition("#")[0]
    except ValueError:
        return ""
