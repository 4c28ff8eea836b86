"""The links of a source: found, waiting, finished.

Every function runs in the transaction of the connection it is given.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, func, insert, select, update

from cleaners.article import Moment
from crawler.link import Link
from crawler.state.rows import NEW, Finish
from crawler.state.schema import aliases, links

MAX_ATTEMPTS = 3  # failed fetches after which a link is given up
MAX_PARAMETERS = 500  # addresses in one query; databases limit the number of parameters

# built once: they run for every page, and building them takes as long as running them
_AT_LINK = (links.c.source == bindparam("at_source"), links.c.url == bindparam("at_url"))
_END_OF = select(links.c.article_id, links.c.status).where(*_AT_LINK)
_FINISH = update(links).where(*_AT_LINK)
_REOPEN = _FINISH.values(status=NEW, finished="")


def discover(
    connection: Connection, source: str, found: Iterable[Link], *, refetch: bool
) -> list[Link]:
    """Remember the links of *found* and return those to fetch, in the order given."""
    unique: dict[str, Link] = {}
    for link in found:
        unique.setdefault(link.url, link)
    ordered, urls = list(unique.values()), list(unique)
    known = _lookup(connection, links, source, urls)
    aliased = _lookup(connection, aliases, source, urls)
    fresh = [link for link in ordered if link.url not in known]
    if fresh:
        rows = [_new_row(source, link, aliased.get(link.url)) for link in fresh]
        connection.execute(insert(links), rows)
    if refetch:
        return ordered
    finished = {url for url, row in known.items() if row.status != NEW} | set(aliased)
    return [link for link in ordered if link.url not in finished]


def pending(connection: Connection, source: str) -> list[Link]:
    """Return the unfinished links, the newest first, those without a date last."""
    query = (
        select(links)
        .where(links.c.source == source, links.c.status == NEW)
        .order_by(links.c.published.desc(), links.c.id)
    )
    return [
        Link(row.url, _moment(row.published), row.title, row.origin, row.listing)
        for row in connection.execute(query)
    ]


def known(connection: Connection, source: str) -> int:
    """Count the finished links."""
    query = select(func.count()).where(links.c.source == source, links.c.status != NEW)
    return connection.execute(query).scalar_one()


def finish(connection: Connection, source: str, url: str, end: Finish) -> None:
    """Give a link its ending; a link that nobody discovered is entered with it.

    A refusal or a failure leaves a link that already has an article as it was.
    """
    at = {"at_source": source, "at_url": url}
    values: dict[str, object] = {"status": end.ending, "reason": end.reason, "finished": _now()}
    if end.article is not None:
        values["article_id"] = end.article.id
    row = connection.execute(_END_OF, at).one_or_none()
    if row is None:
        new = _new_row(source, Link(url), None)
        connection.execute(insert(links).values(new | values))
    elif end.article is not None or row.article_id is None:
        connection.execute(_FINISH, at | values)
    elif row.status == NEW:  # its article was about to change when a crash came
        connection.execute(_FINISH, at | {"status": "written", "finished": _now()})


def reopen(connection: Connection, source: str, url: str) -> None:
    """Take a link's ending back; its article stays with it."""
    connection.execute(_REOPEN, {"at_source": source, "at_url": url})


def count_failure(connection: Connection, source: str, url: str, reason: str) -> int:
    """Count a failed fetch of an unfinished link and return how many there are by now."""
    at_link = (links.c.source == source, links.c.url == url, links.c.status == NEW)
    connection.execute(
        update(links).where(*at_link).values(attempts=links.c.attempts + 1, reason=reason)
    )
    return connection.execute(select(links.c.attempts).where(*at_link)).scalar_one_or_none() or 0


def attempts(connection: Connection, source: str, url: str) -> int:
    """Return how often a link has failed."""
    at_link = (links.c.source == source, links.c.url == url)
    query = select(links.c.attempts).where(*at_link)
    return connection.execute(query).scalar_one_or_none() or 0


def _lookup(
    connection: Connection, table: Table, source: str, urls: Sequence[str]
) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for part in _parts(urls):
        query = select(table).where(table.c.source == source, table.c.url.in_(part))
        found |= {row.url: row for row in connection.execute(query)}
    return found


def _parts(urls: Sequence[str]) -> Iterator[Sequence[str]]:
    return (urls[at : at + MAX_PARAMETERS] for at in range(0, len(urls), MAX_PARAMETERS))


def _new_row(source: str, link: Link, alias: Row[Any] | None) -> dict[str, object]:
    return {
        "source": source,
        "url": link.url,
        "origin": link.origin,
        "listing": link.listing,
        "published": link.published.isoformat() if link.published else "",
        "title": link.title,
        "status": NEW if alias is None else "moved",
        "reason": "",
        "discovered": _now(),
        "finished": "" if alias is None else _now(),
        "article_id": alias.article_id if alias else None,
    }


def _moment(text: str) -> Moment | None:
    if not text:
        return None
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
