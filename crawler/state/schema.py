"""The tables of the state, and how an older database becomes a current one.

Times are ISO 8601 text, for SQLite keeps no time zone; an empty text means that nothing is known.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    insert,
    inspect,
    select,
    update,
)

from crawler.state.errors import NewerStateError

VERSION = 1  # of the tables below; raise it together with a step in UPGRADES
BANDS = 4  # parts of a fingerprint of which one must agree: enough for distance BANDS - 1

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

schema = Table("schema", metadata, Column("version", Integer, nullable=False))


def text(name: str) -> Column[str]:
    """Declare a column of text that is empty, never null, where nothing is known."""
    return Column(name, String, nullable=False, default="")


articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    text("source"),
    text("canonical"),  # the identity: see crawler.identity
    text("url"),  # the address whose later changes count as versions
    text("path"),  # below DATA_DIR, with slashes; given once, before the file is written
    text("digest"),  # SHA-256 of the text; empty until the file is on disk
    Column("fingerprint", BigInteger),  # signed, for PostgreSQL has no unsigned integer
    Column("words", Integer, nullable=False, default=0),
    Column("versions", Integer, nullable=False, default=0),  # older texts kept beside the file
    *(Column(f"band{number}", Integer) for number in range(BANDS)),
    UniqueConstraint("source", "canonical"),
)
for number in range(BANDS):
    Index(None, articles.c.source, articles.c[f"band{number}"])

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    text("source"),
    text("url"),
    text("origin"),
    text("listing"),
    text("published"),
    text("title"),
    text("status"),
    text("reason"),
    text("discovered"),
    text("finished"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("article_id", ForeignKey("articles.id")),
    UniqueConstraint("source", "url"),
    Index(None, "source", "status"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("id", Integer, primary_key=True),
    text("source"),
    text("url"),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    UniqueConstraint("source", "url"),
)

fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    text("source"),
    text("link"),  # the link that led here; links.url
    text("url"),  # of the response
    text("fetched"),
    Column("status", Integer, nullable=False),
    text("file"),  # below DATA_DIR, with slashes
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    text("digest"),
    Index(None, "source", "link"),
)

Upgrade = Callable[[Connection], None]
UPGRADES: Mapping[int, Upgrade] = {}
"""From the version before to the key's; a step never changes once it is released."""


def migrate(connection: Connection, upgrades: Mapping[int, Upgrade] = UPGRADES) -> int:
    """Bring the database to the newest version, in the transaction of *connection*.

    Raises:
        NewerStateError: a later release wrote the database.
    """
    newest = max(upgrades, default=VERSION)
    if not inspect(connection).has_table(schema.name):
        metadata.create_all(connection)
        connection.execute(insert(schema).values(version=newest))
        return newest
    version = connection.execute(select(schema.c.version)).scalar_one()
    if version > newest:
        raise NewerStateError(f"the state has version {version}, this release knows {newest}")
    for step in range(version + 1, newest + 1):
        upgrades[step](connection)
    connection.execute(update(schema).values(version=newest))
    return newest
