import shutil
from pathlib import Path

import pytest

from crawler import index
from crawler.errors import SettingError
from crawler.link import Link
from crawler.recovery import open_state, put_aside, sqlite_file
from crawler.state import CorruptStateError, StateError
from crawler.storage import storage_of
from tests.crawler.storing import (
    EDITED,
    OTHER,
    SECOND,
    TEXT,
    URL,
    a_crawler,
    a_fetch,
    an_article,
    store,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    crawler = a_crawler(tmp_path)
    for text in (TEXT, EDITED):
        store(crawler, a_fetch(an_article(text=text)))
    store(crawler, a_fetch(an_article(SECOND, text=OTHER), url=SECOND))
    storage_of(crawler).close()
    return tmp_path


def test_lost_state_is_built_again_as_it_was(root: Path) -> None:
    before = open_state(root, "")
    expected = before.articles_at("example", [URL, SECOND])
    before.close()
    (root / "state.db").unlink()
    state = open_state(root, "")
    assert state.articles_at("example", [URL, SECOND]) == expected
    assert state.discover("example", [Link(URL), Link(SECOND)]) == []
    state.close()


def test_article_whose_file_is_gone_is_fetched_again(root: Path) -> None:
    (root / "state.db").unlink()
    shutil.rmtree(root / "articles" / "example" / "2024")
    state = open_state(root, "")
    assert state.discover("example", [Link(URL)]) == [Link(URL)]
    state.close()


def test_damaged_state_is_put_aside_with_a_warning(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (root / "state.db").write_bytes(b"no database " * 1000)
    state = open_state(root, "")
    assert state.known("example") == 2
    state.close()
    assert len(list(root.glob("state.db.damaged-*"))) == 1
    assert "put aside" in caplog.text


def test_log_of_a_damaged_state_goes_with_it(tmp_path: Path) -> None:
    for name in ("state.db", "state.db-wal"):
        (tmp_path / name).touch()
    put_aside(tmp_path / "state.db")
    database, log = sorted(path.name for path in tmp_path.iterdir())
    assert log == f"{database}-wal"


def test_state_that_cannot_be_opened_is_no_damage(root: Path) -> None:
    with pytest.raises(StateError, match="unable to open"):
        open_state(root, f"sqlite:///{root}")


def test_state_in_memory_is_not_built_from_files(root: Path) -> None:
    state = open_state(root, "sqlite://")
    assert state.known("example") == 0
    state.close()


def test_damage_of_a_server_is_not_ours_to_repair(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise CorruptStateError("server")

    monkeypatch.setattr("crawler.recovery.State", fail)
    with pytest.raises(CorruptStateError, match="server"):
        open_state(root, "postgresql://db.example.org/state")


def test_only_a_sqlite_file_is_a_file() -> None:
    assert sqlite_file("sqlite:///data/state.db") == Path("data/state.db")
    assert sqlite_file("sqlite:///:memory:") is None


def test_address_that_is_none_is_a_fault_of_the_setting(root: Path) -> None:
    with pytest.raises(SettingError, match=r"^STATE_URL: no address of a database: nonsense$"):
        open_state(root, "nonsense")


def test_empty_file_in_the_place_of_the_state_is_built_again(root: Path) -> None:
    (root / "state.db").write_bytes(b"")
    state = open_state(root, "")
    assert state.known("example") == 2
    state.close()


def test_folder_in_the_place_of_the_state_is_put_aside(root: Path) -> None:
    (root / "state.db").unlink()
    (root / "state.db").mkdir()
    state = open_state(root, "")
    assert state.known("example") == 2
    state.close()
    assert [path.is_dir() for path in root.glob("state.db.damaged-*")] == [True]


def test_article_whose_line_is_damaged_is_known_by_its_header(root: Path) -> None:
    before = open_state(root, "")
    expected = before.articles_at("example", [URL, SECOND])
    before.close()
    (root / "state.db").unlink()
    path = root / "articles" / "example" / "index.jsonl"
    path.write_bytes(b"\0" * 300 + b"\n")
    state = open_state(root, "")
    assert state.articles_at("example", [URL, SECOND]) == expected
    state.close()
    assert {entry["path"] for entry in index.read(path)} == {one.path for one in expected}


def test_file_without_a_header_and_a_line_is_left_alone(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    note = root / "articles" / "example" / "2024" / "note.txt"
    note.write_text("mine", encoding="utf-8")
    (root / "state.db").unlink()
    open_state(root, "").close()
    assert f"{note}: in no line of the index, and without a header" in caplog.text
    assert note.read_text(encoding="utf-8") == "mine"


def test_line_that_lacks_a_field_is_left_out_with_a_warning(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index.append(root / "articles" / "example" / "index.jsonl", [{"path": "articles/x.txt"}])
    (root / "state.db").unlink()
    state = open_state(root, "")
    assert state.known("example") == 2
    state.close()
    assert "the line of articles/x.txt is damaged" in caplog.text
