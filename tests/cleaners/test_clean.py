import datetime as dt
import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import CleaningError, Layout, Site, clean, registry
from cleaners.choice import layout_in_use, layouts_on
from cleaners.page import open_page
from cleaners.published import Dating
from cleaners.tree import Node
from cleaners.walk import Walked, walk
from tests.cleaners.pages import PROSE, URL, article, page, paragraphs

FETCHED = dt.datetime(2024, 3, 13, 12, tzinfo=dt.UTC)
FERRY = Site(
    name="ferrynews",
    domains=("ferry.example",),
    layouts=(
        Layout(
            body="div.text", lead="p.intro", drop=("aside", "span.ad"), captions=("figcaption",)
        ),
        Layout(until=dt.date(2015, 12, 31), body="td.story"),
    ),
    timezone="Europe/London",
)
FERRY_URL = "https://www.ferry.example/boat"


@pytest.fixture
def ferry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "by_domain", lambda: {"ferry.example": FERRY})


def test_generic_article_is_clean_and_dated() -> None:
    cleaned = clean(article(), URL, fetched=FETCHED)
    assert cleaned.text == "\n\n".join(PROSE)
    assert cleaned.title == "Morning boat to leave later"
    assert (cleaned.published, cleaned.date_source) == (dt.date(2024, 3, 12), "url")
    assert (cleaned.source, cleaned.language, cleaned.trace) == ("example-org", "en", None)


def test_decoded_text_is_cleaned_like_bytes() -> None:
    assert clean(article().decode(), URL) == clean(article(), URL)


def test_cleaning_twice_gives_the_same() -> None:
    assert clean(article(), URL, trace=True) == clean(article(), URL, trace=True)


@pytest.mark.usefixtures("ferry")
def test_layout_gives_lead_body_and_captions_apart() -> None:
    body = (
        f"<p class=intro>{PROSE[0]}</p><div class=text><p>{PROSE[1]} <span class=ad>Buy!</span></p>"
        f"<figure><img><figcaption>The boat at dawn.</figcaption></figure>"
        f"<aside><p>{PROSE[2]}</p></aside><h2>Fares</h2><p>{PROSE[3]}</p></div><p>Footer.</p>"
    )
    cleaned = clean(page(body), FERRY_URL)
    assert cleaned.text == "\n\n".join((PROSE[0], PROSE[1], "Fares", PROSE[3]))
    assert (cleaned.lead, cleaned.captions) == (PROSE[0], ("The boat at dawn.",))
    assert (cleaned.source, cleaned.layout_changed, cleaned.guarded) == ("ferrynews", False, False)


@pytest.mark.usefixtures("ferry")
def test_page_that_no_layout_matches_is_marked_and_cleaned_all_the_same() -> None:
    cleaned = clean(article(), FERRY_URL)
    assert cleaned.layout_changed
    assert cleaned.text == "\n\n".join(PROSE)


@pytest.mark.usefixtures("ferry")
def test_guard_takes_the_longer_text_where_rules_have_rotted() -> None:
    long = [
        f"{text} That is what paper number {n} of the board says."
        for n in range(5)
        for text in PROSE
    ]
    linked = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(long)})
    head = f"<script type='application/ld+json'>{linked}</script>"
    body = f"<div class=text><p>{PROSE[0]}</p></div><article>{paragraphs(*long)}</article>"
    cleaned = clean(page(body, head=head), FERRY_URL)
    assert cleaned.guarded
    assert cleaned.text.endswith(long[-1])


@pytest.mark.usefixtures("ferry")
def test_guard_keeps_a_short_text_that_the_generic_chooser_does_not_better() -> None:
    linked = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(PROSE * 4)})
    head = f"<script type='application/ld+json'>{linked}</script>"
    body = f"<div class=text>{paragraphs(*PROSE)}</div>"
    assert not clean(page(body, head=head), FERRY_URL).guarded


def test_closed_layout_is_not_used_for_later_pages() -> None:
    opened = open_page(page("<table><tr><td class=story>Old text.</table>"), FERRY_URL)
    old, new = (Dating(dt.date(year, 1, 1), None, "url") for year in (2010, 2020))
    layouts = layouts_on(opened, FERRY)
    assert layout_in_use(layouts, old) is FERRY.layouts[1]
    assert layout_in_use(layouts, new) is None


@pytest.mark.usefixtures("ferry")
def test_page_of_a_known_site_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    walks: list[int] = []

    def counted(root: Node, zones: Mapping[int, str]) -> Walked:
        walks.append(len(zones))
        return walk(root, zones)

    monkeypatch.setattr("cleaners.page.walk", counted)
    head = "<meta property=article:published_time content=2024-03-12><meta name=author content=Ada>"
    clean(page(f"<div class=text>{paragraphs(*PROSE)}</div>", head=head), FERRY_URL)
    assert len(walks) == 1
    assert walks[0]


@pytest.mark.parametrize("label", ["Photo:", "Foto :", "图片：", "Image credit:"])
def test_label_without_a_caption_is_none(label: str) -> None:
    figure = f"<figure><figcaption>{label}</figcaption><p>The boat at dawn: a view.</p></figure>"
    cleaned = clean(page(f"<p>{PROSE[0]}</p>{figure}<p>{PROSE[1]}</p>"), URL)
    assert label not in cleaned.captions
    assert label not in cleaned.text


def test_figure_captions_of_a_page_without_rules_are_kept_apart() -> None:
    figure = "<figure><img src=a><figcaption>The boat at dawn.</figcaption></figure>"
    cleaned = clean(article(f"{figure}<p>{PROSE[0]} It was late.</p>"), URL)
    assert cleaned.captions == ("The boat at dawn.",)
    assert "dawn" not in cleaned.text


def test_trace_tells_of_every_block_and_never_changes_the_text() -> None:
    plain, traced = clean(article(), URL), clean(article("<p>Advertisement</p>"), URL, trace=True)
    assert traced.trace is not None
    assert plain.text == traced.text
    assert [d.text for d in traced.trace.decisions if d.kept] == list(PROSE)
    assert sum(traced.trace.removed().values()) == 2  # the headline and the advertisement


def test_trace_tells_what_was_cut_out_of_a_paragraph() -> None:
    promo = f"<p>{PROSE[2]} More words follow. READ | Harbour board meets in the hall</p>"
    traced = clean(article(promo), URL, trace=True)
    assert traced.trace is not None
    assert any(rule.startswith("inline:") for rule in traced.trace.removed())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<div class=text>", "</div>", "<table><tr><td>", "</table>", "<a href=x>",
     "</a>", "<br>", "<ul><li>", "</ul>", "<h1>Title</h1>", "<script>x</script>", "&#1;", "\x00",
     "\ufffe",
     "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[{}]}</script>",
     *PROSE]
), max_size=40))  # fmt: skip
def test_any_markup_gives_an_article_or_a_named_refusal(parts: list[str]) -> None:
    try:
        cleaned = clean("".join(parts), URL)
    except CleaningError as error:
        assert URL in str(error)  # noqa: PT017 - either outcome is right, if it is complete
    else:
        assert cleaned.text
        assert cleaned.text == cleaned.text.strip()
