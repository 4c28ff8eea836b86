"""Where the text file of an article lies."""

import datetime as dt
import hashlib
import re
import unicodedata
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from cleaners.article import Article

MAX_NAME = 120  # bytes; encrypted file systems allow 143
MAX_SOURCE = 40  # bytes
VERSION_ROOM = len(".v9999.txt")  # what an older text's name needs after the id
YEARS = range(1800, 2101)  # beyond: a template's empty date, such as 0001-01-01
UNDATED = "undated"
LETTERS = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart into one of ASCII and a mark."""


def article_path(article: Article, identity: str, fetched: dt.datetime | None) -> PurePosixPath:
    """Return the place of an article below ``DATA_DIR``.

    Source and slug hold only ``[a-z0-9-]``, so the four parts of the name split at ``_``.
    The id is taken from *identity*, which keeps articles of one title and day apart.
    """
    day = file_day(article, fetched)
    source = source_name(article.source)
    prefix = f"{day.isoformat() if day else UNDATED}_{source}_"
    suffix = f"_{id_of(identity)}"
    room = MAX_NAME - len(prefix) - len(suffix) - VERSION_ROOM
    name = f"{prefix}{slug(article.title, article.url)[:room].strip('-')}{suffix}.txt"
    folder = f"{day:%Y}/{day:%m}" if day else UNDATED
    return PurePosixPath("articles", source, folder, name)


def id_of(identity: str) -> str:
    """Return the last part of a name, by which it is found."""
    return hashlib.sha256(identity.encode()).hexdigest()[:8]


def version_path(path: PurePosixPath, number: int) -> PurePosixPath:
    """Return the place of the *number*-th older text of the article at *path*."""
    return path.with_suffix(f".v{number}.txt")


def index_path(source: str) -> PurePosixPath:
    """Return the place of a publisher's index below ``DATA_DIR``."""
    return PurePosixPath("articles", source_name(source), "index.jsonl")


def file_day(article: Article, fetched: dt.datetime | None) -> dt.date | None:
    """Return the day an article is filed under; None where nothing gives one.

    The day of publication in the publisher's zone, else the day of the fetch in UTC.
    """
    return published_day(article) or (fetched.date() if fetched else None)


def published_day(article: Article) -> dt.date | None:
    """Return the day of publication; None where the page states none or an impossible one."""
    day = article.published
    if day is None or day.year not in YEARS:
        return None
    return day.date() if isinstance(day, dt.datetime) else day


@lru_cache(1_000)
def source_name(source: str) -> str:
    """Return *source* as a folder's name; what folds to nothing becomes a hash."""
    folded = _fold(source)[:MAX_SOURCE].strip("-")
    return folded or f"site-{hashlib.sha256(source.encode()).hexdigest()[:8]}"


def slug(title: str, url: str) -> str:
    """Return a file name's words: from the title, else from the address, else ``article``.

    A title of which folding to ASCII keeps less than half says nothing, such as the year in
    a Cyrillic one.
    """
    folded = _fold(title)
    if folded and 2 * _letters(folded) >= _letters(title):
        return folded
    return _fold(_last_segment(url)) or "article"


def _fold(text: str) -> str:
    latin = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    ascii_only = latin.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _last_segment(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    last = unquote(path.rstrip("/").rpartition("/")[2])
    return re.sub(r"\.\w{1,5}$", "", last)
