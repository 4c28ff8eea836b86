"""What discovery knows about a page before it is fetched."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cleaners.article import Moment
from crawler.validators import NO_VALIDATORS, Validators

Origin = Literal["feed", "sitemap", "section", "urls"]


@dataclass(frozen=True, slots=True)
class Link:
    """One page that a listing names."""

    url: str
    """Absolute address, as it is to be requested."""

    published: Moment | None = None
    """What the listing says; None where it says nothing."""

    title: str = ""
    """Headline or anchor text in the listing; empty where there is none."""

    origin: Origin = "urls"
    """Kind of the listing; ``urls`` is a list that the user gave."""

    listing: str = ""
    """Address of the listing; empty for a page that the user named."""

    modified: Moment | None = None
    """Last change that the listing states; None where it states none."""

    validators: Validators = NO_VALIDATORS
    """Of the page whose article is on disk, where the page is asked for only if it changed."""


def read_moment(text: str) -> Moment | None:
    """Return the time or day that ISO 8601 *text* states; None for an empty one."""
    if not text:
        return None
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
