"""Days that name their month: ``3. Mai 2024``, ``May 3rd, 2024``, ``2024 m. gegužės 3 d.``.

`data/months.tsv` holds the names of the months, one language a row, folded by `fold`, several of a
month parted by ``|`` (facts from the Unicode CLDR, https://cldr.unicode.org). Five short Slavic
names stand for two months; the page's language decides, else the language that comes first.
"""

import datetime as dt
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

TOKEN = re.compile(r"\d+|[^\W\d_][^\s\d,;:|/()\[\]<>_–—-]*")
ACCENTS = re.compile("[\u0300-\u036f]")
FILLERS = frozenset({
    "a", "d", "de", "del", "di", "da", "of", "the", "den", "dem", "st", "nd", "rd", "th",
    "er", "re", "e", "eme", "o", "ο", "г", "р", "m", "ко", "го", "ga", "gada", "ko",
    "ta", "ta’", "y", "d’", "d'", "ve", "في", "του", "της", "le", "el", "dne", "dnia",
    "tanggal", "at", "um", "à", "as", "est", "edt", "cst", "cdt", "mst", "mdt", "pst",
    "pdt", "gmt", "utc",
})  # fmt: skip
"""What stands between the parts of a date: particles, endings of ordinals, zones."""

BUDDHIST = 543  # years that Thailand's calendar is ahead
YEARS = range(1900, 2101)


class Names(NamedTuple):
    """The names of the months."""

    months: dict[str, int]
    of_language: dict[tuple[str, str], int]
    """By language and name."""


@cache
def names() -> Names:
    """Return the data file."""
    text = (files("cleaners") / "data" / "months.tsv").read_text(encoding="utf-8")
    of_language = {
        (language, name): month
        for language, *months in (row.split("\t") for row in text.splitlines()[1:])
        for month, spellings in enumerate(months, start=1)
        for name in spellings.split("|")
    }
    months: dict[str, int] = {}
    for (_, name), month in of_language.items():
        months.setdefault(name, month)
    return Names(months, of_language)


def fold(text: str) -> str:
    """Return *text* case-folded, without accents on Latin, Greek and Cyrillic letters."""
    text = text.casefold()
    if not text.isascii():
        text = ACCENTS.sub("", unicodedata.normalize("NFD", text)).replace("ı", "i")
        text = unicodedata.normalize("NFC", text)
    return text


def read_words(text: str, language: str) -> dt.date | None:
    """Return the first day in *text* that names its month and its year."""
    tokens = [token.rstrip(".'") for token in TOKEN.findall(fold(text))]
    tokens = [token for token in tokens if token not in FILLERS]
    for place, token in enumerate(tokens):
        if token.isdigit():
            continue
        month, words = month_at(tokens, place, language)
        if month:
            before = [*reversed(tokens[max(0, place - 2) : place])]
            day = dated(month, before, tokens[place + words : place + words + 2])
            if day is not None:
                return day
    return None


def month_at(tokens: list[str], place: int, language: str) -> tuple[int, int]:
    """Return the month that is named at *place*, 0 for none, and of how many words its name is."""
    known = names()
    for words in (1, 2):
        name = " ".join(tokens[place : place + words])
        month = known.of_language.get((language, name)) or known.months.get(name)
        if month:
            return month, words
    return 0, 0


def dated(month: int, before: list[str], after: list[str]) -> dt.date | None:
    """Read day and year from the tokens around a month, those next to it first."""
    first, second = (*before, "", "")[:2]
    third, fourth = (*after, "", "")[:2]
    for day, year in ((first, third), (third, fourth), (third, first), (first, second)):
        if day.isdigit() and year.isdigit() and len(day) <= 2 and len(year) == 4:  # noqa: PLR2004 - digits
            stated = int(year)
            try:
                return dt.date(stated if stated in YEARS else stated - BUDDHIST, month, int(day))
            except ValueError:
                continue
    return None
