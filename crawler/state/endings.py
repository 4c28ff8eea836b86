"""How links end: with an article, without one, by failures, or on another day.

Every function runs in the transaction of the connection it is given.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from cleaners.article import Moment
from crawler.link import Link
from crawler.state.links import AT_LINK, lookup, new_row
from crawler.state.rows import NEW, OUT_OF_RANGE, Finish
from crawler.state.schema import links
from crawler.state.texts import as_text, in_utc, now, plain
from crawler.state.waiting import UNFINISHED

MAX_ATTEMPTS = 3  # failed fetches after which a link is given up
CLOCK_SLACK = dt.timedelta(minutes=1)
"""Between our clock and that of a site: what it changes just after we came may bear an earlier
time."""


# built once: they run for every page, and building them takes as long as running them
_UPDATE = update(links).where(*AT_LINK)
_REOPEN = _UPDATE.values(status=NEW, finished="")
_ADD = insert(links)


def leave(connection: Connection, source: str, url: str, published: Moment) -> None:
    """Note that a page came and is of another day than those asked for."""
    at = {"at_source": source, "at_url": url}
    connection.execute(_UPDATE, at | {"published": as_text(published), "fetched": _came()})
    is_unfinished = links.c.status.in_(UNFINISHED)
    connection.execute(_UPDATE.where(is_unfinished), at | {"status": OUT_OF_RANGE})


def finish(connection: Connection, source: str, ends: Sequence[tuple[str, Finish]]) -> None:
    """Give links their endings, each once; one that nobody discovered is entered with it.

    A refusal or a failure leaves a link that already has an article as it was.
    """
    rows = lookup(connection, links, source, [url for url, _ in ends])
    fresh: list[dict[str, object]] = []
    changes: defaultdict[frozenset[str], list[dict[str, object]]] = defaultdict(list)
    for url, end in ends:
        row = rows.get(url)
        values = _ended(row, end)
        if row is None:
            fresh.append(new_row(source, Link(url, published=end.published), None) | values)
        else:
            learned = values | _learned(row, end)
            changes[frozenset(learned)].append({"at_source": source, "at_url": url, **learned})
    if fresh:
        connection.execute(_ADD, fresh)
    for alike in changes.values():
        connection.execute(_UPDATE, alike)


def _ended(row: Row[Any] | None, end: Finish) -> dict[str, object]:
    values: dict[str, object] = {"fetched": _came(end.fetched)}
    if end.article is not None or row is None or row.article_id is None:
        values |= {"status": end.ending, "reason": plain(end.reason), "finished": now()}
    elif row.status == NEW:  # its article was about to change when a crash came
        values |= {"status": "written", "finished": now()}
    if end.article is not None:
        values["article_id"] = end.article.id
        values["etag"] = plain(end.validators.etag)
        values["last_modified"] = plain(end.validators.last_modified)
    return values


def _came(moment: dt.datetime | None = None) -> str:
    """Return since when a change of a page that came at *moment*, or just now, is worth a look."""
    return in_utc((moment or dt.datetime.now(dt.UTC)) - CLOCK_SLACK)


def reopen(connection: Connection, source: str, urls: Sequence[str]) -> None:
    """Take the endings of links back; their articles stay with them."""
    if urls:
        connection.execute(_REOPEN, [{"at_source": source, "at_url": url} for url in urls])


def _learned(row: Row[Any], end: Finish) -> dict[str, object]:
    """Return what the page says of a link, and of the word of the listings about it."""
    is_new = end.ending == "written" and not end.is_same
    was_said_to_change = bool(row.fetched) and row.modified > in_utc(
        dt.datetime.fromisoformat(row.fetched) + CLOCK_SLACK
    )
    return {
        "published": row.published or as_text(end.published),
        "rechecks": 0 if is_new else row.rechecks + was_said_to_change,
        # a page that is given up keeps its failures, one that has an article begins anew
        "attempts": row.attempts if end.ending == "failed" and row.article_id is None else 0,
    }


def count_failure(connection: Connection, source: str, url: str, reason: str) -> int:
    """Count a failed fetch of a link that is waited for and return how many there are by now."""
    at_link = (
        links.c.source == source,
        links.c.url == url,
        or_(links.c.status.in_(UNFINISHED), links.c.modified > links.c.fetched),
    )
    connection.execute(
        update(links).where(*at_link).values(attempts=links.c.attempts + 1, reason=plain(reason))
    )
    return connection.execute(select(links.c.attempts).where(*at_link)).scalar_one_or_none() or 0


def attempts(connection: Connection, source: str, url: str) -> int:
    """Return how often a link has failed."""
    at_link = (links.c.source == source, links.c.url == url)
    query = select(links.c.attempts).where(*at_link)
    return connection.execute(query).scalar_one_or_none() or 0
