"""How an older database becomes a current one, step by step.

A step is written in SQL that SQLite and PostgreSQL both take, or in tables of its own: it must
not change when the tables of `crawler.state.schema` do.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, String, Table
from sqlalchemy import UniqueConstraint as Unique

Upgrade = Callable[[Connection], None]


def add_listings_and_runs(connection: Connection) -> None:
    """Version 2: what is known of listings, what became of crawls, when pages changed."""
    for column in (
        "modified VARCHAR NOT NULL DEFAULT ''",
        "fetched VARCHAR NOT NULL DEFAULT ''",
        "rechecks INTEGER NOT NULL DEFAULT 0",
    ):
        connection.exec_driver_sql(f"ALTER TABLE links ADD COLUMN {column}")
    connection.exec_driver_sql(
        "UPDATE links SET fetched = COALESCE((SELECT MAX(fetches.fetched) FROM fetches WHERE"
        " fetches.source = links.source AND fetches.link = links.url), finished)"
        " WHERE finished <> ''"
    )
    made = MetaData(naming_convention={"pk": "pk_%(table_name)s"})
    _listings(made)
    _runs(made)
    made.create_all(connection)


def add_validators_of_pages(connection: Connection) -> None:
    """Version 3: what a server is asked with whether a page has changed."""
    for name in ("etag", "last_modified"):
        connection.exec_driver_sql(
            f"ALTER TABLE links ADD COLUMN {name} VARCHAR NOT NULL DEFAULT ''"
        )


def _listings(made: MetaData) -> None:
    names = ("source", "url", "kind", "parent", "stated", "etag", "last_modified")
    times = ("asked", "read", "changed", "due")
    Table(
        "listings",
        made,
        Column("id", Integer, primary_key=True),
        *(Column(name, String, nullable=False) for name in (*names, *times)),
        *(
            Column(name, Integer, nullable=False)
            for name in ("unchanged", "failures", "interval_seconds", "half_seconds", "bound")
        ),
        Unique("source", "url", name="uq_listings_source_url"),
    )


def _runs(made: MetaData) -> None:
    numbers = ("new", "changed", "unchanged", "known", "refused", "failed", "bytes")
    Table(
        "runs",
        made,
        Column("id", Integer, primary_key=True),
        *(Column(name, String, nullable=False) for name in ("source", "spider", "began", "ended")),
        Column("exit_code", Integer),
        Column("ending", String, nullable=False),
        *(Column(name, BigInteger, nullable=False) for name in numbers),
        Index("ix_runs_source_began", "source", "began"),
    )


UPGRADES: Mapping[int, Upgrade] = {2: add_listings_and_runs, 3: add_validators_of_pages}
"""From the version before to the key's; a step never changes once it is released."""
