"""The links of a source, as listings name them; how they end is in `crawler.state.endings`.

Every function runs in the transaction of the connection it is given.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Table,
    bindparam,
    func,
    insert,
    select,
    update,
)

from crawler.link import Link
from crawler.state.rows import NEW, OUT_OF_RANGE, Asked
from crawler.state.schema import aliases, links
from crawler.state.texts import as_text, in_utc, now, plain
from crawler.state.waiting import (
    UNFINISHED,
    is_due,
    is_settled,
    parts_of,
    want,
    with_validators,
)

LISTED = ("feed", "sitemap")

AT_LINK = (links.c.source == bindparam("at_source"), links.c.url == bindparam("at_url"))
# built once: they run for every page, and building them takes as long as running them
_NOTE = (
    update(links)
    .where(*AT_LINK)
    .values(
        modified=bindparam("modified"), origin=bindparam("origin"), listing=bindparam("listing")
    )
)
_ADD = insert(links)


def discover(
    connection: Connection, source: str, found: Iterable[Link], asked: Asked
) -> tuple[list[Link], bool]:
    """Remember the links of *found*; return those to fetch, in order, and whether any was new.

    A known page that changed by the word of its listing counts as new.
    """
    unique = _unique(found)
    ordered, urls = list(unique.values()), list(unique)
    known = lookup(connection, links, source, urls)
    aliased = lookup(connection, aliases, source, urls)
    fresh = [link for link in ordered if link.url not in known]
    if fresh:
        rows = [new_row(source, link, aliased.get(link.url)) for link in fresh]
        connection.execute(_ADD, rows)
    _note(connection, source, [(link, known[link.url]) for link in ordered if link.url in known])
    changed = {
        link.url for link in ordered if link.url in known and is_due(known[link.url], link, asked)
    }
    if asked.refetch:
        return ordered, bool(fresh or changed)
    finished = {url for url, row in known.items() if is_settled(row, asked)} | set(aliased)
    todo = [
        with_validators(link, known.get(link.url))
        for link in ordered
        if link.url not in finished or link.url in changed
    ]
    was_put_off = {url for url, row in known.items() if row.status == OUT_OF_RANGE}
    want(connection, source, [link for link in todo if link.url in was_put_off])
    return todo, bool(fresh or changed)


def put_off(connection: Connection, source: str, found: Iterable[Link]) -> bool:
    """Remember links that nobody asks for now; return whether any was new."""
    unique = _unique(found)
    known = lookup(connection, links, source, list(unique))
    aliased = lookup(connection, aliases, source, list(unique))
    rows = [
        new_row(source, link, aliased.get(url), status=OUT_OF_RANGE)
        for url, link in unique.items()
        if url not in known
    ]
    if rows:
        connection.execute(_ADD, rows)
    _note(connection, source, [(unique[url], row) for url, row in known.items()])
    return bool(rows)


def known(connection: Connection, source: str) -> int:
    """Count the finished links."""
    query = select(func.count()).where(links.c.source == source, links.c.status.not_in(UNFINISHED))
    return connection.execute(query).scalar_one()


def statuses(connection: Connection, source: str, urls: Sequence[str]) -> dict[str, str]:
    """Return the status of each of *urls* that is known."""
    return {url: row.status for url, row in lookup(connection, links, source, list(urls)).items()}


def _note(connection: Connection, source: str, named: Iterable[tuple[Link, Row[Any]]]) -> None:
    """Enter what a listing says of known links: later changes, and that it lists them at all."""
    changes: list[dict[str, object]] = []
    for link, row in named:
        modified = max(row.modified, in_utc(link.modified))
        is_listed = link.origin in LISTED and row.origin not in LISTED
        if modified != row.modified or is_listed:
            by: Link | Row[Any] = link if is_listed else row
            values = {"modified": modified, "origin": by.origin, "listing": by.listing}
            changes.append({"at_source": source, "at_url": link.url, **values})
    if changes:
        connection.execute(_NOTE, changes)


def _unique(found: Iterable[Link]) -> dict[str, Link]:
    unique: dict[str, Link] = {}
    for link in found:
        unique.setdefault(link.url, link)
    return unique


def lookup(
    connection: Connection, table: Table, source: str, urls: Sequence[str]
) -> dict[str, Row[Any]]:
    """Return the rows of *table* for *urls*, by address."""
    found: dict[str, Row[Any]] = {}
    for part in parts_of(urls):
        query = select(table).where(table.c.source == source, table.c.url.in_(part))
        found |= {row.url: row for row in connection.execute(query)}
    return found


def new_row(
    source: str, link: Link, alias: Row[Any] | None, *, status: str = NEW
) -> dict[str, object]:
    """Return the row of a link that nobody named before, and the article *alias* leads to."""
    return {
        "source": source,
        "url": link.url,
        "origin": link.origin,
        "listing": link.listing,
        "published": as_text(link.published),
        "title": plain(link.title),
        "status": status if alias is None else "moved",
        "reason": "",
        "discovered": now(),
        "finished": "" if alias is None else now(),
        "modified": in_utc(link.modified),
        "fetched": "",
        "etag": "",
        "last_modified": "",
        "article_id": alias.article_id if alias else None,
    }
