import json

import numpy as np
import pytest

from cleaners.blocks import Block
from cleaners.choice import choose_generic
from cleaners.features import Features
from cleaners.generic import KEEP, LONG, heed, is_unsure, keep_whole
from cleaners.page import Page, open_page
from tests.cleaners.pages import PROSE, page, paragraphs

TITLE = "Morning boat to leave later"


def kept(opened: Page) -> list[str]:
    choice = choose_generic(opened, TITLE)
    return [b.text for b, keep in zip(choice.blocks, choice.kept, strict=True) if keep]


def blocks_of(body: str) -> list[Block]:
    return list(open_page(page(body), "u").blocks)


def test_region_is_the_article_without_the_menu() -> None:
    menu = "<nav><ul><li><a href=/a>Sport</a><li><a href=/b>Weather</a></ul></nav>"
    body = f"{menu}<article><h1>{TITLE}</h1>{paragraphs(*PROSE)}</article>"
    assert [text for text in kept(open_page(page(body), "u")) if text != TITLE] == list(PROSE)


def test_stated_body_is_taken_among_many_comments() -> None:
    body = "\n".join(PROSE)
    linked = json.dumps({"@type": "NewsArticle", "articleBody": body})
    comments = paragraphs(
        *(f"Reader {n} wrote that the boat was late again on day {n}." for n in range(40))
    )
    head = f"<script type='application/ld+json'>{linked}</script>"
    markup = f"<div class=menu>{paragraphs(*PROSE)}</div><article>{comments}</article>"
    assert set(PROSE) <= set(kept(open_page(page(markup, head=head), "u")))


def test_standfirst_before_the_region_is_the_lead() -> None:
    lead = "Islanders get an extra hour of sleep, and the school bus a new timetable."
    head = f"<meta name=description content='{lead[:-1]}'>"
    body = f"<header><h1>{TITLE}</h1><p>{lead}</p></header><article>{paragraphs(*PROSE)}</article>"
    assert lead in kept(open_page(page(body, head=head), "u"))


def test_first_sentence_by_which_a_page_describes_itself_is_the_lead() -> None:
    lead = "Islanders get an extra hour of sleep."
    head = f"<meta name=description content='{lead} The school bus gets a new timetable, too.'>"
    body = f"<header><h1>{TITLE}</h1><p>{lead}</p></header><article>{paragraphs(*PROSE)}</article>"
    assert lead in kept(open_page(page(body, head=head), "u"))


@pytest.mark.parametrize(
    "name", ["article-subtitle", "sub-headline", "c-article__standfirst", "dek", "storyStandfirst"]
)
def test_standfirst_is_known_by_its_class(name: str) -> None:
    lead = "Islanders get an extra hour of sleep after the storm of 2019."
    head = f"<header><h1>{TITLE}</h1><div class={name}><p>{lead}</p></div></header>"
    body = f"{head}<article>{paragraphs(*PROSE)}</article>"
    assert lead in kept(open_page(page(body), "u"))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("entry-subhead", "by Jo Strand and Ada Moor, 26 April 2022"),
        ("subtitle", "The island paper has come out since the first ferry"),
        ("article-body-lead-in", "The island paper has come out since the first ferry"),
    ],
)
def test_other_line_under_the_headline_is_no_standfirst(name: str, line: str) -> None:
    head = f"<header><h1>{TITLE}</h1><div class={name}>{line}</div></header>"
    body = f"{head}<article>{paragraphs(*PROSE)}</article>"
    assert line not in kept(open_page(page(body), "u"))


def test_caption_by_which_a_page_describes_itself_is_no_lead() -> None:
    caption = "Islanders wait for the first boat of the winter timetable on the old pier."
    head = f"<meta name=description content='{caption}'>"
    figure = f"<figure><img src=p.jpg><figcaption><div>{caption}</div></figcaption></figure>"
    body = f"<header><h1>{TITLE}</h1>{figure}</header><article>{paragraphs(*PROSE)}</article>"
    assert caption not in kept(open_page(page(body, head=head), "u"))


def test_paragraph_printed_over_and_over_does_not_drown_the_others() -> None:
    again = "The noon boat was late on Monday because the north slip had silted up once more."
    body = f"<article><h1>{TITLE}</h1>{paragraphs(*PROSE[:3], *[again] * 1000, *PROSE[3:])}"
    assert set(PROSE) < set(kept(open_page(page(body), "u")))


def test_paragraph_as_long_as_a_book_does_not_hide_what_follows() -> None:
    book = "The noon boat was late again. " * 4_000
    body = f"<article><h1>{TITLE}</h1>{paragraphs(*PROSE[:3], book, *PROSE[3:])}</article>"
    assert set(PROSE) < set(kept(open_page(page(body), "u")))


def test_table_that_is_kept_loses_no_row() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>boats</td></tr>" for n in range(4))
    assert keep_whole(blocks_of(f"<table>{rows}</table>"), [0.9, 0.3, 0.9, 0.9]) == [True] * 4


def test_row_of_a_table_that_is_not_kept_stands_for_itself() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>boats</td></tr>" for n in range(3))
    assert keep_whole(blocks_of(f"<table>{rows}</table>"), [0.6, 0.1, 0.1]) == [True, False, False]


def test_word_of_trafilatura_decides_where_the_score_does_not() -> None:
    scores = heed(np.array([0.4, 0.6, 0.99]), np.array([True, False, False]))
    assert (scores >= KEEP).tolist() == [True, False, True]


def test_trafilatura_without_an_answer_has_no_say() -> None:
    scores = np.array([0.6, 0.2])
    assert heed(scores, np.array([False, False])).tolist() == scores.tolist()


def test_trafilatura_is_asked_in_doubt_and_of_long_pages_in_much_doubt() -> None:
    def features(count: int) -> Features:
        places = np.arange(count)
        return Features(np.zeros((count, 3), np.float32), places, np.full(count, 100.0))

    few, many = LONG // 100 - 1, LONG // 100
    assert is_unsure(features(few), np.full(few, 0.5))
    assert not is_unsure(features(few), np.full(few, 0.99))
    some = np.where(np.arange(many) % 2 > 0, 0.5, 0.0)
    assert is_unsure(features(few), some[:few])
    assert not is_unsure(features(many), some)
    assert is_unsure(features(many), np.full(many, 0.5))
