from pathlib import Path

import pytest

from crawler import index


def test_entries_are_read_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "new" / "index.jsonl"
    index.append(path, [{"title": "Brücke\nline"}])
    index.append(path, [{"title": "2"}])
    assert [entry["title"] for entry in index.read(path)] == ["Brücke\nline", "2"]


@pytest.mark.parametrize("whole", ["", '{"title": "1"}\n', '{"title": "1"}\n{"title": "2"}\n'])
@pytest.mark.parametrize("torn", ["{", '{"title": "' + "x" * 200_000])
def test_torn_line_is_cut_away_before_the_next(tmp_path: Path, whole: str, torn: str) -> None:
    path = tmp_path / "index.jsonl"
    path.write_text(whole + torn, encoding="utf-8")
    index.append(path, [{"title": "new"}])
    assert path.read_text(encoding="utf-8") == whole + '{"title": "new"}\n'


def test_torn_line_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "index.jsonl"
    path.write_text('{"title": "1"}\n{"tit', encoding="utf-8")
    assert list(index.read(path)) == [{"title": "1"}]


def test_damaged_line_is_left_out_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "index.jsonl"
    path.write_bytes(b'{"title": "1"}\n\0\0\0\0\n[]\nnonsense\n{"title": "2"}\n')
    assert [entry["title"] for entry in index.read(path)] == ["1", "2"]
    numbers = [record.getMessage().split("line ")[1].split()[0] for record in caplog.records]
    assert numbers == ["2", "3", "4"]


@pytest.mark.parametrize("torn", ["", '{"title": "2', "\0" * 200_000])
def test_last_whole_entry_is_found_in_front_of_a_torn_line(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "index.jsonl"
    path.write_text('{"title": "0"}\n{"title": "1"}\n' + torn, encoding="utf-8")
    assert index.last(path) == {"title": "1"}


def test_index_without_a_line_has_no_last_entry(tmp_path: Path) -> None:
    (tmp_path / "index.jsonl").write_bytes(b'{"torn')
    assert index.last(tmp_path / "index.jsonl") is None


def test_damaged_lines_are_taken_out_and_the_file_kept_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "index.jsonl"
    damaged = b'{"title": "1"}\n\0\0\r\n{"title": "2"}\n{"torn'
    path.write_bytes(damaged)
    index.put_right(path)
    assert path.read_bytes() == b'{"title": "1"}\n{"title": "2"}\n'
    [aside] = tmp_path.glob("index.jsonl.damaged-*")
    assert aside.read_bytes() == damaged


def test_whole_index_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "index.jsonl"
    path.write_bytes(b'{"title": "1"}\n{"torn')
    index.put_right(path)
    assert path.read_bytes() == b'{"title": "1"}\n{"torn'
    assert list(tmp_path.iterdir()) == [path]
