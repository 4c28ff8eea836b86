"""Open the state; one that is damaged is put aside and built again from what is on disk."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from crawler import index
from crawler.entry import restored
from crawler.errors import SettingError
from crawler.index import Value
from crawler.paths import index_path
from crawler.restoring import lost_entries
from crawler.state import CorruptStateError, State, Stored

BATCH = 500  # articles in one transaction; another crawl may wait for it

logger = logging.getLogger(__name__)

Restored = tuple[str, Stored, tuple[str, ...]]
"""Link, article, and addresses that lead to it."""


def open_state(root: Path, url: str) -> State:
    """Open the state at *url*; an empty one stands for ``state.db`` in *root*.

    A database file that is new or empty gets what the index files know, should there be any.

    Raises:
        SettingError: *url* is no address of a database.
        StateError: it cannot be used, for another reason than damage.
    """
    address = url or f"sqlite:///{root / 'state.db'}"
    database = sqlite_file(address)
    if database is not None and not url and database.is_dir():
        logger.warning("%s is a folder; it is put aside", database)
        put_aside(database)
    is_new = database is not None and not (database.exists() and database.stat().st_size)
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
    for suffix in ("", "-wal", "-shm", "-journal"):
        part = database.with_name(f"{database.name}{suffix}")
        if part.exists():
            part.rename(database.with_name(f"{database.name}.damaged-{stamp}{suffix}"))


def rebuild(state: State, root: Path) -> None:
    """Enter every article of the index files whose text file is there.

    A text file without a line gets one from its header, where it has one. What only the database
    knew is found again by the next crawl: links that were refused or not yet fetched, and
    repeated texts.
    """
    for folder in sorted(path for path in root.glob("articles/*") if path.is_dir()):
        mend_index(root, folder)
        if (folder / "index.jsonl").exists():
            enter(state, root, folder / "index.jsonl")


def mend_index(root: Path, folder: Path) -> None:
    """Take damaged lines out of the index in *folder*, and make new ones for texts without any."""
    path = folder / "index.jsonl"
    if path.exists():
        index.put_right(path)
    for entry in lost_entries(root, folder):
        index.append(path, [entry])


def catch_up(state: State, root: Path, source: str) -> None:
    """Enter the articles of *source* that the index knows and the state lost.

    Only a look at the last line tells: the state lost its newest part with a log that was
    deleted, or with a backup that was put back; or the rebuilding of it was cut short. An index
    that has no last line, though the state knows articles, was itself lost.
    """
    path = root / index_path(source)
    newest = index.last(path) if path.is_file() else None
    if newest is None and state.known(source):
        mend_index(root, path.parent)
    elif newest is not None and not _is_known(state, newest):
        enter(state, root, path)


def enter(state: State, root: Path, path: Path) -> None:
    """Enter the articles of the index at *path* whose text file is there."""
    newest: dict[Value, Restored] = {}
    for entry in index.read(path):
        newest.pop(entry.get("path"), None)  # in the order of the last lines: see `catch_up`
        if (found := _restored(entry, path)) is not None:
            newest[found[1].path] = found
    present = (found for found in newest.values() if (root / found[1].path).exists())
    for batch in _batches(present):
        state.restore(batch)


def _is_known(state: State, entry: dict[str, Value]) -> bool:
    try:
        _, article, _ = restored(entry)
    except (KeyError, ValueError):
        return True  # `enter` could not read it either
    known = state.article(article.source, article.canonical)
    return known is not None and (known.path, known.digest) == (article.path, article.digest)


def _restored(entry: dict[str, Value], path: Path) -> Restored | None:
    try:
        return restored(entry)
    except (KeyError, ValueError) as error:
        logger.warning("%s: the line of %s is damaged: %r", path, entry.get("path"), error)
        return None


def _batches(found: Iterable[Restored]) -> Iterator[list[Restored]]:
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch
