"""The articles of a source, their other addresses, and their pages in the archive.

Every function runs in the transaction of the connection it is given.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from crawler.state.rows import Archived, ArchivedFetch, Stored
from crawler.state.schema import BANDS, aliases, articles, fetches

BITS = 64  # of a fingerprint
BAND_BITS = BITS // BANDS
BATCH = 1_000  # rows in one answer: a transaction must not last as long as an archive is read


def place(connection: Connection, article: Stored) -> Stored:
    """Remember where a new article will lie, before its file is written, and give it its id."""
    query = insert(articles).values(_values(article)).returning(articles.c.id)
    return dataclasses.replace(article, id=connection.execute(query).scalar_one())


def save(connection: Connection, article: Stored, urls: Iterable[str]) -> None:
    """Enter what is known of an article, and the addresses that lead to it.

    An address that leads to another article already stays with that one.
    """
    at_article = articles.c.id == article.id
    connection.execute(update(articles).where(at_article).values(_values(article)))
    for url in dict.fromkeys(urls):
        at_alias = (aliases.c.source == article.source, aliases.c.url == url)
        if connection.execute(select(aliases.c.id).where(*at_alias)).first() is None:
            row = {"source": article.source, "url": url, "article_id": article.id}
            connection.execute(insert(aliases).values(row))


def by_canonical(connection: Connection, source: str, canonical: str) -> Stored | None:
    """Return the article with this identity; None where there is none."""
    at_article = (articles.c.source == source, articles.c.canonical == canonical)
    row = connection.execute(select(articles).where(*at_article)).one_or_none()
    return None if row is None else _stored(row)


def by_alias(connection: Connection, source: str, urls: Iterable[str]) -> list[Stored]:
    """Return the articles that one of *urls* leads to, the oldest first."""
    query = (
        select(articles)
        .join(aliases, aliases.c.article_id == articles.c.id)
        .where(aliases.c.source == source, aliases.c.url.in_(list(urls)))
        .distinct()
        .order_by(articles.c.id)
    )
    return [_stored(row) for row in connection.execute(query)]


def alike(connection: Connection, source: str, fingerprint: int) -> list[Stored]:
    """Return the written articles that share a band with *fingerprint*, the oldest first.

    Two fingerprints that differ in fewer bits than there are bands share at least one.
    """
    same = [articles.c[name] == value for name, value in _bands(fingerprint).items()]
    query = (
        select(articles)
        .where(articles.c.source == source, or_(*same), articles.c.digest != "")
        .order_by(articles.c.id)
    )
    return [_stored(row) for row in connection.execute(query)]


def add_fetch(connection: Connection, source: str, fetch: ArchivedFetch) -> None:
    """Remember where a page lies in the archive."""
    row = {
        "source": source,
        "link": fetch.link,
        "url": fetch.url,
        "fetched": fetch.fetched.isoformat(),
        "status": fetch.status,
        **dataclasses.asdict(fetch.place),
    }
    connection.execute(insert(fetches).values(row))


def archived(connection: Connection, source: str, *, after: int) -> list[tuple[int, ArchivedFetch]]:
    """Return the next pages of a source with their row numbers, in the order of the fetches."""
    query = (
        select(fetches)
        .where(fetches.c.source == source, fetches.c.id > after)
        .order_by(fetches.c.id)
        .limit(BATCH)
    )
    return [(row.id, _archived(row)) for row in connection.execute(query)]


def _archived(row: Row[Any]) -> ArchivedFetch:
    return ArchivedFetch(
        link=row.link,
        url=row.url,
        fetched=dt.datetime.fromisoformat(row.fetched),
        status=row.status,
        place=Archived(file=row.file, offset=row.offset, length=row.length, digest=row.digest),
    )


def _values(article: Stored) -> dict[str, object]:
    values: dict[str, object] = dataclasses.asdict(article)
    del values["id"]
    return values | {"fingerprint": _signed(article.fingerprint)} | _bands(article.fingerprint)


def _bands(fingerprint: int) -> dict[str, int]:
    mask = (1 << BAND_BITS) - 1
    return {f"band{n}": fingerprint >> (n * BAND_BITS) & mask for n in range(BANDS)}


def _signed(fingerprint: int) -> int:
    return fingerprint - (1 << BITS) if fingerprint >> (BITS - 1) else fingerprint


def _stored(row: Row[Any]) -> Stored:
    return Stored(
        id=row.id,
        source=row.source,
        canonical=row.canonical,
        url=row.url,
        path=row.path,
        digest=row.digest,
        fingerprint=row.fingerprint % (1 << BITS),
        words=row.words,
        versions=row.versions,
    )
