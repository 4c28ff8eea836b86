"""Open the state; one that is damaged is put aside and built again from what is on disk."""

import datetime as dt
import logging
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from crawler import index
from crawler.entry import restored
from crawler.errors import SettingError
from crawler.state import CorruptStateError, Finish, State

logger = logging.getLogger(__name__)


def open_state(root: Path, url: str) -> State:
    """Open the state at *url*; an empty one stands for ``state.db`` in *root*.

    A database file that is new gets what the index files know, should there be any.

    Raises:
        SettingError: *url* is no address of a database.
        StateError: it cannot be used, for another reason than damage.
    """
    address = url or f"sqlite:///{root / 'state.db'}"
    database = sqlite_file(address)
    is_new = database is not None and not database.exists()
    try:
        state = State(address)
    except CorruptStateError as error:
        if database is None:
            raise
        logger.warning("%s; it is put aside and built again from the index files", error)
        put_aside(database)
        state, is_new = State(address), True
    if is_new:
        rebuild(state, root)
    return state


def sqlite_file(address: str) -> Path | None:
    """Return the file of an SQLite database; None for one in memory and for other databases.

    Raises:
        SettingError: *address* is none of a database.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise SettingError(f"STATE_URL: no address of a database: {address}") from error
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def put_aside(database: Path) -> None:
    """Rename a database and what belongs to it; nobody but a person deletes a state."""
    stamp = f"{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}"
    for suffix in ("", "-wal", "-shm"):
        part = database.with_name(f"{database.name}{suffix}")
        if part.exists():
            part.rename(database.with_name(f"{database.name}.damaged-{stamp}{suffix}"))


def rebuild(state: State, root: Path) -> None:
    """Enter every article of the index files whose text file is there.

    What only the database knew is found again by the next crawl: links that were refused or
    not yet fetched, and repeated texts.
    """
    for path in sorted(root.glob("articles/*/index.jsonl")):
        newest = {entry["path"]: entry for entry in index.read(path)}
        for entry in newest.values():
            link, article, urls = restored(entry)
            if (root / article.path).exists():
                end = Finish(ending="written", article=state.place(article), aliases=urls)
                state.finish(article.source, link, end)
