"""What the scorer of dumps sees of how prose is set and of what a page says twice."""

from collections import Counter

import pytest

from cleaners.dump.choose import gather
from cleaners.dump.columns import Columns
from cleaners.dump.echo import NOTHING, part, runs_of
from cleaners.dump.features import describe
from cleaners.dump.lines import read_lines

PROSE = "The rope bridge over the gorge opened to walkers on Tuesday after nine years of work"
QUOTE = "Nobody believed that the old ropes would ever hold again"
ALT = "Walkers cross the new bridge above the foaming river"
BODY = "\n\n".join(f"{PROSE}, keeper number {n} said." for n in range(6))


def columns(text: str) -> Columns:
    found = read_lines(text, None)
    return describe(found, gather(found, ""))


def test_line_without_the_gaps_of_the_paragraphs_is_set_unlike_them() -> None:
    found = columns(f"{BODY}\n\n{ALT}\nKnots\n\n{PROSE}, he said.")
    assert found["set_like_run"][0] == found["set_like_run"][5] == 1
    assert found["set_like_run"][6] == found["set_like_page"][6] == 0


def test_length_is_told_against_the_paragraphs_of_the_article() -> None:
    found = columns(f"{BODY}\n\n{ALT}")
    assert found["to_median"][0] == pytest.approx(0)
    assert found["to_median"][6] < -0.5


def test_paragraphs_are_counted_from_both_ends() -> None:
    found = columns(BODY)
    assert found["rank"].tolist() == [0, 1, 2, 3, 4, 5]
    assert found["rank_behind"].tolist() == [5, 4, 3, 2, 1, 0]


def test_page_without_prose_has_no_style() -> None:
    found = columns("Home\nNews\nSport")
    assert found["paragraphs"].tolist() == found["set_like_run"].tolist() == [0, 0, 0]


def test_pull_quote_is_found_in_its_paragraph() -> None:
    found = columns(f"{BODY}\n\n{QUOTE}\n\n{QUOTE}, she said, and they laughed at me.")
    assert found["quoted_whole"][6] == found["echo"][6] == found["echo_prose"][6] == 1
    assert found["quoted_whole"][:6].sum() == 0


def test_second_caption_echoes_the_first() -> None:
    found = columns(f"{ALT} (Reuters)\n{ALT} on Tuesday")
    assert found["echo_before"][0] == 0
    assert found["echo_before"][1] > 0.5
    assert found["like_near"].min() > 0.5


def test_line_of_few_words_has_nothing_to_compare() -> None:
    assert columns("Home\nNews")["echo"].tolist() == [NOTHING, NOTHING]
    assert runs_of(["rope", "bridge"]) == set()
    assert part(set[str](), Counter[str](), 1) == NOTHING


def test_words_that_short_lines_share_show() -> None:
    other = "A museum in Tallinn bought the ferry of the keeper on Monday."
    found = columns(f"{BODY}\n\nFerry museum Tallinn\nHome\nNews\n\n{other}")
    assert found["shared_short"][9] > found["shared_short"][0]
