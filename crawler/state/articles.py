"""The articles of a source, their other addresses, and their pages in the archive.

Every function runs in the transaction of the connection it is given.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, union, update

from crawler.state.rows import Archived, ArchivedFetch, Stored
from crawler.state.schema import BANDS, aliases, articles, fetches

BITS = 64  # of a fingerprint
BAND_BITS = BITS // BANDS
BATCH = 1_000  # rows in one answer: a transaction must not last as long as an archive is read

# built once: they run for every page, and building them takes as long as running them
_PLACE = insert(articles).returning(articles.c.id)
_SAVE = update(articles).where(articles.c.id == bindparam("at"))
_ALIASES = select(aliases.c.url).where(
    aliases.c.source == bindparam("source"), aliases.c.url.in_(bindparam("urls", expanding=True))
)
_BY_CANONICAL = select(articles).where(
    articles.c.source == bindparam("source"), articles.c.canonical == bindparam("canonical")
)
_BY_ALIAS = (
    select(articles)
    .join(aliases, aliases.c.article_id == articles.c.id)
    .where(
        aliases.c.source == bindparam("source"),
        aliases.c.url.in_(bindparam("urls", expanding=True)),
    )
    .distinct()
    .order_by(articles.c.id)
)
# a union: SQLite would take one index for a condition with OR, and read all articles of the source
_SAME_BAND = union(
    *(
        select(articles.c.id).where(
            articles.c.source == bindparam("source"),
            articles.c[f"band{n}"] == bindparam(f"band{n}"),
        )
        for n in range(BANDS)
    )
)
_ALIKE = (
    select(articles)
    .where(articles.c.id.in_(_SAME_BAND), articles.c.digest != "")
    .order_by(articles.c.id)
)
_ADD_FETCHES = insert(fetches)


def place(connection: Connection, article: Stored) -> Stored:
    """Remember where a new article will lie, before its file is written, and give it its id."""
    number = connection.execute(_PLACE, _values(article)).scalar_one()
    return dataclasses.replace(article, id=number)


def save(connection: Connection, article: Stored, urls: Iterable[str]) -> None:
    """Enter what is known of an article, and the addresses that lead to it.

    An address that leads to another article already stays with that one.
    """
    connection.execute(_SAVE, {"at": article.id, **_values(article)})
    given = list(dict.fromkeys(urls))
    known = set(connection.scalars(_ALIASES, {"source": article.source, "urls": given}))
    rows = [
        {"source": article.source, "url": url, "article_id": article.id}
        for url in given
        if url not in known
    ]
    if rows:
        connection.execute(insert(aliases), rows)


def by_canonical(connection: Connection, source: str, canonical: str) -> Stored | None:
    """Return the article with this identity; None where there is none."""
    row = connection.execute(
        _BY_CANONICAL, {"source": source, "canonical": canonical}
    ).one_or_none()
    return None if row is None else stored_row(row)


def by_alias(connection: Connection, source: str, urls: Iterable[str]) -> list[Stored]:
    """Return the articles that one of *urls* leads to, the oldest first."""
    found = connection.execute(_BY_ALIAS, {"source": source, "urls": list(urls)})
    return [stored_row(row) for row in found]


def alike(connection: Connection, source: str, fingerprint: int) -> list[Stored]:
    """Return the written articles that share a band with *fingerprint*, the oldest first.

    Two fingerprints that differ in fewer bits than there are bands share at least one.
    """
    found = connection.execute(_ALIKE, {"source": source, **_bands(fingerprint)})
    return [stored_row(row) for row in found]


def add_fetches(connection: Connection, source: str, found: Iterable[ArchivedFetch]) -> None:
    """Remember where pages lie in the archive."""
    rows = [
        {
            "source": source,
            "link": fetch.link,
            "url": fetch.url,
            "fetched": fetch.fetched.isoformat(),
            "status": fetch.status,
            **dataclasses.asdict(fetch.place),
        }
        for fetch in found
    ]
    if rows:
        connection.execute(_ADD_FETCHES, rows)


def archived(connection: Connection, source: str, *, after: int) -> list[tuple[int, ArchivedFetch]]:
    """Return the next pages of a source with their row numbers, in the order of the fetches."""
    query = (
        select(fetches)
        .where(fetches.c.source == source, fetches.c.id > after)
        .order_by(fetches.c.id)
        .limit(BATCH)
    )
    return [(row.id, archived_row(row)) for row in connection.execute(query)]


def archived_row(row: Row[Any]) -> ArchivedFetch:
    """Return a row of `fetches` as what it says."""
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


def stored_row(row: Row[Any]) -> Stored:
    """Return a row of `articles` as what it says."""
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
