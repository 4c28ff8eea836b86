"""Open the database: SQLite with its safety on, or any other that SQLAlchemy knows."""

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from crawler.state.errors import CorruptStateError, StateError
from crawler.state.schema import migrate

BUSY_TIMEOUT = 30_000  # milliseconds; crawls of two sites write to one state
BUSY_PAUSE = 0.02  # seconds
UNREACHABLE = {"connect_timeout": "30", "tcp_user_timeout": "60000", "keepalives_idle": "30"}
"""Parameters for PostgreSQL, unless the URL has its own: a server whose machine is gone is an error
after a minute, and not after the hours that TCP would wait."""


def open_engine(url: str) -> Engine:
    """Open the database at *url*, check it and bring its tables up to date.

    Raises:
        CorruptStateError: SQLite's own check finds damage.
        NewerStateError: a later release wrote it.
        StateError: it cannot be opened or written.
    """
    engine = _create(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    try:
        _prepare(engine)
    except StateError:
        engine.dispose()
        raise
    return engine


def _create(url: str) -> Engine:
    address = make_url(url)
    if address.drivername == "postgresql":  # SQLAlchemy 2.0 would look for an older driver
        address = address.set(drivername="postgresql+psycopg")
    own = UNREACHABLE if address.drivername == "postgresql+psycopg" else {}
    given = {name: value for name, value in own.items() if name not in address.query}
    try:
        # pre-ping: a server that was started anew in between must not cost the crawl
        return create_engine(address, pool_pre_ping=True, connect_args=given)
    except ModuleNotFoundError as error:
        extra = "; pip install 'dateline[postgres]'" if error.name == "psycopg" else ""
        raise StateError(f"{address}: no driver for it: {error.name}{extra}") from error


def _prepare(engine: Engine) -> None:
    try:
        _make_folder(engine)
        with engine.begin() as connection:
            _check(connection)
            migrate(connection)
    except OSError as error:
        raise StateError(f"{engine.url}: {error}") from error
    except DatabaseError as error:
        kind = CorruptStateError if _is_damage(error) else StateError
        raise kind(f"{engine.url}: {error.orig}{_advice(error)}") from error


def _make_folder(engine: Engine) -> None:
    database = engine.url.database
    if engine.dialect.name == "sqlite" and database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # FULL: with NORMAL a power cut may take back the last commits, and a page that counts as
    # written would then be fetched twice or, worse, a page counted as found be forgotten
    connection.isolation_level = None  # the driver would begin transactions late, by itself
    connection.cursor().execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    _set_journal(connection)
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.cursor().execute(f"PRAGMA {pragma}")


def _set_journal(connection: DBAPIConnection) -> None:
    """Switch to the journal that lets others read; of several that do so at once all but one wait.

    SQLite itself does not: for the switch it fails at once, whatever ``busy_timeout`` says.
    """
    end = time.monotonic() + BUSY_TIMEOUT / 1000
    while True:
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _family(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def _begin(connection: Connection) -> None:
    # IMMEDIATE: a transaction that reads first and then writes would else fail with "locked"
    # at once, whatever the timeout, when another crawl wrote in between
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    # not quick_check, which passes over an index that has lost rows: 0.3 s for 200,000 links
    found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if found != "ok":
        raise CorruptStateError(f"{connection.engine.url}: {found}")


def _advice(error: DatabaseError) -> str:
    is_busy = _family(error.orig) == sqlite3.SQLITE_BUSY
    return f" by another program for {BUSY_TIMEOUT // 1000} s" if is_busy else ""


def _is_damage(error: DatabaseError) -> bool:
    return _family(error.orig) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _family(error: BaseException | None) -> int:
    """Return the kind of an error of SQLite's, 0 for any other."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF
