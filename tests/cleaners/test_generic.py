import json

from cleaners.blocks import Block
from cleaners.choice import choose_generic
from cleaners.generic import keep_whole, mark_noise
from cleaners.page import Page, open_page
from tests.cleaners.pages import PROSE, article, page, paragraphs

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


def test_stated_body_is_taken_where_trafilatura_chose_another_region() -> None:
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


def test_sign_up_box_is_marked_as_a_whole() -> None:
    box = (
        "<section><h3>Our letter</h3><p>Every Friday.</p><form><input type=email></form></section>"
    )
    marked = [b.text for b in mark_noise(open_page(article(box), "u")) if b.zone]
    assert marked == ["Our letter", "Every Friday."]


def test_form_around_the_whole_page_is_no_sign_up_box() -> None:
    box = "<div><p>Your address</p><input type=email></div>"
    body = f"<form>{box}{paragraphs(*PROSE, *PROSE, *PROSE)}</form>"
    marked = [b.text for b in mark_noise(open_page(page(body), "u")) if b.zone]
    assert marked == ["Your address"]


def test_table_that_is_kept_loses_no_row() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>boats</td></tr>" for n in range(4))
    assert keep_whole(blocks_of(f"<table>{rows}</table>"), [0.9, 0.3, 0.9, 0.9]) == [True] * 4


def test_row_of_a_table_that_is_not_kept_stands_for_itself() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>boats</td></tr>" for n in range(3))
    assert keep_whole(blocks_of(f"<table>{rows}</table>"), [0.6, 0.1, 0.1]) == [True, False, False]
