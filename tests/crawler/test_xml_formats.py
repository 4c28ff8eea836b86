import dataclasses

import pytest
from lxml import etree
from trafilatura.xml import validate_tei

from cleaners import Article
from crawler.xml_formats import render_tei, render_xml
from tests.crawler.test_formats import ARTICLE

BARE = Article(url="", source="", title="", text="x")
BROKEN = dataclasses.replace(
    ARTICLE, title="Half \ud83d a \x01 sign", lead="\x0b", tags=("\udc00",)
)
TAGGED = dataclasses.replace(ARTICLE, title="A & B <c>", section="Town", tags=())


def parsed(document: str) -> etree._Element:
    return etree.fromstring(document.encode())


@pytest.mark.parametrize("article", [ARTICLE, BARE, TAGGED, BROKEN])
def test_tei_is_valid(article: Article) -> None:
    assert validate_tei(parsed(render_tei(article)))


def test_tei_has_a_paragraph_a_block() -> None:
    found = parsed(render_tei(ARTICLE)).findall(".//{*}body//{*}p")
    assert [paragraph.text for paragraph in found] == ARTICLE.text.split("\n\n")


def test_tei_names_authors_date_language_and_terms() -> None:
    root = parsed(render_tei(ARTICLE))
    assert [e.text for e in root.findall(".//{*}bibl/{*}author")] == ["Petra Quill", "Osric Bane"]
    assert root.findtext(".//{*}bibl/{*}date") == "2025-05-12T06:40:00+01:00"
    assert [e.text for e in root.findall(".//{*}term")] == ["quay", "trams"]
    assert [e.get("ident") for e in root.findall(".//{*}language")] == ["en"]


def test_xml_has_the_metadata_as_attributes() -> None:
    root = parsed(render_xml(ARTICLE))
    assert (root.get("author"), root.get("sitename"), root.get("categories")) == (
        "Petra Quill; Osric Bane",
        "bugle-example",
        None,
    )


def test_xml_has_a_paragraph_a_block() -> None:
    found = parsed(render_xml(ARTICLE)).findall("main/p")
    assert [paragraph.text for paragraph in found] == ARTICLE.text.split("\n\n")


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert parsed(render_xml(BROKEN)).get("title") == "Half  a  sign"


def test_markup_in_the_text_stays_text() -> None:
    assert parsed(render_xml(TAGGED)).get("title") == "A & B <c>"
