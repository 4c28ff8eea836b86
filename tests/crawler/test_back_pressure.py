"""A crawl of a large site holds few of its pages in memory at a time."""

import pytest

from crawler import settings
from evaluation.crawl_memory import crawl
from evaluation.crawl_run import Measurement
from evaluation.crawl_spiders import ALIKE

PAGES = 1_500


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Measurement:
    found, _ = crawl(tmp_path_factory.mktemp("site"), PAGES)
    return found


def test_every_page_is_written(crawled: Measurement) -> None:
    assert crawled.stats["articles/written"] == PAGES


def test_few_pages_are_under_way_at_a_time(crawled: Measurement) -> None:
    assert 1 < crawled.stats["watch/most_scraping"] <= settings.PAGES_IN_FLIGHT
    assert crawled.stats["watch/most_downloading"] <= ALIKE["CONCURRENT_REQUESTS"]


def test_few_requests_wait_at_a_time(crawled: Measurement) -> None:
    assert crawled.stats["watch/most_scheduled"] <= settings.PAGES_IN_FLIGHT


def test_no_page_is_asked_for_twice(crawled: Measurement) -> None:
    assert crawled.stats["downloader/response_status_count/200"] == PAGES + 3  # robots, sitemaps
