"""The articles of a source, their other addresses, and their pages in the archive.

Every function runs in the transaction of the connection it is given.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, union, update

from crawler.state.rows import Archived, ArchivedFetch, Stored
from crawler.state.schema import BANDS, aliases, articles, fetches

BITS = 64  # of a fingerprint
BAND_BITS = BITS // BANDS
BATCH = 1_000  # rows in one answer: a transaction must not last as long as an archive is read

# built once: they run for every page, and building them takes as long as running them
_PLACE = insert(articles).returning(articles.c.id, sort_by_parameter_order=True)
_SAVE = update(articles).where(articles.c.id == bindparam("at"))
_ALIASES = select(aliases.c.url).where(
    aliases.c.source == bindparam("source"), aliases.c.url.in_(bindparam("urls", expanding=True))
)
_BY_CANONICAL = select(articles).where(
    articles.c.source == bindparam("source"),
    articles.c.canonical.in_(bindparam("canonicals", expanding=True)),
)
_BY_ALIAS = (
    select(articles, aliases.c.url.label("alias"))
    .join(aliases, aliases.c.article_id == articles.c.id)
    .where(
        aliases.c.source == bindparam("source"),
        aliases.c.url.in_(bindparam("urls", expanding=True)),
    )
    .order_by(articles.c.id)
)
# a union: SQLite would take one index for a condition with OR, and read all articles of the source
_SAME_BAND = union(
    *(
        select(articles.c.id).where(
            articles.c.source == bindparam("source"),
            articles.c[f"band{n}"].in_(bindparam(f"band{n}", expanding=True)),
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
_ADD_ALIASES = insert(aliases)
_COLUMNS = tuple(field.name for field in dataclasses.fields(Stored) if field.name != "id")
_PLACE_COLUMNS = tuple(field.name for field in dataclasses.fields(Archived))


def place(connection: Connection, new: Sequence[Stored]) -> list[Stored]:
    """Remember where new articles will lie, before their files are written, and give them ids."""
    if not new:
        return []
    numbers = connection.scalars(_PLACE, [_values(article) for article in new])
    return [dataclasses.replace(one, id=number) for one, number in zip(new, numbers, strict=True)]


def save(
    connection: Connection, source: str, found: Sequence[tuple[Stored, Iterable[str]]]
) -> None:
    """Enter what is known of articles of *source*, and the addresses that lead to each.

    An address that leads to another article already stays with that one.
    """
    connection.execute(_SAVE, [{"at": article.id, **_values(article)} for article, _ in found])
    given: dict[str, int] = {}
    for article, urls in found:
        for url in urls:
            given.setdefault(url, article.id)
    known = set(connection.scalars(_ALIASES, {"source": source, "urls": list(given)}))
    rows = [
        {"source": source, "url": url, "article_id": number}
        for url, number in given.items()
        if url not in known
    ]
    if rows:
        connection.execute(_ADD_ALIASES, rows)


def by_canonical(
    connection: Connection, source: str, canonicals: Iterable[str]
) -> dict[str, Stored]:
    """Return the articles with these identities, by identity."""
    found = connection.execute(_BY_CANONICAL, {"source": source, "canonicals": list(canonicals)})
    return {row.canonical: stored_row(row) for row in found}


def by_alias(connection: Connection, source: str, urls: Iterable[str]) -> list[tuple[str, Stored]]:
    """Return the addresses that lead to articles with these, the oldest article first."""
    found = connection.execute(_BY_ALIAS, {"source": source, "urls": list(urls)})
    return [(row.alias, stored_row(row)) for row in found]


def alike(connection: Connection, source: str, fingerprints: Iterable[int]) -> list[Stored]:
    """Return the written articles that share a band with one of *fingerprints*, the oldest first.

    Two fingerprints that differ in fewer bits than there are bands share at least one.
    """
    bands = [_bands(one) for one in fingerprints]
    given = {f"band{n}": list({one[f"band{n}"] for one in bands}) for n in range(BANDS)}
    found = connection.execute(_ALIKE, {"source": source, **given})
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
            **{name: getattr(fetch.place, name) for name in _PLACE_COLUMNS},
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
    values: dict[str, object] = {name: getattr(article, name) for name in _COLUMNS}
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
