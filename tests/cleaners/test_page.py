import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import NoContentError, NotHtmlError, PageTooLargeError
from cleaners.page import LONG_TAG, long_tags, open_page
from tests.cleaners.pages import page

URL = "https://example.org/a"


def test_meta_is_read_by_property_name_and_itemprop() -> None:
    head = (
        "<meta property='og:title' content=' One '><meta name='Author' content='A'>"
        "<meta itemprop='datePublished' content='2024-03-12'><meta name='author' content='B'>"
    )
    opened = open_page(page(head=head), URL)
    assert opened.meta["og:title"] == ("One",)
    assert opened.meta["author"] == ("A", "B")
    assert opened.first_meta("missing", "datepublished") == "2024-03-12"


def test_canonical_address_is_absolute() -> None:
    opened = open_page(page(head="<link rel='canonical' href='/story'>"), URL)
    assert opened.canonical == "https://example.org/story"


@pytest.mark.parametrize("href", ["javascript:void(0)", "http://[broken", ""])
def test_unusable_canonical_address_is_ignored(href: str) -> None:
    assert open_page(page(head=f"<link rel='canonical' href='{href}'>"), URL).canonical == URL


@pytest.mark.parametrize("noise", ["&#1;", "&#27;", "\x00", "&#x1b;"])
def test_control_characters_are_no_text(noise: str) -> None:
    opened = open_page(f"<html><body><p>one{noise}two</p></body></html>", URL)
    assert [block.text for block in opened.blocks] == ["onetwo"]


def test_self_closed_html_element_does_not_hide_the_body() -> None:
    opened = open_page("<!DOCTYPE html><html lang='de' /><body><p>text</p></body>", URL)
    assert opened.language == "de"
    assert opened.root.text() == "text"


def test_text_without_markup_is_no_page() -> None:
    with pytest.raises(NotHtmlError, match=URL):
        open_page('{"json": 1}', URL)


@pytest.mark.parametrize("text", ["  ", "<!-- only a comment -->"])
def test_page_without_elements_is_empty(text: str) -> None:
    with pytest.raises(NoContentError, match=URL):
        open_page(text, URL)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 30_000 + "deep",
        "<p>x</p>" * 100_001,
    ],
    ids=["nesting", "elements"],
)
def test_page_beyond_a_limit_is_named(body: str) -> None:
    with pytest.raises(PageTooLargeError, match=URL):
        open_page(page(body), URL).walked()


def test_text_node_over_ten_megabytes_does_not_end_the_page() -> None:
    body = f"<script>{'x' * 11_000_000}</script><p>the end</p>"
    assert [block.text for block in open_page(page(body), URL).blocks] == ["the end"]


def test_tag_of_a_million_attributes_is_refused_before_the_parse() -> None:
    body = "<p " + " ".join(f"a{n}" for n in range(1_000_000)) + ">x</p>"
    with pytest.raises(PageTooLargeError, match="attributes"):
        open_page(page(body), URL)


def test_long_address_in_one_attribute_is_no_reason_to_refuse() -> None:
    picture = "data:image/png;base64," + "abc d=" * 60_000
    opened = open_page(page(f"<img src='{picture}'><p>x</p>"), URL)
    assert [block.text for block in opened.blocks] == ["x"]


@given(
    lengths=st.lists(st.integers(0, 3 * LONG_TAG), max_size=6),
    tags=st.lists(st.sampled_from(["<", ">", "<a>", "<i ", "x"]), max_size=6),
)
def test_long_tags_are_those_between_angles(lengths: list[int], tags: list[str]) -> None:
    html = "".join(f"{'x' * length}{tag}" for length, tag in zip(lengths, tags, strict=False))
    pieces = [tag for text in html.split(">") for tag in text.split("<")[1:]]
    assert list(long_tags(html)) == [tag for tag in pieces if len(tag) >= LONG_TAG]
