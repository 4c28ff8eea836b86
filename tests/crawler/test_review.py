import json

import pytest

from crawler.formats import Value
from crawler.goldens import Golden, dump
from crawler.review import accept, review
from tests.golden import TRAM


def rewrite(golden: Golden, **keys: Value) -> None:
    golden.json_file.write_text(dump({**golden.expected, **keys}), encoding="utf-8")


def test_golden_that_agrees_has_nothing_to_say(copy: Golden) -> None:
    found = review(copy)
    assert (found.problems, found.changes, found.diff()) == ((), (), "")


def test_difference_is_shown_line_by_line(copy: Golden) -> None:
    copy.text_file.write_text(f"{copy.text}\n\nAn older line.\n", encoding="utf-8")
    diff = review(copy).diff()
    assert diff.startswith("--- fixtures/generic/plain-article.txt (accepted)\n")
    assert "\n-An older line.\n" in diff


def test_metadata_that_differ_are_shown(copy: Golden) -> None:
    rewrite(copy, title="An Older Headline")
    assert '-  "title": "An Older Headline"' in review(copy).diff()


def test_layout_of_a_file_written_by_hand_is_no_difference(copy: Golden) -> None:
    copy.json_file.write_text(json.dumps(copy.expected), encoding="utf-8")
    assert review(copy).changes == ()


def test_accepted_golden_agrees_and_keeps_what_was_written_by_hand(copy: Golden) -> None:
    rewrite(copy, title="An Older Headline", without=["Gull77"], origin="our own words")
    copy.text_file.unlink()
    accept(review(copy))
    assert (review(copy).diff(), copy.without, copy.text) == ("", ("Gull77",), TRAM.text)
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
