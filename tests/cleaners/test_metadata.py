import json

import pytest

from cleaners.metadata import access_of, language_of, section_of, tags_of
from cleaners.page import Page, open_page
from tests.cleaners.pages import page

URL = "https://example.org/a"


def opened(head: str = "", body: str = "", lang: str = "") -> Page:
    return open_page(page(body, head=head, lang=lang), URL)


def linked(**node: object) -> str:
    text = json.dumps({"@type": "NewsArticle", **node})
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    ("head", "lang", "expected"),
    [
        ("", "de-AT", "de"),
        ("", "EN_us", "en"),
        (linked(inLanguage="fr-FR"), "", "fr"),
        ("<meta property='og:locale' content='es_MX'>", "", "es"),
        ("", "", ""),
    ],
)
def test_language_is_the_two_letter_code(head: str, lang: str, expected: str) -> None:
    assert language_of(opened(head, lang=lang)) == expected


def test_section_and_tags_come_from_json_ld() -> None:
    page = opened(linked(articleSection=["Harbour", "News"], keywords="dredging, ferry;boats"))
    assert section_of(page) == "Harbour"
    assert tags_of(page) == ("dredging", "ferry", "boats")


def test_article_tags_win_over_keywords() -> None:
    head = "<meta property='article:tag' content='ferry'><meta name='keywords' content='x,y'>"
    assert tags_of(opened(head)) == ("ferry",)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(isAccessibleForFree=False), "paid"),
        (linked(isAccessibleForFree="http://schema.org/True"), "free"),
        ("<meta property='article:content_tier' content='locked'>", "paid"),
        ("", None),
    ],
)
def test_access_is_what_the_page_states(head: str, expected: str | None) -> None:
    assert access_of(opened(head)) == expected


def test_section_is_read_from_microdata() -> None:
    assert section_of(opened(body="<a itemprop=articleSection>Harbour</a>")) == "Harbour"
