import datetime as dt

from crawler.link import Link
from tests.crawler.storing import URL, a_fetch, an_article


def test_link_needs_no_more_than_its_address() -> None:
    assert Link(URL) == Link(URL, published=None, title="", origin="urls", listing="")


def test_links_of_one_listing_differ_by_date() -> None:
    assert Link(URL, dt.date(2024, 5, 4)) != Link(URL)


def test_fetch_shows_its_address_in_logs() -> None:
    assert str(a_fetch(an_article())) == URL


def test_fetch_does_not_show_its_page() -> None:
    assert "<p>page</p>" not in repr(a_fetch(an_article()))
