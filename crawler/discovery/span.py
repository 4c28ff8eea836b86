"""The days of publication that a run is asked for."""

import datetime as dt
from dataclasses import dataclass

from cleaners.article import Moment
from crawler.discovery.listing import Entry
from crawler.discovery.moments import day


@dataclass(frozen=True, slots=True)
class Span:
    """Days from *since* to *until*, both included; None is no bound."""

    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, published: Moment | None) -> bool:
        """Whether a page of that date is asked for; one without a date may be."""
        if published is None:
            return True
        found = day(published)
        return not (self.since and found < self.since) and not (self.until and found > self.until)

    def may_hold(self, entry: Entry) -> bool:
        """Whether *entry* may be asked for: what last changed before *since* is older still."""
        if entry.link.published is None and entry.modified is not None and self.since:
            return day(entry.modified) >= self.since
        return self.holds(entry.link.published)
