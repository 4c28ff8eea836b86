import json

from cleaners import Layout
from cleaners.page import Page, open_page
from cleaners.titles import find_title, title_of
from tests.cleaners.pages import page

URL = "https://the-courier.org/a"


def opened(head: str = "", body: str = "") -> Page:
    return open_page(page(body, head=head), URL)


def linked(headline: str) -> str:
    node = {"@type": "NewsArticle", "headline": headline}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def title(head: str = "", body: str = "") -> str:
    return title_of(opened(head, body), None)


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


def test_heading_is_the_title_where_search_engines_are_told_another() -> None:
    head = "<meta property='og:title' content='Ferry times: what changes this winter'>"
    body = "<h1>Morning ferry times change all winter</h1>"
    assert title(head, body) == "Morning ferry times change all winter"


def test_heading_that_shares_no_word_with_the_stated_title_is_none() -> None:
    head = linked("Harbour board votes to dredge the channel")
    assert title(head, "<h1>Local news</h1>") == "Harbour board votes to dredge the channel"


def test_source_of_the_title_is_named() -> None:
    assert find_title(opened(linked("Harbour board votes to dredge")), None)[1] == "json-ld"
    assert find_title(opened(body="<h1>Harbour board votes to dredge</h1>"), None)[1] == "h1"


def test_marked_kicker_in_the_heading_is_left_out() -> None:
    body = "<h1><span class=headline__kicker>Harbour</span> Board votes to dredge</h1>"
    assert title("<title>Board votes to dredge</title>", body) == "Board votes to dredge"
    assert title("<title>x</title>", body) == "x"


def test_unmarked_kicker_is_left_out_where_a_stated_title_is_without_it() -> None:
    body = "<h1><span>Harbour:</span> <span>Board votes to dredge</span></h1>"
    assert title(linked("Board votes to dredge"), body) == "Board votes to dredge"


def test_kicker_that_the_stated_title_has_stays() -> None:
    body = "<h1><span class=kicker>Harbour</span><span>Board votes to dredge</span></h1>"
    assert title(linked("Harbour: Board votes to dredge"), body) == "Harbour: Board votes to dredge"


def test_subtitle_in_the_heading_is_left_out() -> None:
    body = "<h1>Board votes to dredge<br><span>The channel will be deeper by spring</span></h1>"
    assert title(linked("Board votes to dredge"), body) == "Board votes to dredge"


def test_words_across_bold_letters_stay_whole() -> None:
    assert title(body="<h1><b>B</b>oard votes to <em>dredge</em></h1>") == "Board votes to dredge"


def test_site_name_in_the_heading_is_cut() -> None:
    body = "<h1>Dredging starts in spring | The Courier</h1>"
    head = "<meta property='og:title' content='Dredging starts in spring'>"
    assert title(head, body) == "Dredging starts in spring"


def test_second_heading_is_taken_where_it_is_the_stated_one() -> None:
    body = "<h1>Harbour</h1><h1>Dredging starts in spring</h1>"
    assert title("<title>Dredging starts in spring - Courier</title>", body) == (
        "Dredging starts in spring"
    )


def test_title_in_a_script_without_spaces_keeps_its_words() -> None:
    head = "<title>港の浚渫が春に始まる - 港新聞</title>"
    assert title(head, "<h1>港の浚渫が春に始まる</h1>") == "港の浚渫が春に始まる"


def test_site_behind_a_hyphen_without_spaces_is_cut_in_chinese() -> None:
    for mark in ("-", "_", "--"):
        assert (
            title(f"<title>港口的船明天早上晚点出发！{mark}海港网</title>")
            == "港口的船明天早上晚点出发！"
        )
    assert title("<title>海港人口突破一百万-历史新高的背后原因是什么呢</title>").endswith("什么呢")


def test_whole_title_in_the_place_of_the_sites_name_is_none() -> None:
    whole = "Harbour board votes to dredge | The Anchor"
    head = f"<title>{whole}</title><meta property='og:site_name' content='{whole}'>"
    assert title(head, "<h1>Harbour board votes to dredge</h1>") == "Harbour board votes to dredge"


def test_title_that_a_quotation_mark_cuts_off_is_taken_whole() -> None:
    head = (
        '<title>Board calls the old harbour "a ruin" - The Anchor</title>'
        '<meta property="og:title" content="Board calls the old harbour "a ruin"">'
    )
    assert title(head) == 'Board calls the old harbour "a ruin"'
