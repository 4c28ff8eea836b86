import datetime as dt
import io
from pathlib import Path

import pytest

from crawler.arguments import Arguments, addresses, read_arguments
from crawler.errors import ArgumentError


def test_arguments_are_read() -> None:
    given = {"since": "2025-11-01", "until": "2025-11-30", "limit": "5", "refetch": "yes"}
    assert read_arguments(given) == Arguments(
        since=dt.date(2025, 11, 1), until=dt.date(2025, 11, 30), limit=5, refetch=True
    )


def test_nothing_given_bounds_nothing() -> None:
    assert read_arguments({"since": "", "limit": "", "refetch": "0"}) == Arguments()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "yesterday"),
        ("since", "20251101"),
        ("until", "2025-02-30"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "many"),
        ("limit", "²"),
        ("refetch", "maybe"),
        ("urls", "ftp://ex.com/"),
        ("urls", "@/no/such/list.txt"),
        ("sinse", "2025-11-01"),
    ],
)
def test_bad_value_is_refused_by_the_name_of_its_argument(name: str, value: str) -> None:
    with pytest.raises(ArgumentError, match=f"^{name}: "):
        read_arguments({name: value})


def test_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"^since: 2025-11-02 is after"):
        read_arguments({"since": "2025-11-02", "until": "2025-11-01"})


def test_list_of_addresses_is_a_file_with_comments(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\ufeff# mine\nhttps://ex.com/1\n\n https://ex.com/2#x \n", encoding="utf-8")
    assert read_arguments({"urls": f"@{path}"}).urls == ("https://ex.com/1", "https://ex.com/2")


def test_bad_line_of_a_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("https://ex.com/1\nnonsense\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"^urls: line 2 of .*list.txt: .*nonsense"):
        read_arguments({"urls": f"@{path}"})


def test_empty_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"^urls: no address in"):
        read_arguments({"urls": f"@{path}"})


def test_dash_stands_for_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("https://ex.com/1\n"))
    assert read_arguments({"urls": "-"}).urls == ("https://ex.com/1",)


def test_addresses_stand_between_commas_but_may_hold_one() -> None:
    value = "https://ex.com/a,1.html,https://ex.com/b https://ex.com/c\nhttps://ex.com/d"
    assert addresses("feed", value) == (
        "https://ex.com/a,1.html",
        "https://ex.com/b",
        "https://ex.com/c",
        "https://ex.com/d",
    )
