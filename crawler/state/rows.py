"""What the state takes and gives, apart from links."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Ending = Literal["written", "refused", "duplicate", "moved", "failed"]
"""How a link ends: its article is on disk; the page holds none; the text is another page's;
the address is another one of a known article; the page never came."""

NEW = ""
"""Status of a link without an ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article the state knows."""

    id: int
    source: str
    canonical: str
    url: str
    """The address whose later changes count as versions."""

    path: str
    """Place of the text file below ``DATA_DIR``, with slashes; never changes."""

    digest: str = ""
    """SHA-256 of the text, hexadecimal; empty until the file is on disk."""

    fingerprint: int = 0
    words: int = 0
    versions: int = 0
    """Number of older texts kept beside the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The end of a link, and what it says about an article."""

    ending: Ending
    reason: str = ""
    article: Stored | None = None
    """The article written, or the one the page repeats; None for a page without one."""

    aliases: tuple[str, ...] = ()
    """Addresses that lead to `article`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """Where a fetched page lies in the archive."""

    file: str
    """Place of the WARC file below ``DATA_DIR``, with slashes."""

    offset: int
    length: int
    """Bytes of the compressed record."""

    digest: str
    """SHA-256 of the compressed record, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFetch:
    """One page in the archive, as the state remembers it."""

    link: str
    url: str
    fetched: dt.datetime
    status: int
    place: Archived
