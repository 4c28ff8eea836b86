import json

import pytest

from cleaners import Layout
from cleaners.metadata import access_of, language_of, section_of, tags_of, title_of
from cleaners.page import Page, open_page
from tests.cleaners.pages import page

URL = "https://example.org/a"


def opened(head: str = "", body: str = "", lang: str = "") -> Page:
    return open_page(page(body, head=head, lang=lang), URL)


def linked(**node: object) -> str:
    text = json.dumps({"@type": "NewsArticle", **node})
    return f"<script type='application/ld+json'>{text}</script>"


def test_headline_in_full_is_preferred_to_one_cut_for_search_engines() -> None:
    head = "<meta property='og:title' content='Harbour board votes to dredge'>"
    body = "<h1>Harbour board votes to dredge the outer channel in spring</h1>"
    title = "Harbour board votes to dredge the outer channel in spring"
    assert title_of(opened(head, body), None) == title


def test_site_name_is_cut_from_the_head_title() -> None:
    head = "<title>Harbour board votes to dredge | The Courier</title>"
    assert title_of(opened(head), None) == "Harbour board votes to dredge"


def test_short_headline_is_not_taken_for_a_site_name() -> None:
    assert title_of(opened("<title>War – and peace at last</title>"), None) == (
        "War – and peace at last"
    )


def test_only_heading_is_the_title_of_a_page_without_metadata() -> None:
    assert title_of(opened(body="<h1>Dredging starts</h1>"), None) == "Dredging starts"


def test_page_without_any_headline_has_an_empty_title() -> None:
    assert title_of(opened(), None) == ""


def test_layout_names_the_headline() -> None:
    body = "<h1>The Courier</h1><h2 class=hed>Dredging starts</h2>"
    assert title_of(opened(body=body), Layout(body="p", title="h2.hed")) == "Dredging starts"


def test_layout_headline_that_is_missing_falls_back_to_the_page() -> None:
    found = title_of(opened(body="<h1>Dredging starts</h1>"), Layout(body="p", title="h2.hed"))
    assert found == "Dredging starts"


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
