from cleaners.page import open_page
from evaluation.title_sources import row_of, titles_of

PAGE = """<!doctype html><html lang="en"><head><title>Pier of the town is shut - The Bugle</title>
<meta property="og:site_name" content="The Bugle"><meta property="og:title" content="Pier is shut">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Storm: pier shut"}</script>
</head><body><article><h1>Pier shut after the storm</h1><p>Text.</p></article></body></html>"""


def test_title_is_read_from_each_place_without_the_name_of_the_site() -> None:
    assert titles_of(open_page(PAGE, "https://bugle.example/pier")) == {
        "printed": "Pier shut after the storm",
        "JSON-LD": "Storm: pier shut",
        "og:title": "Pier is shut",
        "<title>": "Pier of the town is shut",
    }


def test_row_has_shares_of_all_pages_and_numbers_of_those_that_disagree() -> None:
    printed = {"printed": "a", "JSON-LD": "b", "og:title": "b", "<title>": ""}
    agreed = dict.fromkeys(printed, "c")
    found = [("a", printed), ("b", printed), ("b", printed), ("c", agreed)]
    shares = ["50.0", "75.0", "75.0", "25.0", "100.0"]
    assert row_of("wcxb", found) == ["wcxb", "4", *shares, "3", "1", "2"]
