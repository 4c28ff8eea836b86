"""What cleaning the archive again asks of the state, and changes in it.

Every function runs in the transaction of the connection it is given.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, select, update

from crawler.link import Link
from crawler.record import read_moment
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
class NewArticle:
    """An article by today's rules; its id is 0 where the state has none yet."""

    stored: Stored
    aliases: tuple[str, ...]


def articles_of(connection: Connection, source: str) -> dict[int, Stored]:
    """Return the articles by id, the oldest first, also those whose file was never finished."""
    query = select(articles).where(articles.c.source == source).order_by(articles.c.id)
    return {row.id: stored_row(row) for row in connection.execute(query)}


def aliases_of(connection: Connection, source: str, ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the addresses that lead to each of some articles."""
    found: dict[int, list[str]] = {number: [] for number in ids}
    query = select(aliases).where(aliases.c.source == source).order_by(aliases.c.id)
    for row in connection.execute(query):
        if row.article_id in found:
            found[row.article_id].append(row.url)
    return found


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


def apply(
    connection: Connection,
    source: str,
    *,
    gone: Iterable[int],
    changed: Iterable[NewArticle],
    ends: Iterable[NewEnd],
) -> None:
    """Enter what the archive holds by today's rules, all in one transaction."""
    for number in gone:
        connection.execute(delete(aliases).where(aliases.c.article_id == number))
        at = links.c.article_id == number
        connection.execute(update(links).where(at).values(article_id=None))
        connection.execute(delete(articles).where(articles.c.id == number))
    known = list(changed)
    for one in known:
        if one.stored.id:  # two articles may have changed places
            at = articles.c.id == one.stored.id
            connection.execute(
                update(articles).where(at).values(canonical=f"rebuilt:{one.stored.id}")
            )
    for one in known:
        stored = one.stored if one.stored.id else place(connection, replace(one.stored, digest=""))
        save(connection, replace(one.stored, id=stored.id), one.aliases)
    _end(connection, source, ends)


def _end(connection: Connection, source: str, ends: Iterable[NewEnd]) -> None:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for end in ends:
        values: Mapping[str, object] = {
            "status": end.ending,
            "reason": end.reason,
            "finished": now,
            "article_id": _number(connection, source, end.canonical),
        }
        at = (links.c.source == source, links.c.url == end.url)
        connection.execute(update(links).where(*at).values(values))


def _number(connection: Connection, source: str, canonical: str) -> int | None:
    if not canonical:
        return None
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
