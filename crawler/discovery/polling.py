"""When a listing is asked, with what, and what is remembered of the answer."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median_low
from typing import Self

from scrapy.settings import BaseSettings

from cleaners.article import Moment
from crawler.discovery.addresses import month_in
from crawler.discovery.listing import Entry, Listing
from crawler.discovery.moments import instant
from crawler.errors import SettingError
from crawler.link import Link
from crawler.state import Poll
from crawler.validators import Validators

POLLED = frozenset({"feed", "sitemap", "section"})
"""Kinds that are remembered; a home page and a robots.txt are asked anew in every crawl."""

CLOCK_SLACK = dt.timedelta(hours=1)  # between our clock and that of a site
DAY_SLACK = dt.timedelta(days=1)  # a day without a time may be one of any zone
DUE_SLACK = 0.1  # of the interval: a schedule of the same interval is never quite on time
CHOICES = ("", "always", "adaptive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often listings are asked."""

    floor: int = 900
    """Seconds."""

    cap: int = 21_600
    """Seconds."""

    whole: dt.timedelta = dt.timedelta(days=7)
    """After which a listing is read whole, whatever the server or an index says of it."""

    is_adaptive: bool = False
    """Whether those that are not due are left out."""

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Take it from the settings.

        Raises:
            SettingError: ``POLL`` is none of the words it may be.
        """
        if settings["POLL"] not in CHOICES:
            raise SettingError(f"POLL: not one of always, adaptive: {settings['POLL']}")
        return cls(
            floor=settings.getint("POLL_MIN"),
            cap=settings.getint("POLL_MAX"),
            whole=dt.timedelta(days=settings.getfloat("POLL_WHOLE_DAYS")),
            is_adaptive=settings["POLL"] == "adaptive",
        )

    def following(self, poll: Poll, now: dt.datetime, *, is_new: bool) -> Poll:
        """Return *poll* as it is after an answer."""
        ceiling = max(self.floor, min(self.cap, poll.half or self.cap))
        wished = poll.interval // 2 if is_new else poll.interval * 2
        interval = max(self.floor, min(wished, ceiling))
        return replace(
            poll,
            asked=now,
            changed=now if is_new else poll.changed,
            unchanged=0 if is_new else poll.unchanged + 1,
            failures=0,
            interval=interval,
            due=now + dt.timedelta(seconds=interval),
        )

    def failing(self, poll: Poll, now: dt.datetime) -> Poll:
        """Return *poll* as it is after it did not come: asked again as soon as is allowed."""
        due = now + dt.timedelta(seconds=self.floor)
        return replace(poll, asked=now, failures=poll.failures + 1, due=due)


class Polls:
    """The listings of one source, as earlier crawls and this one left them."""

    def __init__(self, known: Mapping[str, Poll], rhythm: Rhythm, *, limit: int) -> None:
        """Take what is *known*; *limit* is how many links of a listing this crawl reads."""
        self._known = dict(known)
        self._rhythm = rhythm
        self._limit = limit

    def of(self, listing: Listing) -> Poll:
        """Return what is remembered of *listing*."""
        return self._known.get(listing.url) or Poll(url=listing.url, kind=listing.kind)

    def headers(self, listing: Listing, now: dt.datetime) -> dict[str, bytes]:
        """Return the headers that ask for *listing* only if it changed; none: ask for it whole."""
        poll = self.of(listing)
        is_short = poll.bound and poll.bound < self._limit
        if listing.kind not in POLLED or poll.kind != listing.kind or is_short:
            return {}
        if self._is_stale(poll, now):
            return {}
        return Validators(poll.etag, poll.last_modified).headers()

    def is_settled(self, listing: Listing, now: dt.datetime) -> bool:
        """Whether *listing* cannot have changed since it was read, by the word of its index.

        The usual places that a site does not have are settled, too, once any other listing of it
        is known.
        """
        poll = self.of(listing)
        if listing.guess and poll.failures and poll.read is None and poll.asked is not None:
            is_known = any(other.read for other in self._known.values())
            return is_known and now - poll.asked < self._rhythm.whole
        if listing.modified is None or poll.failures or poll.asked is None:
            return False
        if poll.stated != listing.modified:  # whatever our clock says
            return False
        is_day = not isinstance(listing.modified, dt.datetime)
        slack = DAY_SLACK if is_day else CLOCK_SLACK
        is_older = instant(listing.modified) + slack.total_seconds() < poll.asked.timestamp()
        return is_older and not self._is_stale(poll, now)

    def is_due(self, listing: Listing, now: dt.datetime) -> bool:
        """Whether *listing* is to be asked, as far as it is a matter of time."""
        poll = self.of(listing)
        is_said_to_change = listing.modified is not None
        if not self._rhythm.is_adaptive or is_said_to_change:
            return True
        if poll.due is None or poll.asked is None or poll.asked > now:  # a clock was set back
            return True
        return now >= poll.due - dt.timedelta(seconds=poll.interval * DUE_SLACK)

    def children(self, listing: Listing) -> list[Entry]:
        """Return the sitemaps that an index named when it was last read."""
        found = (poll for poll in self._known.values() if poll.parent == listing.url)
        return [
            Entry(Link(poll.url, origin="sitemap"), poll.stated or month_in(poll.url))
            for poll in found
        ]

    def _is_stale(self, poll: Poll, now: dt.datetime) -> bool:
        return poll.read is None or not poll.read <= now < poll.read + self._rhythm.whole


def stated(entry: Entry) -> Moment | None:
    """Return the last change that an index states of a sitemap, not one read out of its address."""
    return None if entry.modified == month_in(entry.link.url) else entry.modified


def half(entries: tuple[Entry, ...]) -> int:
    """Return the seconds in which the newer half of *entries* came; 0 where too few have a date.

    A few old entries, pinned or forgotten, do not matter.
    """
    moments = [entry.newest() for entry in entries if entry.newest() > float("-inf")]
    return int(max(moments) - median_low(moments)) if len(moments) > 1 else 0
