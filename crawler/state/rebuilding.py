"""What cleaning the archive again asks of the state, and changes in it.

Every function runs in the transaction of the connection it is given.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, insert, select, update

from crawler.link import Link, read_moment
from crawler.state.articles import place, save, stored_row
from crawler.state.rows import Ending, Stored
from crawler.state.schema import aliases, articles, fetches, links


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEnd:
    """How a link ended."""

    status: str
    reason: str
    article: int | None
    """Its id; None for a link without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnd:
    """How a link ends by today's rules."""

    url: str
    ending: Ending
    reason: str
    canonical: str
    """The identity of its article; empty for a link without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What is to be entered in the state."""

    gone: tuple[int, ...]
    """Ids of articles that are none any more."""

    changed: tuple[Stored, ...]
    """Articles by today's rules; the id is 0 where the state has none yet."""

    ends: tuple[NewEnd, ...]
    aliases: Mapping[str, str]
    """Addresses that lead elsewhere now, with the identity of the article there."""


def articles_of(connection: Connection, source: str) -> dict[int, Stored]:
    """Return the articles by id, the oldest first, also those whose file was never finished."""
    query = select(articles).where(articles.c.source == source).order_by(articles.c.id)
    return {row.id: stored_row(row) for row in connection.execute(query)}


def aliases_of(connection: Connection, source: str) -> dict[str, int]:
    """Return the id of the article that each address leads to, the oldest address first."""
    query = select(aliases).where(aliases.c.source == source).order_by(aliases.c.id)
    return {row.url: row.article_id for row in connection.execute(query)}


def links_of(connection: Connection, source: str) -> dict[str, LinkEnd]:
    """Return how each link with a page in the archive ended."""
    has_page = select(fetches.c.link).where(fetches.c.source == source)
    query = select(links).where(links.c.source == source, links.c.url.in_(has_page))
    return {
        row.url: LinkEnd(status=row.status, reason=row.reason, article=row.article_id)
        for row in connection.execute(query)
    }


def fetched_links(connection: Connection, source: str, since: dt.date | None) -> frozenset[str]:
    """Return the links of which a page was fetched on that day or later, in UTC."""
    query = select(fetches.c.link).where(fetches.c.source == source).distinct()
    if since is not None:
        query = query.where(fetches.c.fetched >= since.isoformat())
    return frozenset(connection.scalars(query))


def number_of_fetches(connection: Connection, source: str) -> int:
    """Return how many pages of a source are in the archive."""
    query = select(func.count()).where(fetches.c.source == source)
    return connection.execute(query).scalar_one()


def fetch_times(connection: Connection, source: str, link: str) -> frozenset[str]:
    """Return when the pages of a link were fetched, ISO 8601."""
    query = select(fetches.c.fetched).where(fetches.c.source == source, fetches.c.link == link)
    return frozenset(connection.scalars(query))


def apply(connection: Connection, source: str, renewal: Renewal) -> None:
    """Enter what the archive holds by today's rules, all in one transaction."""
    for number in renewal.gone:
        connection.execute(delete(aliases).where(aliases.c.article_id == number))
        at = links.c.article_id == number
        connection.execute(update(links).where(at).values(article_id=None))
        connection.execute(delete(articles).where(articles.c.id == number))
    for stored in renewal.changed:
        if stored.id:  # two articles may have changed places
            at = articles.c.id == stored.id
            connection.execute(update(articles).where(at).values(canonical=f"rebuilt:{stored.id}"))
    for stored in renewal.changed:
        number = stored.id or place(connection, [replace(stored, digest="")])[0].id
        save(connection, source, [(replace(stored, id=number), ())])
    _lead(connection, source, renewal.aliases)
    _end(connection, source, renewal.ends)


def _lead(connection: Connection, source: str, led: Mapping[str, str]) -> None:
    for url, canonical in led.items():
        number = _number(connection, source, canonical)
        connection.execute(delete(aliases).where(aliases.c.source == source, aliases.c.url == url))
        connection.execute(insert(aliases).values(source=source, url=url, article_id=number))


def _end(connection: Connection, source: str, ends: Iterable[NewEnd]) -> None:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for end in ends:
        number = _number(connection, source, end.canonical) if end.canonical else None
        at = (links.c.source == source, links.c.url == end.url)
        connection.execute(
            update(links)
            .where(*at)
            .values(status=end.ending, reason=end.reason, finished=now, article_id=number)
        )


def _number(connection: Connection, source: str, canonical: str) -> int:
    at = (articles.c.source == source, articles.c.canonical == canonical)
    number: int = connection.execute(select(articles.c.id).where(*at)).scalar_one()
    return number


def link_of(connection: Connection, source: str, url: str) -> Link:
    """Return a link as it was discovered; a bare one where the state does not know it."""
    at = (links.c.source == source, links.c.url == url)
    row = connection.execute(select(links).where(*at)).one_or_none()
    if row is None:
        return Link(url)
    return Link(row.url, read_moment(row.published), row.title, row.origin, row.listing)
