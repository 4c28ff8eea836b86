import re
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import CreateTable

from crawler.link import Link
from crawler.state import CorruptStateError, NewerStateError, State, StateError
from crawler.state.engine import open_engine
from crawler.state.schema import VERSION, metadata, migrate
from crawler.state.upgrades import UPGRADES
from tests.crawler import old_state


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
        assert migrate(connection) == VERSION == max(UPGRADES)
        assert migrate(connection, {VERSION + 1: add_note}) == VERSION + 1
        assert migrate(connection, {VERSION + 1: add_note}) == VERSION + 1
        assert "note" in {column["name"] for column in inspect(connection).get_columns("links")}
    engine.dispose()


@pytest.mark.parametrize("table", metadata.tables)
def test_tables_can_be_made_in_postgresql(table: str) -> None:
    dialect = PGDialect()  # type: ignore[no-untyped-call]  # SQLAlchemy left its types out
    ddl = str(CreateTable(metadata.tables[table]).compile(dialect=dialect))
    assert f"CREATE TABLE {table}" in ddl


def columns_of(engine: Engine) -> dict[str, object]:
    """Return every table with its columns, indexes and constraints."""
    found = inspect(engine)
    return {
        table: (
            {
                column["name"]: (str(column["type"]), column["nullable"])
                for column in found.get_columns(table)
            },
            {(index["name"], *index["column_names"]) for index in found.get_indexes(table)},
            {(rule["name"], *rule["column_names"]) for rule in found.get_unique_constraints(table)},
            found.get_pk_constraint(table)["name"],
            {rule["name"] for rule in found.get_foreign_keys(table)},
        )
        for table in found.get_table_names()
    }


@pytest.fixture
def old(state_url: str) -> Iterator[Engine]:
    """Return a database as version 1 left it."""
    engine = create_engine(state_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        old_state.make(connection)
    yield engine
    engine.dispose()


def test_state_of_version_1_gets_the_tables_of_a_new_one(old: Engine) -> None:
    with old.begin() as connection:
        assert migrate(connection) == VERSION
    upgraded = columns_of(old)
    metadata.drop_all(old)
    with old.begin() as connection:
        migrate(connection)
    assert upgraded == columns_of(old)


def test_state_of_version_1_keeps_all_rows(old: Engine) -> None:
    with old.begin() as connection:
        before = {name: rows_of(connection, name) for name in old_state.TEXTS}
        migrate(connection)
        after = {name: rows_of(connection, name) for name in old_state.TEXTS}
    assert {name: len(rows) for name, rows in before.items()} == {
        "articles": 1,
        "links": 3,
        "aliases": 1,
        "fetches": 1,
    }
    kept = {
        name: [{key: row[key] for key in before[name][0]} for row in rows]
        for name, rows in after.items()
    }
    assert kept == before


def rows_of(connection: Connection, table: str) -> list[dict[str, object]]:
    found = connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))  # noqa: S608  # ours
    return [dict(row) for row in found.mappings()]


def test_state_of_version_1_is_told_when_its_pages_came(old: Engine) -> None:
    with old.begin() as connection:
        migrate(connection)
        fetched = [row["fetched"] for row in rows_of(connection, "links")]
    assert fetched == ["2026-11-03T10:00:05.250000+00:00", "", "2026-11-03T11:00:00+00:00"]


def test_state_of_version_1_works_as_before(old: Engine, state_url: str) -> None:
    state = State(state_url)
    assert [link.url for link in state.pending("bugle")] == ["https://ex.com/b"]
    assert state.known("bugle") == 2
    old_article = state.article("bugle", "https://ex.com/a")
    assert old_article is not None
    assert old_article.versions == 2
    state.close()


def test_two_crawls_may_make_the_tables_at_once(state_url: str) -> None:
    with ThreadPoolExecutor(12) as pool:
        states = list(pool.map(State, [state_url] * 12))
    assert [state.known("example") for state in states] == [0] * 12
    for state in states:
        state.close()


def test_state_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StateError, match=r"pip install 'dateline\[postgres\]'"):
        State("postgresql://user:secret@127.0.0.1/state")


def test_server_that_is_down_is_named_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StateError, match="connection") as caught:
        State("postgresql://user:secret@127.0.0.1:9/state")
    assert "secret" not in str(caught.value)


def test_connection_that_a_server_closed_costs_nothing(postgres_url: str) -> None:
    state = State(postgres_url)
    assert state.known("example") == 0
    engine = create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        closed = connection.execute(
            text(f"{others} WHERE pid <> pg_backend_pid() AND datname = current_database()")
        ).all()
    engine.dispose()
    assert len(closed) == 1
    assert state.known("example") == 0
    state.close()


@pytest.mark.parametrize(("query", "seconds"), [("", "30"), ("connect_timeout=7", "7")])
def test_server_that_is_gone_is_given_up_unless_the_url_says_when(
    postgres_url: str, query: str, seconds: str
) -> None:
    engine = open_engine(f"{postgres_url}{'&' if '?' in postgres_url else '?'}{query}".rstrip("?&"))
    with engine.connect() as connection:
        told = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
    engine.dispose()
    assert (told["connect_timeout"], told["tcp_user_timeout"]) == (seconds, "60000")


def documented() -> list[str]:
    page = Path(__file__).parents[2] / "docs" / "state.md"
    blocks = re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [query for block in blocks for query in block.split(";") if query.strip()]


def test_queries_of_the_documentation_can_be_asked(state_url: str) -> None:
    engine = open_engine(state_url)
    asked = documented()
    with engine.begin() as connection:
        assert [connection.execute(text(query)).all() for query in asked] == [[]] * len(asked)
    engine.dispose()
    assert len(asked) == 5
