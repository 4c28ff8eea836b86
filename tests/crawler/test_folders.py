from pathlib import Path, PurePath

import pytest

from crawler.cleaning.folders import find_pages, is_dump_name, output_stems, stem_of_url


def test_pages_and_dumps_are_found_in_order_and_nothing_else(tmp_path: Path) -> None:
    names = [
        "b.html",
        "a/c.HTM",
        "a/d.txt.gz",
        "notes.md",
        ".hidden.html",
        ".git/e.html",
        "f.html.part",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in find_pages(tmp_path)]
    assert found == ["a/c.HTM", "a/d.txt.gz", "b.html"]


def test_folder_named_like_a_page_is_none(tmp_path: Path) -> None:
    (tmp_path / "old.html").mkdir()
    assert find_pages(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "is_dump"), [("a.txt", True), ("a.txt.gz", True), ("a.html", False), ("a", False)]
)
def test_text_files_are_dumps(name: str, is_dump: bool) -> None:
    assert is_dump_name(Path(name)) is is_dump


def stems(*names: str) -> list[str]:
    return [str(stem) for stem in output_stems(map(PurePath, names)).values()]


def test_output_keeps_the_place_and_loses_the_ending() -> None:
    assert stems("a/b.html", "a/c.txt.gz", "-") == ["a/b", "a/c", "-"]


def test_two_inputs_never_share_an_output() -> None:
    assert stems("a.html", "a.txt", "b.html") == ["a.html", "a.txt", "b"]


def test_name_of_an_output_is_not_another_inputs() -> None:
    assert stems("a.html.html", "a.html", "a.txt") == ["a.html.html", "a.html", "a.txt"]


def test_address_gives_publisher_words_and_a_mark() -> None:
    stem = stem_of_url("https://www.bugle.example/2025/Tram%20Line-4.html?page=2")
    assert stem == "bugle-example_tram-line-4_a6d0b0f2"


def test_addresses_that_differ_in_the_query_alone_get_two_names() -> None:
    assert stem_of_url("https://bugle.example/a?id=1") != stem_of_url(
        "https://bugle.example/a?id=2"
    )
