import pytest

from crawler.health import Health

GOOD = {
    "articles/written": 10,
    "pages/received": 12,
    "listings/asked": 2,
    "links/listed": 40,
    "links/known_before": 30,
}


def trouble(**counts: int) -> str:
    """Return the trouble of a good crawl with other counts; ``_`` stands for ``/``."""
    names = {name.replace("__", "/"): number for name, number in counts.items()}
    return Health.of({**GOOD, **names}).trouble()


def test_site_that_gives_what_it_used_to_is_healthy() -> None:
    assert trouble() == ""


def test_site_of_which_half_the_articles_fit_no_layout_is_unhealthy() -> None:
    assert trouble(articles__layout_changed=5) == "no layout fits 5 of 10 articles"
    assert trouble(articles__layout_changed=4) == ""


def test_site_whose_layout_loses_text_of_half_the_articles_is_unhealthy() -> None:
    assert trouble(articles__guarded=6) == "the layout loses text of 6 of 10 articles"
    assert trouble(articles__guarded=4) == ""


def test_site_of_which_half_the_pages_are_no_articles_is_unhealthy() -> None:
    counts = {"articles/refused/NoContentError": 4, "articles/refused/NotAnArticleError": 2}
    assert Health.of({**GOOD, **counts}).trouble() == "6 of 12 pages are no articles"


def test_few_pages_tell_nothing() -> None:
    assert trouble(articles__written=4, articles__layout_changed=4) == ""


def test_listings_that_name_nothing_where_they_used_to_are_trouble() -> None:
    assert trouble(links__listed=0) == "the listings name no page, and 30 are known"


def test_listings_of_a_site_that_was_never_crawled_may_be_empty() -> None:
    assert trouble(links__listed=0, links__known_before=0) == ""


def test_crawl_that_asked_for_no_listing_has_none_that_is_empty() -> None:
    assert trouble(links__listed=0, listings__asked=0) == ""


@pytest.mark.parametrize(("reason", "is_answer"), [("HTTP 404", True), ("timeout", False)])
def test_lost_listing_is_trouble_only_where_the_server_is_up(reason: str, is_answer: bool) -> None:
    counts = {"links/listed": 0, f"listings/failed/{reason}": 2}
    assert bool(Health.of({**GOOD, **counts}).trouble()) is is_answer
