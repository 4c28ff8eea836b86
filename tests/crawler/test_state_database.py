import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import CreateTable

from crawler.link import Link
from crawler.state import CorruptStateError, NewerStateError, State, StateError
from crawler.state.engine import open_engine
from crawler.state.schema import VERSION, metadata, migrate


def test_sqlite_syncs_every_commit_and_reads_past_writers(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'state.db'}")
    with engine.begin() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout")
        ]
    engine.dispose()
    assert found == ["wal", 2, 30_000]


def test_state_in_memory_needs_no_folder() -> None:
    state = State("sqlite://")
    assert state.known("example") == 0
    state.close()


def test_file_that_is_no_database_is_named_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(b"no database " * 1000)
    with pytest.raises(CorruptStateError, match=r"state\.db"):
        State(f"sqlite:///{path}")


def test_damaged_page_is_named_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    state = State(f"sqlite:///{path}")
    state.discover("example", [Link(f"https://example.org/{n}") for n in range(2000)])
    state.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\x07" * (len(content) - len(content) // 2)
    path.write_bytes(content)
    with pytest.raises(CorruptStateError, match=r"state\.db"):
        State(f"sqlite:///{path}")


def test_state_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match="file/state"):
        State(f"sqlite:///{tmp_path / 'file' / 'state.db'}")
    with pytest.raises(StateError, match="unable to open"):
        State(f"sqlite:///{tmp_path}")


def test_state_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    State(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE schema SET version = 99")
    connection.close()
    with pytest.raises(NewerStateError, match="version 99"):
        State(f"sqlite:///{path}")


def add_note(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE links ADD COLUMN note VARCHAR"))


def test_older_state_takes_the_steps_it_lacks_once() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        assert migrate(connection) == VERSION
        assert migrate(connection, {VERSION + 1: add_note}) == VERSION + 1
        assert migrate(connection, {VERSION + 1: add_note}) == VERSION + 1
        assert "note" in {column["name"] for column in inspect(connection).get_columns("links")}
    engine.dispose()


@pytest.mark.parametrize("table", metadata.tables)
def test_tables_can_be_made_in_postgresql(table: str) -> None:
    dialect = PGDialect()  # type: ignore[no-untyped-call]  # SQLAlchemy left its types out
    ddl = str(CreateTable(metadata.tables[table]).compile(dialect=dialect))
    assert f"CREATE TABLE {table}" in ddl
