"""The links of a source: found, failed, finished.

Every function runs in the transaction of the connection it is given.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from cleaners.article import Moment
from crawler.link import Link
from crawler.state.rows import NEW, OUT_OF_RANGE, Asked, Finish
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

MAX_ATTEMPTS = 3  # failed fetches after which a link is given up
CLOCK_SLACK = dt.timedelta(minutes=1)
"""Between our clock and that of a site: what it changes just after we came may bear an earlier
time."""

LISTED = ("feed", "sitemap")

# built once: they run for every page, and building them takes as long as running them
_AT_LINK = (links.c.source == bindparam("at_source"), links.c.url == bindparam("at_url"))
_LINK = select(links).where(*_AT_LINK)
_UPDATE = update(links).where(*_AT_LINK)
_NOTE = _UPDATE.values(
    modified=bindparam("modified"), origin=bindparam("origin"), listing=bindparam("listing")
)
_REOPEN = _UPDATE.values(status=NEW, finished="")
_ADD = insert(links)


def discover(
    connection: Connection, source: str, found: Iterable[Link], asked: Asked
) -> tuple[list[Link], bool]:
    """Remember the links of *found*; return those to fetch, in order, and whether any was new.

    A known page that changed by the word of its listing counts as new.
    """
    unique = _unique(found)
    ordered, urls = list(unique.values()), list(unique)
    known = _lookup(connection, links, source, urls)
    aliased = _lookup(connection, aliases, source, urls)
    fresh = [link for link in ordered if link.url not in known]
    if fresh:
        rows = [_new_row(source, link, aliased.get(link.url)) for link in fresh]
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
    known = _lookup(connection, links, source, list(unique))
    aliased = _lookup(connection, aliases, source, list(unique))
    rows = [
        _new_row(source, link, aliased.get(url), status=OUT_OF_RANGE)
        for url, link in unique.items()
        if url not in known
    ]
    if rows:
        connection.execute(_ADD, rows)
    _note(connection, source, [(unique[url], row) for url, row in known.items()])
    return bool(rows)


def leave(connection: Connection, source: str, url: str, published: Moment) -> None:
    """Note that a page came and is of another day than those asked for."""
    at = {"at_source": source, "at_url": url}
    connection.execute(_UPDATE, at | {"published": as_text(published), "fetched": _came()})
    is_unfinished = links.c.status.in_(UNFINISHED)
    connection.execute(_UPDATE.where(is_unfinished), at | {"status": OUT_OF_RANGE})


def known(connection: Connection, source: str) -> int:
    """Count the finished links."""
    query = select(func.count()).where(links.c.source == source, links.c.status.not_in(UNFINISHED))
    return connection.execute(query).scalar_one()


def finish(connection: Connection, source: str, ends: Sequence[tuple[str, Finish]]) -> None:
    """Give links their endings, each once; one that nobody discovered is entered with it.

    A refusal or a failure leaves a link that already has an article as it was.
    """
    rows = _lookup(connection, links, source, [url for url, _ in ends])
    fresh: list[dict[str, object]] = []
    changes: defaultdict[frozenset[str], list[dict[str, object]]] = defaultdict(list)
    for url, end in ends:
        row = rows.get(url)
        values = _ended(row, end)
        if row is None:
            fresh.append(_new_row(source, Link(url, published=end.published), None) | values)
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


def statuses(connection: Connection, source: str, urls: Sequence[str]) -> dict[str, str]:
    """Return the status of each of *urls* that is known."""
    return {url: row.status for url, row in _lookup(connection, links, source, list(urls)).items()}


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


def _lookup(
    connection: Connection, table: Table, source: str, urls: Sequence[str]
) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for part in parts_of(urls):
        query = select(table).where(table.c.source == source, table.c.url.in_(part))
        found |= {row.url: row for row in connection.execute(query)}
    return found


def _new_row(
    source: str, link: Link, alias: Row[Any] | None, *, status: str = NEW
) -> dict[str, object]:
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
