import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Layout, Site
from cleaners.authors import authors_of, find_authors
from cleaners.names import split_names
from cleaners.page import open_page
from tests.cleaners.pages import PROSE, page, paragraphs

URL = "https://example.org/a"


def authors(head: str = "", body: str = "", layout: Layout | None = None) -> tuple[str, ...]:
    return authors_of(open_page(page(body, head=head), URL), layout, None)


PUBLISHER = (
    "<meta property='og:site_name' content='The Courier'><meta name=author content='The Courier'>"
)


def linked(node: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ana Ruiz and Tom Bell", ["Ana Ruiz", "Tom Bell"]),
        ("Von Jörg Maler und Ute Stein", ["Jörg Maler", "Ute Stein"]),
        ("Par Élise Petit, Jean Roy", ["Élise Petit", "Jean Roy"]),
        ("Ana Ruiz | Political correspondent", ["Ana Ruiz"]),
        ("Ana Ruiz (aru)", ["Ana Ruiz"]),
        ("Ana Ruiz – Harbour desk", ["Ana Ruiz"]),
        ("https://example.org/ana", []),
        ("ana@example.org", []),
        ("Health Editor Ana Ruiz", ["Ana Ruiz"]),
        ("Kurier-Redakteurin Ute Stein", ["Ute Stein"]),
        ("Wirtschaftsredakteur Jörg Maler", ["Jörg Maler"]),
        ("Contributing Writer Ana", []),
        ("Ana Ruiz, Home and Garden Editor", ["Ana Ruiz"]),
        ("Ana Ruiz, dpa, Redakteurin", ["Ana Ruiz", "dpa"]),
        ("12 March 2024", []),
        ("Sat, 4 April", []),
        ("Dienstag", []),
        ("By", []),
    ],
)
def test_byline_is_split_into_names(byline: str, names: list[str]) -> None:
    assert split_names([byline]) == names


def test_list_of_topics_is_no_byline() -> None:
    assert split_names([", ".join(f"Topic {letter}" for letter in "ABCDEFGHIJKLMN")]) == []


def test_json_ld_persons_come_first() -> None:
    head = linked({"@type": "Article", "author": [{"name": "Ana Ruiz"}, {"name": "Tom Bell"}]})
    assert authors(head + "<meta name=author content='Desk'>") == ("Ana Ruiz", "Tom Bell")


def test_reference_to_a_person_is_resolved() -> None:
    graph = [
        {"@type": "Article", "author": {"@id": "#ana"}},
        {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"},
    ]
    assert authors(linked({"@graph": graph})) == ("Ana Ruiz",)


def test_dangling_reference_names_nobody() -> None:
    assert authors(linked({"@type": "Article", "author": {"@id": "#gone"}})) == ()


def test_publishers_own_name_gives_way_to_the_byline() -> None:
    assert authors(PUBLISHER, "<p class='byline'>By Ana Ruiz</p>") == ("Ana Ruiz",)


def test_publishers_own_name_is_better_than_none() -> None:
    assert authors(PUBLISHER) == ("The Courier",)


def test_layout_names_the_byline() -> None:
    body = "<p class=author>Wrong Name</p><i class=who>Ana Ruiz</i><i class=who>Tom Bell</i>"
    assert authors("", body, Layout(body="p", author="i.who")) == ("Ana Ruiz", "Tom Bell")


def test_agencies_of_a_site_are_no_authors() -> None:
    site = Site(
        name="x", domains=("example.org",), layouts=(Layout(body="p"),), agencies=("Newsdesk",)
    )
    opened = open_page(page(head="<meta name=author content='Newsdesk, Ana Ruiz'>"), URL)
    assert authors_of(opened, None, site) == ("Ana Ruiz",)


def test_byline_that_a_layout_marks_is_believed() -> None:
    assert authors("", "<i class=who>By MND Staff</i>", Layout(body="p", author="i.who")) == (
        "MND Staff",
    )


def article(below: str, after: str = "") -> str:
    return f"<h1>Morning boat to leave later</h1>{below}{paragraphs(*PROSE * 3)}{after}"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ana Ruiz, PhD, and Tom Bell", ["Ana Ruiz, PhD", "Tom Bell"]),
        ("Ana Ruiz @anaruiz", ["Ana Ruiz"]),
        ("BySummer Swann", ["Summer Swann"]),
        ("Published on May 2, 2024 by Ana Ruiz", []),
        ("Ana Ruiz Updated May 2, 2024", ["Ana Ruiz"]),
        ("Ana Ruiz says:", []),
        ("Name *", []),
        ("admin", []),
        ("Super User", []),
        ("Cortesía", []),
        ("Autor/", []),
        ("Ute Stein, Kolumnistin", ["Ute Stein"]),
        ("Paid content", []),
        ("Ana Ruiz; Tom Bell、林一", ["Ana Ruiz", "Tom Bell", "林一"]),
        ("Автор: Анна Руис", ["Анна Руис"]),
        ("https://www.facebook.com/TheCourier/", []),
        ("Ana Ruiz, Senior Editor", ["Ana Ruiz"]),
        ("AFP/The Courier", ["AFP/The Courier"]),
    ],
)
def test_what_is_no_name_is_left_out(byline: str, names: list[str]) -> None:
    assert split_names([byline]) == names


def test_line_below_the_headline_that_says_by_names_the_author() -> None:
    found = find_authors(open_page(page(article("<p>Von Ana Ruiz, Berlin</p>")), URL), None, None)
    assert found == (("Ana Ruiz",), "byline")


def test_name_beside_the_date_is_the_author() -> None:
    assert authors("", article("<div>May 2, 2024 • Ana Ruiz • 3 min read</div>")) == ("Ana Ruiz",)
    assert authors("", article("<div>Ana Ruiz</div><div>May 2, 2024</div>")) == ("Ana Ruiz",)


def test_name_far_from_the_headline_is_not() -> None:
    assert authors("", article("", "<div>Ana Ruiz</div><div>May 2, 2024</div>")) == ()


def test_author_of_a_comment_is_not_the_articles() -> None:
    comment = "<div class=comment-list><div><cite class=author>Tom Bell</cite></div></div>"
    assert authors("", article("", comment)) == ()


def test_elements_next_to_each_other_are_one_byline() -> None:
    body = "<p><a rel=author>Ana Ruiz</a> and <a rel=author>Tom Bell</a></p>"
    assert authors("", article(body)) == ("Ana Ruiz", "Tom Bell")


def test_lines_below_a_marked_name_are_no_names() -> None:
    body = "<div class=author><b>Ana Ruiz</b><br>Head Winemaker<br>May 2</div>"
    assert authors("", article(body)) == ("Ana Ruiz",)


def test_desk_that_json_ld_states_is_better_than_none() -> None:
    assert authors(linked({"@type": "Article", "author": "The Courier Staff"})) == (
        "The Courier Staff",
    )


def test_login_gives_way_to_a_printed_name() -> None:
    head = linked({"@type": "Article", "author": "ana.ruiz"})
    assert authors(head) == ("ana.ruiz",)
    assert authors(head, article("<p>By Ana Ruiz</p>")) == ("Ana Ruiz",)


def test_family_name_before_a_comma_goes_last() -> None:
    head = "<meta name=citation_author content='Ruiz, Ana'>"
    assert authors(f"{head}<meta name=citation_author content='Bell, Tom'>") == (
        "Ana Ruiz",
        "Tom Bell",
    )


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_byline_gives_one_answer_and_no_error(texts: list[str]) -> None:
    names = split_names(texts)
    assert split_names(texts) == names
    assert all(names)


@pytest.mark.parametrize("label", ["Written by", "Escrito por", "Verfasst von", "Author"])
def test_card_of_a_link_names_the_author(label: str) -> None:
    head = (
        "<meta name=twitter:label1 content='Est. reading time'><meta name=twitter:data1 content=9>"
        f"<meta name=twitter:label2 content='{label}'><meta name=twitter:data2 content='Ana Ruiz'>"
    )
    assert authors(head) == ("Ana Ruiz",)


HEADLINE = "<h1>Morning boat to leave later</h1>"
TITLE = "<title>Morning boat to leave later</title>"


def test_link_to_the_page_of_an_author_next_to_the_headline_names_them() -> None:
    line = (
        "<div><a href='/authors/ana-ruiz'>Ana Ruiz</a> <a href='/team/tom-bell/'>Tom Bell</a></div>"
    )
    assert authors(TITLE, HEADLINE + line + paragraphs(*PROSE)) == ("Ana Ruiz", "Tom Bell")


@pytest.mark.parametrize(
    "line",
    [
        "<div><a href='/authors/all'>All Authors</a></div>",  # the address is not theirs
        "<div><a href='/sport/ana-ruiz'>Ana Ruiz</a></div>",  # a topic
    ],
)
def test_other_link_next_to_the_headline_names_nobody(line: str) -> None:
    assert authors(TITLE, HEADLINE + line + paragraphs(*PROSE)) == ()


def test_mark_around_a_sentence_is_no_byline() -> None:
    sentence = "<div class=author>Harbour Weekly tells islanders what is new</div>"
    assert authors(TITLE, sentence + HEADLINE) == ()
    assert authors(TITLE, "<div class=author>Ana van der Berg</div>") == ("Ana van der Berg",)


@pytest.mark.parametrize("name", ["Example", "The Example", "example.org", "Exam-ple"])
def test_name_of_the_domain_gives_way_to_the_byline(name: str) -> None:
    meta = f"<meta name=author content='{name}'>"
    assert authors(meta, "<span class=author>Ana Ruiz</span>") == ("Ana Ruiz",)
    assert authors(meta) == (name,)


FAR = paragraphs(*PROSE * 5)


def test_every_name_of_a_marked_list_counts() -> None:
    names = ("Ana Ruiz", "Tom Bell", "Jo van Reed")
    spans = "\n".join(f"<span class=simple>{name}</span>" for name in names)
    assert authors(body=article(f"<div class=byline><div>{spans}</div></div>")) == names


def test_town_below_a_marked_name_is_none() -> None:
    for town in ("<span>New York</span>", "<span class=place>New York</span>"):
        byline = f"<div class=byline><span class=name>Ana Ruiz</span>\n{town}</div>"
        assert authors(body=article(byline)) == ("Ana Ruiz",)


@pytest.mark.parametrize("line", ["Sign in", "Subscribe to our newsletter", "Mehr zum Thema"])
def test_line_of_the_page_is_no_name(line: str) -> None:
    assert authors(body=article(f"<span class=author>{line}</span>")) == ()
    assert authors(body=article(f"<p>By Ana Ruiz</p><p class=author>{line}</p>")) == ("Ana Ruiz",)


def test_word_in_lower_case_beside_a_name_is_none() -> None:
    byline = "<p class=author>Ana Ruiz writes about boats, harbours and piers</p>"
    assert authors(body=article(byline)) == ("Ana Ruiz",)
    assert authors("<meta name=author content='Ana Ruiz, harbours, dpa'>") == ("Ana Ruiz", "dpa")
    assert authors("<meta name=author content='aru, tbl'>") == ("aru", "tbl")


@pytest.mark.parametrize(
    "signature",
    [
        "<p>Written by Ana Ruiz and Tom Bell</p>",
        "<div><p>Written by:</p><p>Ana Ruiz, Tom Bell</p></div>",
        "<div><h3>Autoren</h3><p>Ana Ruiz und Tom Bell</p></div>",
        "<p>Datum: 3.5.2024<br>Autor: Ana Ruiz, Tom Bell<br>Quelle: Kurier</p>",
        "<p>Redaktion: Ana Ruiz, Tom Bell</p>",
        "<p style='text-align: right'>Ana Ruiz, Tom Bell</p>",
        "<p style='text-align:right;'><strong>Ana Ruiz, Tom Bell</strong></p>",
    ],
)
def test_signature_far_below_the_headline_names_the_author(signature: str) -> None:
    body = article("", FAR + signature)
    assert authors(body=body) == ("Ana Ruiz", "Tom Bell")
    assert authors(PUBLISHER, body) == ("Ana Ruiz", "Tom Bell")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Authors of both reports agree</p>",
        "<p>Text messages were sent</p>",
        "<div>Text</div><div>Weitere Bilder</div>",
        "<footer><p>Redaktion: Ana Ruiz</p></footer>",
        "<nav><ul><li>Autoren</li><li>Ana Ruiz</li></ul></nav>",
        "<p>Written by hand in the harbour</p>",
        "<p>Autor: Ana Ruiz; Illustrator: Tom Bell</p>",
        "<p>Titel: Der Hafen</p><p>Autorin: Ana Ruiz</p><p>Verlag: Anker</p><p>ISBN 3-00</p>",
        "<table><tr><td style='text-align: right'>Bill Total</td></tr></table>",
        "<h2 style='text-align: right'>Villa Harbour</h2>",
        "<p style='text-align: right'>Monday at nine</p>",
        "<p style='text-align: right'><a href='/all'>Zum Archiv</a></p>",
        "<p style='text-align: right'>Weitere Artikel</p>",
        "<section class=comments><p>Written by Ana Ruiz</p></section>",
    ],
)
def test_other_line_far_below_the_headline_names_nobody(line: str) -> None:
    assert authors(body=article("", FAR + line)) == ()
