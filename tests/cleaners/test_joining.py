import dataclasses

import pytest

from cleaners import Article, Decision, Trace, join_pages, take_whole
from tests.cleaners.pages import PROSE

URL = "https://bugle.example/town/harbour-opens"
TITLE = "Harbour opens after eleven weeks"


def a_page(number: int, *paragraphs: str, title: str = TITLE, last: bool = False) -> Article:
    return Article(
        url=URL if number == 1 else f"{URL}?page={number}",
        source="bugle",
        title=title,
        text="\n\n".join(paragraphs),
        next_page="" if last else f"{URL}?page={number + 1}",
    )


def test_texts_stand_in_order() -> None:
    pages = [a_page(1, PROSE[0]), a_page(2, PROSE[1]), a_page(3, PROSE[2], PROSE[3], last=True)]
    joined = join_pages(pages)
    assert joined.text == "\n\n".join(PROSE)
    assert (joined.pages, joined.incomplete, joined.url) == (3, False, URL)


def test_lead_and_headline_of_later_pages_are_dropped() -> None:
    second = a_page(2, TITLE, PROSE[0], "Page 2 of 2", PROSE[2], last=True)
    assert join_pages([a_page(1, *PROSE[:2]), second]).text == "\n\n".join(PROSE[:3])


def test_note_under_every_page_stands_once_at_the_end() -> None:
    note = "The author has reported from the island for the Bugle since 1998."
    joined = join_pages([a_page(1, PROSE[0], note), a_page(2, PROSE[1], note, last=True)])
    assert joined.text == "\n\n".join((PROSE[0], PROSE[1], note))


def test_short_line_may_stand_on_two_pages() -> None:
    joined = join_pages([a_page(1, "Why?", PROSE[0]), a_page(2, PROSE[1], "Why?", PROSE[2])])
    assert joined.text.count("Why?") == 2


def test_sentence_over_the_end_of_a_page_is_one_again() -> None:
    joined = join_pages([a_page(1, "The mayor said the"), a_page(2, "boats were late.", last=True)])
    assert joined.text == "The mayor said the boats were late."


def test_page_that_brings_nothing_new_ends_the_article() -> None:
    joined = join_pages([a_page(1, *PROSE), a_page(2, *PROSE), a_page(3, "Never reached.")])
    assert (joined.text, joined.pages, joined.next_page) == ("\n\n".join(PROSE), 1, "")


def test_part_of_what_is_there_is_nothing_new() -> None:
    assert join_pages([a_page(1, *PROSE), a_page(2, *PROSE[2:])]).pages == 1


def test_other_story_under_a_number_does_not_join() -> None:
    other = dataclasses.replace(a_page(2, PROSE[1], title="Bridge closes"), url=f"{URL}/2")
    assert join_pages([a_page(1, PROSE[0]), other]).text == PROSE[0]


def test_page_with_a_headline_of_its_own_joins_where_its_address_says_page() -> None:
    second = a_page(2, PROSE[1], title="What the fishermen think")
    assert join_pages([a_page(1, PROSE[0]), second]).pages == 2


def test_article_stays_incomplete_where_the_last_page_names_another() -> None:
    joined = join_pages([a_page(1, PROSE[0]), a_page(2, PROSE[1])])
    assert (joined.next_page, joined.incomplete) == (f"{URL}?page=3", True)


def test_captions_and_marks_of_all_pages_are_joined() -> None:
    first = dataclasses.replace(a_page(1, PROSE[0]), captions=("A boat.",))
    second = dataclasses.replace(
        a_page(2, PROSE[1]), captions=("A boat.", "A quay."), guarded=True, layout_changed=True
    )
    joined = join_pages([first, second])
    assert joined.captions == ("A boat.", "A quay.")
    assert (joined.guarded, joined.layout_changed) == (True, True)


def test_traces_are_joined_and_tell_of_repeats() -> None:
    pages = [
        dataclasses.replace(
            a_page(number, PROSE[0], PROSE[number]),
            trace=Trace(
                tuple(Decision(text, True, "region") for text in (PROSE[0], PROSE[number]))
            ),
        )
        for number in (1, 2)
    ]
    trace = join_pages(pages).trace
    assert trace is not None
    kept = [decision.text for decision in trace.decisions if decision.kept]
    assert (kept, trace.removed()["repeat"]) == (list(PROSE[:3]), 1)


def test_one_page_stays_as_it_is() -> None:
    assert join_pages([a_page(1, *PROSE)]) == a_page(1, *PROSE)


def test_no_pages_are_an_error() -> None:
    with pytest.raises(ValueError, match="no pages"):
        join_pages([])


def test_whole_page_is_taken_under_the_first_ones_address() -> None:
    whole = dataclasses.replace(a_page(1, *PROSE, last=True), url=f"{URL}?page=all")
    taken = take_whole(a_page(1, *PROSE[:2]), whole)
    assert taken is not None
    assert (taken.url, taken.text, taken.incomplete) == (URL, "\n\n".join(PROSE), False)


@pytest.mark.parametrize("text", [PROSE[0], "\n\n".join(PROSE[:2]), PROSE[3] * 9])
def test_whole_page_that_is_not_more_of_the_same_is_not_taken(text: str) -> None:
    assert take_whole(a_page(1, *PROSE[:2]), a_page(1, text)) is None
