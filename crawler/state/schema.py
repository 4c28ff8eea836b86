"""The tables of the state, and how an older database becomes a current one.

Times are ISO 8601 text, for SQLite keeps no time zone; an empty text means that nothing is known.
"""

from collections.abc import Mapping

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
from crawler.state.upgrades import UPGRADES, Upgrade

VERSION = 3  # of the tables below; raise it together with a step in UPGRADES
LOCK = 0x646174656C696E65  # any number that no other program would take
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
    text("modified"),  # last change that a listing states, in UTC; empty for none
    text("fetched"),  # a little before the page last came: a later change is worth a question
    text("etag"),  # of the page whose article is on disk, as the server wrote them
    text("last_modified"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("rechecks", Integer, nullable=False, default=0),  # stated changes that were none
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

listings = Table(
    "listings",
    metadata,
    Column("id", Integer, primary_key=True),
    text("source"),
    text("url"),
    text("kind"),
    text("parent"),  # the sitemap index that names it; empty for none
    text("stated"),  # last change that the index states; empty for none
    text("etag"),  # what the server is asked with, both as it wrote them
    text("last_modified"),
    text("asked"),
    text("read"),  # when it last came with a body
    text("changed"),  # when it last named something new
    text("due"),
    Column("unchanged", Integer, nullable=False, default=0),  # in a row
    Column("failures", Integer, nullable=False, default=0),  # in a row
    Column("interval_seconds", Integer, nullable=False, default=0),
    Column("half_seconds", Integer, nullable=False, default=0),  # see crawler.state.rows.Poll
    Column("bound", Integer, nullable=False, default=0),  # links read of a longer one; 0: all
    UniqueConstraint("source", "url"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    text("source"),
    text("spider"),
    text("began"),
    text("ended"),  # empty while it runs, and for ever where it was killed
    Column("exit_code", Integer),
    text("ending"),  # a word for the exit code
    *(
        Column(name, BigInteger, nullable=False, default=0)
        for name in ("new", "changed", "unchanged", "known", "refused", "failed", "bytes")
    ),
    Index(None, "source", "began"),
)


def migrate(connection: Connection, upgrades: Mapping[int, Upgrade] = UPGRADES) -> int:
    """Bring the database to the newest version, in the transaction of *connection*.

    Raises:
        NewerStateError: a later release wrote the database.
    """
    newest = max(upgrades)
    _wait_for_others(connection)
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


def _wait_for_others(connection: Connection) -> None:
    """Let one crawl at a time make tables; SQLite's transactions do so by themselves."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
