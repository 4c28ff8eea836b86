"""What the state takes and gives, apart from links."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cleaners.article import Moment
from crawler.link import Link
from crawler.validators import NO_VALIDATORS, Validators

Ending = Literal["written", "refused", "duplicate", "moved", "failed"]
"""How a link ends: its article is on disk; the page holds none; the text is another page's;
the address is another one of a known article; the page never came."""

NEW = ""
"""Status of a link without an ending."""

OUT_OF_RANGE = "out of range"
"""Status of a link without an ending, of other days than those that every crawl asked for."""


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

    fetched: dt.datetime | None = None
    """When the page came, aware; None: just now."""

    published: Moment | None = None
    """What the page says; it counts for a link that its listing gave no date."""

    validators: Validators = NO_VALIDATORS
    """Of the page; they count where there is an article."""

    is_same: bool = False
    """Whether the text is the one on disk: a change that a listing stated was none."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is remembered of one listing; times are aware, None where it never happened."""

    url: str
    kind: str
    parent: str = ""
    """The sitemap index that names it."""

    stated: Moment | None = None
    """Last change that the index states."""

    etag: str = ""
    last_modified: str = ""
    """Both as the server wrote them; empty where it did not."""

    asked: dt.datetime | None = None
    read: dt.datetime | None = None
    """When it last came with a body."""

    changed: dt.datetime | None = None
    """When it last named something new."""

    due: dt.datetime | None = None
    unchanged: int = 0
    """How often in a row it named nothing new."""

    failures: int = 0
    """How often in a row it did not come."""

    interval: int = 0
    """Seconds from one time to the next."""

    half: int = 0
    """Seconds in which the newer half of its entries came, when it last had a body; 0: unknown.
    One that is asked less often than that may lose entries in between."""

    bound: int = 0
    """How many links were read, of a listing that has more; 0: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What one listing names, and what is to be remembered of the listing itself."""

    links: Sequence[Link]
    """Those in the range that the crawl asks for."""

    out_of_range: Sequence[Link] = ()
    children: Sequence[Poll] = ()
    """The sitemaps of an index; of a known one only `Poll.parent` and `Poll.stated` count."""

    if_new: Poll | None = None
    """The listing, where it names something that the state did not know; None: none."""

    if_known: Poll | None = None
    """The listing, where it names nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which links a crawl asks for, besides those that never came."""

    since: dt.date | None = None
    until: dt.date | None = None
    refetch: bool = False
    """All that are named."""

    updates_since: dt.date | None = None
    """First day of publication of the pages that are asked for again when a listing says that
    they changed; None: none are."""
