import datetime as dt
import json

import pytest

from cleaners import Article, clean
from tests.cleaners.pages import PROSE, article, page, paragraphs

URL = "https://bugle.example/2024/03/12/storm-reaches-the-islands-live"
TITLE = "Storm reaches the islands: live"
CLOCKS = ("14:05", "13:40", "12:10", "11:55")


def entry(clock: str, headline: str, text: str) -> str:
    return f"<div class=live-post><time>{clock}</time><h3>{headline}</h3><p>{text}</p></div>"


ENTRIES = "".join(
    entry(clock, f"Bulletin {clock[:2]}", text)
    for clock, text in zip(CLOCKS, PROSE, strict=True)
)  # fmt: skip


def cleaned(entries: str, *, head: str = "", title: str = TITLE, url: str = URL) -> Article:
    head += f"<title>{title}</title>"
    head += "<meta property='article:published_time' content='2024-03-12T14:05:00+01:00'>"
    body = f"<article><h1>{title}</h1><p>Ferries are in port.</p><div>{entries}</div></article>"
    return clean(page(body, head=head), url)


def at(hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2024, 3, 12, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def test_entries_are_told_in_page_order_with_their_times() -> None:
    entries = cleaned(ENTRIES).entries
    assert [entry.headline for entry in entries] == [f"Bulletin {clock[:2]}" for clock in CLOCKS]
    assert [entry.text for entry in entries] == list(PROSE)
    assert [entry.time for entry in entries] == [at(14, 5), at(13, 40), at(12, 10), at(11, 55)]
    assert [entry.printed for entry in entries] == list(CLOCKS)


def test_text_holds_the_entries_with_their_headlines_and_no_bare_time() -> None:
    text = cleaned(ENTRIES).text
    lines = [line for entry in cleaned(ENTRIES).entries for line in (entry.headline, entry.text)]
    assert text.endswith("\n\n".join(lines))
    assert not any(clock in text for clock in CLOCKS)


def test_machine_readable_time_of_an_entry_beats_the_printed_one() -> None:
    stated = ENTRIES.replace("<time>14:05", "<time datetime='2024-03-12T13:05:07Z'>14:05")
    assert cleaned(stated).entries[0].time == dt.datetime(2024, 3, 12, 13, 5, 7, tzinfo=dt.UTC)


def test_clocks_of_more_than_one_day_are_no_moments() -> None:
    entries = cleaned(ENTRIES.replace("12:10", "23:50")).entries
    assert [entry.time for entry in entries] == [None] * 4
    assert entries[2].printed == "23:50"


def test_headings_that_begin_with_a_clock_begin_entries() -> None:
    flat = "".join(
        f"<h2>{clock} Uhr: Bulletin {number}</h2><p>{PROSE[number]}</p>"
        for number, clock in enumerate(CLOCKS)
    )
    found = cleaned(flat)
    assert [entry.headline for entry in found.entries] == [f"Bulletin {n}" for n in range(4)]
    assert [entry.printed for entry in found.entries] == [f"{clock} Uhr" for clock in CLOCKS]
    assert "14:05 Uhr: Bulletin 0" in found.text


def test_entry_that_a_chooser_may_miss_is_in_the_text() -> None:
    short = entry("11:20", "Bulletin 11b", "The last boat has now left the outer quay.")
    assert "The last boat has now left" in cleaned(ENTRIES + short).text


def updates(*numbers: int) -> str:
    linked = {
        "@type": "LiveBlogPosting",
        "liveBlogUpdate": [
            {
                "headline": f"Bulletin {CLOCKS[number][:2]}",
                "articleBody": f"<p>{PROSE[number]}</p>",
                "datePublished": f"2024-03-12T0{number + 1}:00:00Z",
            }
            for number in numbers
        ],
    }
    return f"<script type='application/ld+json'>{json.dumps(linked)}</script>"


def test_times_of_json_ld_go_to_the_entries_of_the_page() -> None:
    entries = cleaned(ENTRIES, head=updates(1)).entries
    assert entries[1].time == dt.datetime(2024, 3, 12, 2, tzinfo=dt.UTC)
    assert entries[0].time == at(14, 5)


def test_entries_of_json_ld_alone_are_told() -> None:
    entries = cleaned(paragraphs(*PROSE), head=updates(0, 1)).entries
    assert [(entry.headline, entry.text) for entry in entries] == [
        ("Bulletin 14", PROSE[0]),
        ("Bulletin 13", PROSE[1]),
    ]


@pytest.mark.parametrize("end", ["", "/"])
def test_address_may_call_the_report_live(end: str) -> None:
    plain = ENTRIES.replace("class=live-post", "class=part")
    address = f"https://bugle.example/2024/03/12/storm-as-it-happened{end}"
    assert len(cleaned(plain, title="How the storm passed", url=address).entries) == len(CLOCKS)


def test_ordinary_article_has_no_entries() -> None:
    assert clean(article(), URL).entries == ()


def test_same_markup_is_no_live_report_where_nothing_calls_it_live() -> None:
    plain = ENTRIES.replace("live-post", "box")
    url = URL.replace("-live", "")
    assert cleaned(plain, title="Storm reaches the islands", url=url).entries == ()


@pytest.mark.parametrize("box", ["comments", "related-stories", "teaser-list"])
def test_times_of_other_boxes_make_no_live_report(box: str) -> None:
    body = f"{paragraphs(*PROSE)}<section class={box}>{ENTRIES}</section>"
    assert cleaned(body).entries == ()


def test_teasers_with_times_make_no_live_report() -> None:
    teasers = ENTRIES.replace("<h3>", "<h3><a href=/2024/03/12/other>").replace(
        "</h3>", "</a></h3>"
    )
    assert cleaned(f"{paragraphs(*PROSE)}{teasers}").entries == ()


def test_times_without_prose_make_no_live_report() -> None:
    stops = "".join(f"<li class=live-item><time>{clock}</time> Outer quay</li>" for clock in CLOCKS)
    assert cleaned(f"{paragraphs(*PROSE)}<ul>{stops}</ul>").entries == ()


def test_small_box_of_live_news_beside_an_article_makes_no_live_report() -> None:
    long = paragraphs(*(f"{text} So says paper {n}." for n in range(4) for text in PROSE))
    assert cleaned(f"{long}<div class=live-feed>{ENTRIES}</div>").entries == ()


def test_two_times_make_no_live_report() -> None:
    assert cleaned(paragraphs(*PROSE) + entry("14:05", "Bulletin", PROSE[0]) * 2).entries == ()
