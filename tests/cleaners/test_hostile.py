"""Pages that nobody wrote for readers: whatever comes, an article or a named refusal."""

import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import Article, CleaningError, clean, clean_dump
from cleaners.text import INVISIBLE
from tests.cleaners.pages import PROSE, URL, article, page, paragraphs

TAGS = (
    *("p", "div", "span", "b", "i", "a href=x", "font", "table", "tr", "td", "ul", "li", "dl"),
    *("section", "article", "main", "aside", "blockquote", "h1", "h2", "form", "select", "option"),
    *("button", "figure", "figcaption", "svg", "math", "template", "noscript", "frameset", "head"),
    *("body", "html", "pre", "textarea", "iframe", "time", "label", "object", "video", "dd"),
)
ODD = (
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml ?>",
        "<!doctype html>",
        "<br>",
        "<hr>",
        "<img src=a>",
    ),
    *(
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<meta charset=utf-16>",
    ),
    *("<input type=email>", "<meta name=author content='A B'>", "<base href=' //['>"),
    *("<a href='?page=2'>2</a>", "<link rel=next href='/2024/03/12/morning-boat/2'>"),
    *("<time datetime=2024-13-45>25:99</time>", "14:05", "Advertisement", "&", "<", ">", "&lt;"),
    *("&#1;", "&#27;", "&#0;", "&#xD800;", "&#x110000;", "&nbsp;", "\x00", "\x01", "\x0b", "\x1b"),
    *("\x7f", "\x85", "\u2028", "\u00ad", "\u200b", "\ufeff", "\ufffe", "\U0010ffff", "\u202e"),
    *("e\u0301", "\u0344", "\u2126", "\u0958", "\ufb1d", "가", "ด้วย", "日本"),
)
LINKED = (
    '{"@type":"NewsArticle","author":[{}]}',
    '{"@type":["Article"],"headline":["a",{"name":null}],"datePublished":"x"}',
    '{"@graph":[[{"@type":"Article","articleBody":{"@value":7}}]]}',
    '{"@type":"LiveBlogPosting","liveBlogUpdate":[null,3,{"headline":[],"articleBody":{}}]}',
    '{"liveBlogUpdate":{"headline":"a","datePublished":1}}',
    *("[]", "null", "{"),
)

PIECES = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(TAGS).map("<{}>".format),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
    st.sampled_from(ODD),
    st.sampled_from(LINKED).map("<script type='application/ld+json'>{}</script>".format),
    st.text(max_size=12),
)
SOUP = st.lists(PIECES, max_size=60).map("".join)


@cache
def cleaned(markup: str | bytes) -> Article | None:
    try:
        return clean(markup, URL)
    except CleaningError as error:
        assert URL in str(error)  # noqa: PT017 - either outcome is right, if it is complete
        return None


def assert_is_whole(found: Article | None) -> None:
    for text in (found.text, found.title, found.lead, *found.captions) if found is not None else ():
        assert unicodedata.is_normalized("NFC", text)
        assert INVISIBLE.search(text) is None
        assert text == text.strip()
    if found is not None:
        assert all(paragraph.strip() for paragraph in found.text.split("\n\n"))


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_soup_gives_an_article_or_a_named_refusal(markup: str) -> None:
    assert_is_whole(cleaned(markup))


@settings(max_examples=100, deadline=None)
@given(SOUP)
def test_soup_around_an_article_breaks_no_rule(markup: str) -> None:
    assert_is_whole(cleaned(article(markup).decode("utf-8", "surrogatepass")))


@settings(max_examples=60, deadline=None)
@given(SOUP)
def test_cleaning_soup_twice_gives_the_same(markup: str) -> None:
    first = cleaned(markup)
    cleaned.cache_clear()
    assert cleaned(markup) == first


@settings(max_examples=60, deadline=None)
@given(SOUP)
def test_trace_of_soup_never_changes_the_text(markup: str) -> None:
    found = cleaned(markup)
    if found is not None:
        assert clean(markup, URL, trace=True).text == found.text


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_named_refusal(noise: bytes) -> None:
    assert_is_whole(cleaned(article() + noise))
    assert_is_whole(cleaned(noise))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.sampled_from((*PROSE, "", "Menu", "14:05")), st.text(max_size=30))))
def test_any_dump_gives_an_article_or_a_named_refusal(lines: list[str]) -> None:
    try:
        found = clean_dump("\n".join(lines), URL)
    except CleaningError:
        return
    assert_is_whole(found)


@pytest.mark.parametrize("tag", ["div", "span", "b", "font", "table", "li", "dl", "button", "form"])
def test_deep_page_is_cleaned_or_refused_by_name(tag: str) -> None:
    assert_is_whole(cleaned(article(f"<{tag}>" * 3_000 + "x")))


@pytest.mark.parametrize(
    "linked",
    [
        "[" * 50_000,
        '{"a":' * 50_000,
        '{"@graph":' * 20_000 + "1" + "}" * 20_000,
        '{"a":"' + '\\"' * 90_000,
    ],
    ids=["lists", "objects", "graphs", "quotes"],
)
def test_malformed_json_ld_costs_no_text(linked: str) -> None:
    head = f"<script type='application/ld+json'>{linked}</script>"
    found = cleaned(page(f"<article>{paragraphs(*PROSE)}</article>", head=head))
    assert found is not None
    assert found.text == "\n\n".join(PROSE)


@pytest.mark.parametrize("lie", ["utf-16", "iso-8859-1", "koi8-r", "rot13", "unicode_escape", "x"])
def test_charset_that_is_a_lie_costs_no_text(lie: str) -> None:
    text = "Über die Straße läuft am Montag der Bürgermeister der Insel, wie jeden Morgen."
    markup = page(paragraphs(*PROSE, text), head=f"<meta charset={lie}>")
    found = cleaned(markup)
    assert found is not None
    assert found.text.endswith(text)
