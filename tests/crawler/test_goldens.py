import json
import shutil
from pathlib import Path

import pytest

from cleaners import NoContentError
from crawler.formats import Value
from crawler.goldens import Golden, accept, dump, find_goldens, is_slug, named, record, review
from tests.golden import FIXTURES

TRAM = Golden(FIXTURES / "generic" / "plain-article.html")


@pytest.fixture
def copy(tmp_path: Path) -> Golden:
    """Return a golden that may be changed."""
    folder = tmp_path / "fixtures" / "generic"
    folder.mkdir(parents=True)
    for path in (TRAM.page, TRAM.text_file, TRAM.json_file):
        shutil.copy(path, folder)
    return Golden(folder / TRAM.page.name)


def rewrite(golden: Golden, **keys: Value) -> None:
    golden.json_file.write_text(dump({**golden.expected, **keys}), encoding="utf-8")


def test_golden_that_agrees_has_nothing_to_say(copy: Golden) -> None:
    found = review(copy)
    assert (found.problems, found.changes, found.diff) == ((), (), "")


def test_difference_is_shown_line_by_line(copy: Golden) -> None:
    copy.text_file.write_text(f"{copy.text}\n\nAn older line.\n", encoding="utf-8")
    diff = review(copy).diff
    assert diff.startswith("--- fixtures/generic/plain-article.txt (accepted)\n")
    assert "\n-An older line.\n" in diff


def test_metadata_that_differ_are_shown(copy: Golden) -> None:
    rewrite(copy, title="An Older Headline")
    assert '-  "title": "An Older Headline"' in review(copy).diff


def test_accepted_golden_agrees_and_keeps_what_was_written_by_hand(copy: Golden) -> None:
    rewrite(copy, title="An Older Headline", without=["Gull77"], origin="our own words")
    copy.text_file.unlink()
    accept(review(copy))
    assert (review(copy).diff, copy.without, copy.text) == ("", ("Gull77",), TRAM.text)
    assert copy.expected["origin"] == "our own words"


def test_keys_left_out_by_hand_stay_out(copy: Golden) -> None:
    few = {key: copy.expected[key] for key in ("url", "title", "date", "authors", "without")}
    copy.json_file.write_text(json.dumps({**few, "title": "Old"}), encoding="utf-8")
    accept(review(copy))
    assert copy.expected == few


def test_banned_phrase_in_the_text_is_a_problem(copy: Golden) -> None:
    rewrite(copy, without=["Night trams follow"])
    assert review(copy).problems == ("still in the text: Night trams follow",)


def test_page_that_is_refused_is_a_problem(copy: Golden) -> None:
    copy.page.write_bytes(b"")
    [problem] = review(copy).problems
    assert problem.startswith("NoContentError")


@pytest.mark.parametrize(("key", "value"), [("headline", "x"), ("title", None)])
def test_key_that_is_unknown_or_missing_is_a_problem(
    copy: Golden, key: str, value: str | None
) -> None:
    expected = {**copy.expected, key: value}
    kept = {name: one for name, one in expected.items() if one is not None}
    copy.json_file.write_text(json.dumps(kept), encoding="utf-8")
    [problem] = review(copy).problems
    assert key in problem


def test_recorded_page_agrees_with_its_drafts(tmp_path: Path) -> None:
    golden = Golden(tmp_path / "generic" / "tram.html")
    record(golden, TRAM.body, TRAM.url)
    assert (golden.body, golden.text, golden.url) == (TRAM.body, TRAM.text, TRAM.url)
    assert (review(golden).diff, golden.without) == ("", ())


def test_page_in_its_place_already_gets_its_drafts(copy: Golden) -> None:
    copy.text_file.unlink()
    copy.json_file.unlink()
    record(copy, copy.body, TRAM.url)
    assert copy.text == TRAM.text


def test_nothing_is_written_over(copy: Golden) -> None:
    with pytest.raises(FileExistsError, match=r"plain-article\.txt.*plain-article\.html"):
        record(copy, b"<p>x</p>", TRAM.url)
    assert copy.body == TRAM.body


def test_page_without_an_article_is_not_recorded(tmp_path: Path) -> None:
    golden = Golden(tmp_path / "generic" / "tram.html")
    with pytest.raises(NoContentError):
        record(golden, b"<p> </p>", TRAM.url)
    assert list(tmp_path.iterdir()) == []


def test_pages_of_other_folders_are_no_goldens(copy: Golden) -> None:
    fixtures = copy.page.parent.parent
    (fixtures / "newsroom").mkdir()
    (fixtures / "newsroom" / "a.html").touch()
    assert find_goldens(fixtures) == (copy,)


def test_goldens_are_named_by_site_or_page(copy: Golden) -> None:
    assert named([copy, TRAM], ["generic"]) == [copy, TRAM]
    assert named([copy], ["generic/plain-article"]) == [copy]
    assert named([copy], []) == [copy]


def test_unknown_name_is_an_error(copy: Golden) -> None:
    with pytest.raises(ValueError, match="no fixture generic/x"):
        named([copy], ["generic/x"])


@pytest.mark.parametrize(
    ("name", "is_one"), [("rope-bridge-2", True), ("Rope", False), ("a--b", False), ("", False)]
)
def test_slug_is_lower_case_words_and_hyphens(name: str, is_one: bool) -> None:
    assert is_slug(name) is is_one
