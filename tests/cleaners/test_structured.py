import gc

import pytest

from cleaners.page import open_page
from cleaners.structured import MAX_SCRIPT, load, plain, strings
from tests.cleaners.pages import page


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "a"}',
        '<!-- {"headline": "a"} -->',
        '//<![CDATA[\n{"headline": "a"}\n//]]>',
        '{"headline": "a",}',
        '{"headline": "a"};',
        "{&quot;headline&quot;: &quot;a&quot;}",
    ],
)
def test_script_as_found_in_the_wild_is_read(script: str) -> None:
    assert load(script) == {"headline": "a"}


@pytest.mark.parametrize("script", ["", "{broken", "[" * 100_000, '"' + "x" * MAX_SCRIPT + '"'])
def test_script_beyond_repair_is_nothing(script: str) -> None:
    gc.collect()  # what other tests left has no room to end where the stack is full
    assert load(script) is None


def test_raw_line_breaks_inside_a_string_are_read() -> None:
    assert load('{"headline": "a\nb"}') in ({"headline": "a\nb"}, {"headline": "a b"})


def test_article_is_found_in_a_graph_and_the_longest_body_is_first() -> None:
    script = """{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"]},
        {"@type": "WebPage", "mainEntity": {"@type": "Report", "articleBody": "long text"}}]}"""
    head = f"<script type='application/ld+json'>{script}</script>"
    articles = open_page(page(head=head), "u").articles
    assert [node.get("articleBody") for node in articles] == ["long text", None]


def test_texts_are_read_from_strings_nodes_and_lists() -> None:
    assert strings([{"name": "a &amp; b"}, {"@value": "c"}, "", 3]) == ["a & b", "c"]


def test_markup_in_a_body_becomes_lines() -> None:
    assert plain("<p>one <b>two</b></p><p>three</p>") == "one two\nthree\n"
