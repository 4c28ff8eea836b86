"""The scorer of dumps: what it sees of a line, and what is chosen by its scores."""

import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import CleaningError, PageTooLargeError
from cleaners.dump import clean_dump
from cleaners.dump.choose import (
    AGREED,
    UNLIKELY,
    choose,
    gather,
    is_cleaned,
    judge,
    patience,
)
from cleaners.dump.clean import MAX_LETTERS, MAX_LINES
from cleaners.dump.columns import FAR, Columns, distances, shift, window
from cleaners.dump.features import describe, words_of
from cleaners.dump.lines import Line, read_lines
from cleaners.dump.scorer import booster, expected, score

PROSE = "The rope bridge over the gorge opened to walkers on Tuesday after nine years of work"
SLUG = "https://news.example/2021/rope-bridge-opens-at-last.html"
MENU = "Home\nNews\nSport\nWeather\nLog in\nSearch"
CARDS = "\n".join(f"Ferry number {n} is soldA museum bought it on Monday." for n in range(4))
BODY = "\n\n".join(f"{PROSE}, keeper number {n} said." for n in range(6))
PAGE = f"{MENU}\n\nRope bridge opens at last\n\nBy Jane Doe\n\n{BODY}\n\nRelated:\n{CARDS}\n{MENU}"


def lines(text: str) -> list[Line]:
    return read_lines(text, None)


def columns(text: str, url: str = SLUG) -> Columns:
    found = lines(text)
    return describe(found, gather(found, url))


def test_weights_name_their_features_and_origin() -> None:
    weights = json.loads((files("cleaners") / "data" / "dump.json").read_text(encoding="utf-8"))
    assert tuple(weights["features"]) == columns(PAGE).names
    assert {"command", "fingerprint", "out_of_fold", "examples"} <= weights.keys()


def test_every_line_has_every_feature() -> None:
    rows = columns(PAGE).matrix()
    assert rows.shape == (len(lines(PAGE)), booster().features)
    assert np.isfinite(rows).all()


def test_prose_scores_higher_than_menus_and_cards() -> None:
    scores = score(columns(PAGE).matrix())
    prose = np.array([line.text.startswith(PROSE) for line in lines(PAGE)])
    assert scores[prose].min() > scores[~prose].max()


def test_article_of_a_page_is_chosen() -> None:
    assert clean_dump(PAGE, SLUG).text == BODY


def test_headline_that_is_glued_to_a_teaser_shows() -> None:
    found = columns("Ferry sold at lastA museum bought it.\nA ferry was sold.")["glued"]
    assert found.tolist() == [1, 0]


def test_line_that_repeats_the_address_shows() -> None:
    found = columns(PAGE)
    title = [line.text for line in lines(PAGE)].index("Rope bridge opens at last")
    assert found["like_slug"][title] == 1
    assert found["since_slug"][title + 3] == 3


def test_copies_of_a_line_are_counted() -> None:
    found = columns("Home\nNews\nHome")
    assert found["copies"].tolist() == [2, 1, 2]
    assert found["copies_before"].tolist() == [0, 0, 1]


def test_words_that_the_article_shares_show() -> None:
    words = " ".join(f"knot{n}" for n in range(50))
    other = "Bakers of the northern coast met in Oslo to praise their breads."
    article = "\n\n".join(f"{words} and {n}." for n in ("hemp", "jute", "sisal", "flax"))
    found = columns(f"{article}\n\n{other}", "")["cohesion"]
    assert found[:4].min() > 0.9
    assert found[4] == 0


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert words_of(Line("橋は火曜日に九年ぶりに開通した。", gap=True)) >= {"橋は", "曜日"}
    assert words_of(Line("Rope bridge", gap=True)) == {"rope", "bridge"}


def test_neighbours_beyond_the_page_are_marked() -> None:
    assert shift(np.array([1.0, 2.0, 3.0]), 1).tolist() == [2, 3, -1]
    assert shift(np.array([1.0, 2.0, 3.0]), -2).tolist() == [-1, -1, 1]
    assert shift(np.array([1.0]), 3).tolist() == [-1]


def test_window_sums_what_lies_before_and_behind() -> None:
    before, behind = window(np.array([1.0, 2.0, 4.0, 8.0]), 2)
    assert (before.tolist(), behind.tolist()) == ([0, 1, 3, 6], [6, 12, 8, 0])


def test_distance_counts_lines_to_the_next_mark() -> None:
    before, behind = distances(np.array([False, True, False, False]))
    assert (before.tolist(), behind.tolist()) == ([FAR, FAR, 1, 2], [1, FAR, FAR, FAR])


def test_sure_scores_promise_a_sure_choice() -> None:
    words = np.array([40.0, 40.0, 2.0])
    assert expected(words, np.array([1.0, 1.0, 0.0])) == 1
    assert expected(words, np.array([0.5, 0.5, 0.5])) == pytest.approx(2 / 3)
    assert expected(words[:0], words[:0]) == 0


def verdicts(text: str, likely: bool) -> list[tuple[bool, str]]:
    found = lines(text)
    return list(judge(found, gather(found, ""), [likely] * len(found)))


def test_score_keeps_what_the_rules_would_drop() -> None:
    dates = "\n".join(f"June {n}, Alder Bridge Hall and Gardens" for n in range(10, 14))
    text = f"{BODY}\n\n{dates}"
    assert [rule for _, rule in verdicts(text, likely=True)][-1] == "heading"


def test_score_drops_what_the_rules_would_keep() -> None:
    assert verdicts(BODY, likely=False) == [(False, UNLIKELY)] * 6


@pytest.mark.parametrize(
    "line", ["Sign up for our daily newsletter.", "Related:", "Photo: Reuters"]
)
def test_no_score_overrules_the_rule_of_a_line(line: str) -> None:
    assert not verdicts(f"{BODY}\n\n{line}\n\n{PROSE}.", likely=True)[6][0]


def test_no_score_brings_a_paragraph_back_twice() -> None:
    assert verdicts(f"{BODY}\n\n{BODY}", likely=True)[-1] == (False, "repeat")


def test_no_score_reaches_beyond_the_start_of_a_thread() -> None:
    thread = "\n".join(f"Reader {n} says:\n{PROSE}, and I was number {n}." for n in range(5))
    found = verdicts(f"{BODY}\n\n{thread}", likely=True)
    assert [kept for kept, _ in found] == [True] * 6 + [False] * 10


def test_text_that_came_out_of_a_cleaner_is_known() -> None:
    for text, cleaned in ((BODY, True), (BODY.replace("\n\n", "\n"), False), (PAGE, False)):
        found = lines(text)
        assert is_cleaned(found, gather(found, "")) is cleaned


def test_cleaned_text_keeps_its_tables_and_lists() -> None:
    text = f"{BODY}\n\nNorth\n\n82\n\nSouth\n\n71\n\n• knots\n\n{PROSE}, he said."
    assert clean_dump(text).text == text


def test_no_lines_have_no_verdicts() -> None:
    assert choose([], gather([], "")) == []


@given(st.lists(st.sampled_from([*PAGE.splitlines(), "• knots", "READ | Ferry sold"]), max_size=40))
@settings(deadline=None, max_examples=50)
def test_choice_is_the_same_every_time_and_stays(parts: list[str]) -> None:
    dump = "\n".join(parts)
    try:
        text = clean_dump(dump, SLUG).text
    except CleaningError:
        return
    assert clean_dump(dump, SLUG).text == text == clean_dump(text).text


@pytest.mark.parametrize("dump", ["Rope\n" * (MAX_LINES + 1), "x" * (MAX_LETTERS + 1)])
def test_dump_beyond_the_limits_is_refused(dump: str) -> None:
    with pytest.raises(PageTooLargeError, match="letters"):
        clean_dump(dump)


def test_line_that_the_rules_keep_needs_a_little_less_score() -> None:
    found = lines(f"{BODY}\n\nRelated:\n{MENU}")
    needed = patience(gather(found, ""))
    assert needed[:6].tolist() == [AGREED] * 6
    assert needed[6:].tolist() == [1.0] * (len(found) - 6)
