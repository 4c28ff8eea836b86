from scrapy.http import HtmlResponse

from crawler.discovery.listing import Listing
from crawler.discovery.sources import MAX_FEEDS, feeds_in_home, sitemaps_in_robots, usual_places

HOME = "https://www.ex.com/news/"


def home(*links: str) -> HtmlResponse:
    return HtmlResponse(HOME, body=f"<head>{''.join(links)}</head>", encoding="utf-8")


def test_robots_txt_names_sitemaps() -> None:
    body = b"User-agent: *\nSITEMAP: https://ex.com/a.xml\nSitemap: /b.xml\nSitemap: ftp://x/c\n"
    assert sitemaps_in_robots(body, "https://ex.com/robots.txt") == [
        Listing("https://ex.com/a.xml", "sitemap"),
        Listing("https://ex.com/b.xml", "sitemap"),
    ]


def test_home_page_announces_feeds_of_articles_not_of_comments() -> None:
    response = home(
        "<link rel='alternate' type='application/rss+xml' href='/feed/'>",
        "<link rel='alternate' type='application/atom+xml' href='atom.xml'>",
        "<link rel='alternate' type='application/rss+xml' href='/comments/feed/'>",
        "<link rel='alternate' type='application/rss+xml' title='Comments' href='/c/'>",
        "<link rel='alternate' hreflang='de' href='/de/'>",
        "<link rel='stylesheet' href='/s.css'>",
    )
    assert feeds_in_home(response) == [
        Listing("https://www.ex.com/feed/", "feed"),
        Listing("https://www.ex.com/news/atom.xml", "feed"),
    ]


def test_page_announces_so_many_feeds_and_no_more() -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='/feed/{}'>"
    assert len(feeds_in_home(home(*map(link.format, range(999))))) == MAX_FEEDS


def test_usual_places_are_guesses_at_the_root_of_the_site() -> None:
    first = usual_places("https://ex.com:8080/news", "feed")[0]
    assert first == Listing("https://ex.com:8080/feed", "feed", guess=True)
