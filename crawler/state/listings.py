"""What is remembered of the listings of a source.

Every function runs in the transaction of the connection it is given.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from crawler.state.rows import Poll
from crawler.state.schema import listings
from crawler.state.texts import as_text, from_text, in_utc, plain, time_of

_AT_LISTING = (
    listings.c.source == bindparam("at_source"),
    listings.c.url == bindparam("at_url"),
)
_UPDATE = update(listings).where(*_AT_LISTING)


def polls(connection: Connection, source: str) -> dict[str, Poll]:
    """Return all listings of a source, by address."""
    found = connection.execute(select(listings).where(listings.c.source == source))
    return {row.url: _poll(row) for row in found}


def keep(connection: Connection, source: str, poll: Poll) -> None:
    """Remember *poll* in the place of what was known of its listing.

    What an index says of a listing, only `keep_children` changes.
    """
    values = _values(poll)
    own = {name: value for name, value in values.items() if name not in {"parent", "stated"}}
    at = {"at_source": source, "at_url": poll.url}
    if not connection.execute(_UPDATE, at | own).rowcount:
        connection.execute(insert(listings), {"source": source, **values})


def keep_children(connection: Connection, source: str, children: Iterable[Poll]) -> bool:
    """Remember what an index says of its sitemaps; return whether any was new."""
    children = list(children)
    known = polls(connection, source) if children else {}
    is_new = False
    for child in children:
        stated = as_text(child.stated)
        if child.url not in known:
            connection.execute(insert(listings), {"source": source, **_values(child)})
            is_new = True
        elif (known[child.url].parent, as_text(known[child.url].stated)) != (child.parent, stated):
            at = {"at_source": source, "at_url": child.url}
            connection.execute(_UPDATE, at | {"parent": child.parent, "stated": stated})
            is_new = True
    return is_new


def _poll(row: Row[Any]) -> Poll:
    return Poll(
        url=row.url,
        kind=row.kind,
        parent=row.parent,
        stated=from_text(row.stated),
        etag=row.etag,
        last_modified=row.last_modified,
        asked=time_of(row.asked),
        read=time_of(row.read),
        changed=time_of(row.changed),
        due=time_of(row.due),
        unchanged=row.unchanged,
        failures=row.failures,
        interval=row.interval_seconds,
        half=row.half_seconds,
        bound=row.bound,
    )


def _values(poll: Poll) -> dict[str, object]:
    return {
        "url": poll.url,
        "kind": poll.kind,
        "parent": poll.parent,
        "stated": as_text(poll.stated),
        "etag": plain(poll.etag),
        "last_modified": plain(poll.last_modified),
        "asked": in_utc(poll.asked),
        "read": in_utc(poll.read),
        "changed": in_utc(poll.changed),
        "due": in_utc(poll.due),
        "unchanged": poll.unchanged,
        "failures": poll.failures,
        "interval_seconds": poll.interval,
        "half_seconds": poll.half,
        "bound": poll.bound,
    }
