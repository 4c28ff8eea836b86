import json

import pytest

from cleaners import Layout, Site
from cleaners.authors import authors_of
from cleaners.names import split_names
from cleaners.page import open_page
from tests.cleaners.pages import page

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
        ("12 March 2024", []),
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
