import pytest
from scrapy.http import HtmlResponse

from crawler.discovery.sections import (
    anchors_in,
    article_links,
    looks_like_article,
    looks_like_section,
    section_addresses,
)

HOME = "https://www.ex.com/"


def page(*hrefs: str, text: str = "Read", head: str = "") -> HtmlResponse:
    anchors = "".join(f"<a href='{href}'><b>{text}</b></a>" for href in hrefs)
    body = f"<html><head>{head}</head><body>{anchors}</body></html>"
    return HtmlResponse(HOME, body=body, encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/2025/11/03/bridge",
        "/world/202104061082554961-x/",
        "/news/2025-11-03-tram.html",
        "/bridge-opens-1234567.html",
        "/a/61234567",
        "/bridge-opens-after-storm",
        "/lighthouse_keeper_retires.php",
        "/articles/c2kgqx1z9xyo",
        "/мост-открыт-после-шторма",
    ],
)
def test_article_is_known_by_the_shape_of_its_address(path: str) -> None:
    assert looks_like_article(f"https://ex.com{path}")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/politics",
        "/world/europe",
        "/2025/11/03/",
        "/tag/bridge-opens-after-storm",
        "/author/61234567",
        "/2025/11/03/bridge-opens.jpg",
        "/login.php?next=/bridge-opens-after-storm",
        "/new-york-city",
    ],
)
def test_list_file_and_service_are_no_articles(path: str) -> None:
    assert not looks_like_article(f"https://ex.com{path}")


@pytest.mark.parametrize("path", ["/politics", "/world/europe", "/us-news/"])
def test_section_has_few_short_parts(path: str) -> None:
    assert looks_like_section(f"https://ex.com{path}")


@pytest.mark.parametrize(
    "path", ["/", "/a/b/c", "/bridge-opens-after-storm", "/tag/tram", "/top10", "/news?page=2"]
)
def test_deep_long_or_numbered_address_is_no_section(path: str) -> None:
    assert not looks_like_section(f"https://ex.com{path}")


def test_links_are_absolute_unique_and_carry_the_longest_text() -> None:
    response = HtmlResponse(
        HOME,
        body="<a href='/2025/11/03/tram#x'>More</a>"
        "<a href='/2025/11/03/tram'>The <i>tram</i> runs</a>",
        encoding="utf-8",
    )
    [link] = article_links(anchors_in(response), response.url, limit=9)
    assert (link.url, link.title) == ("https://www.ex.com/2025/11/03/tram", "The tram runs")
    assert (link.origin, link.listing) == ("section", HOME)


def test_links_stay_on_the_registered_domain() -> None:
    response = page("https://other.org/2025/11/03/tram", "https://m.ex.com/2025/11/03/tram")
    assert [link.url for link in article_links(anchors_in(response), response.url, limit=9)] == [
        "https://m.ex.com/2025/11/03/tram"
    ]


def test_base_of_the_page_counts() -> None:
    response = page("2025/11/03/tram", head="<base href='/news/'>")
    [link] = article_links(anchors_in(response), response.url, limit=9)
    assert link.url == "https://www.ex.com/news/2025/11/03/tram"


def test_no_more_links_than_the_limit_are_taken() -> None:
    response = page(*(f"/2025/11/03/tram-{number}" for number in range(9)))
    assert len(article_links(anchors_in(response), response.url, limit=4)) == 4


def test_home_page_names_its_sections_once() -> None:
    response = page("/politics", "/2025/11/03/tram", "/world", "/politics", "/contact")
    assert section_addresses(anchors_in(response)) == [
        "https://www.ex.com/politics",
        "https://www.ex.com/world",
    ]
