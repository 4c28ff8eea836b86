"""What the state tells of crawls and sites."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl."""

    id: int
    source: str
    spider: str
    began: dt.datetime
    ended: dt.datetime | None = None
    """None while it runs, and for ever where it was killed."""

    exit_code: int | None = None
    ending: str = ""
    counts: Mapping[str, int]
    """By the names of the columns: new, changed, unchanged, known, refused, failed, bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """What became of the links that feeds and sitemaps named."""

    listed: int = 0
    written: int = 0
    elsewhere: int = 0
    """Other addresses of known articles, and texts of others."""

    refused: Mapping[str, int]
    """By the class of the error."""

    failed: Mapping[str, int]
    """Given up, by reason."""

    pending: int = 0
    out_of_range: int = 0

    @property
    def share(self) -> float | None:
        """Part of what was asked for that is on disk; None where nothing was."""
        asked = self.listed - self.out_of_range
        return (self.written + self.elsewhere) / asked if asked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the state tells of a site."""

    last_success: dt.datetime | None
    """End of the last crawl with exit code 0; None: there is none."""

    articles: int
    median_a_day: float
    """Articles by their day of publication, over the last weeks."""

    share_refused: float
    """Of the pages that came."""

    median_words: int
