"""The Scrapy item: one fetched page and what cleaning made of it."""

import datetime as dt
from dataclasses import dataclass, field

from cleaners.article import Article
from cleaners.errors import CleaningError
from crawler.link import Link
from crawler.packed import Packed
from crawler.state import ArchivedFetch
from crawler.validators import NO_VALIDATORS, Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One response, whole, with its article or the reason why there is none."""

    url: str
    """Address of the response, after redirects."""

    requested_url: str
    """Address of the first request, before redirects."""

    fetched: dt.datetime
    """Aware, in UTC: when the response arrived."""

    status: int
    headers: tuple[tuple[str, str], ...]
    """As received, in order; a name may stand more than once."""

    body: bytes = field(repr=False)
    """Decoded from any content encoding, not from its charset."""

    packed: Packed | None = None
    """The body as it came, for the archive; None where it came plain."""

    link: Link
    """What led here; the state knows the page by `Link.url`."""

    source: str
    """Name of the publisher whose crawl this is."""

    outcome: Article | CleaningError

    further: "tuple[Fetch, ...]" = ()
    """The other pages of an article on several, in the order they came; the outcome is of all."""

    archived: tuple[ArchivedFetch, ...] = ()
    """Where its pages lie in the archive; the state is told together with what they bring."""

    @property
    def validators(self) -> Validators:
        """Of the page; none for an article on several, of which any may change or be missing."""
        is_part = isinstance(self.outcome, Article) and self.outcome.incomplete
        return NO_VALIDATORS if self.further or is_part else Validators.among(self.headers)

    def __str__(self) -> str:
        return self.url  # Scrapy logs every item: an address reads better than a page
