"""What the rows of the state come to, site by site; nothing of it is stored.

Every function runs in the transaction of the connection it is given.
"""

import datetime as dt
from collections import Counter
from statistics import median

from sqlalchemy import Connection, func, select, union

from crawler.state.links import LISTED
from crawler.state.rows import NEW, OUT_OF_RANGE
from crawler.state.runs import last_success
from crawler.state.schema import articles, links, runs
from crawler.state.tallies import Completeness, Figures

WEEKS = dt.timedelta(days=28)  # that the median a day looks back


def sources(connection: Connection) -> list[str]:
    """Return the sites that the state knows, by name."""
    found = connection.scalars(union(select(links.c.source), select(runs.c.source)))
    return sorted(found)


def completeness(connection: Connection, source: str, since: dt.date | None) -> Completeness:
    """Tell what became of the links that feeds and sitemaps first named on *since* or later."""
    bound = since.isoformat() if since else ""
    query = (
        select(links.c.status, links.c.reason, func.count())
        .where(links.c.source == source, links.c.origin.in_(LISTED), links.c.discovered >= bound)
        .group_by(links.c.status, links.c.reason)
    )
    total: Counter[str] = Counter()
    why: dict[str, Counter[str]] = {"refused": Counter(), "failed": Counter()}
    for status, reason, number in connection.execute(query):
        total[status] += number
        if status in why:
            why[status][reason.partition(":")[0]] += number
    return Completeness(
        listed=total.total(),
        written=total["written"],
        elsewhere=total["duplicate"] + total["moved"],
        refused=dict(why["refused"]),
        failed=dict(why["failed"]),
        pending=total[NEW],
        out_of_range=total[OUT_OF_RANGE],
    )


def figures(connection: Connection, source: str, today: dt.date) -> Figures:
    """Return the figures of a site."""
    is_written = (articles.c.source == source, articles.c.digest != "")
    number = connection.execute(select(func.count()).where(*is_written)).scalar_one()
    middle = select(articles.c.words).where(*is_written).order_by(articles.c.words)
    words = connection.execute(middle.offset(number // 2).limit(1)).scalar_one_or_none()
    return Figures(
        last_success=last_success(connection, source),
        articles=number,
        median_a_day=_median_a_day(connection, source, today),
        share_refused=_share_refused(connection, source),
        median_words=words or 0,
    )


def _median_a_day(connection: Connection, source: str, today: dt.date) -> float:
    """Return the median of the days before *today*, from the first that has an article on."""
    day = func.substr(links.c.published, 1, 10)
    first = (today - WEEKS).isoformat()
    query = (
        select(day, func.count())
        .where(
            links.c.source == source,
            links.c.status == "written",
            links.c.published >= first,
            links.c.published < today.isoformat(),
        )
        .group_by(day)
    )
    a_day: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    if not a_day:
        return 0.0
    days = (today - dt.date.fromisoformat(min(a_day))).days
    return float(median([*a_day.values(), *([0] * (days - len(a_day)))]))


def _share_refused(connection: Connection, source: str) -> float:
    query = (
        select(links.c.status, func.count())
        .where(links.c.source == source, links.c.fetched != "")
        .group_by(links.c.status)
    )
    ends: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
    came = sum(number for status, number in ends.items() if status != "failed")
    return ends.get("refused", 0) / came if came else 0.0
