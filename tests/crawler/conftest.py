"""What many tests of the crawler take: a crawl with its storage open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from crawler.storage import storage_of
from tests.crawler.storing import a_crawler


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    """Return a crawl that stores below ``tmp_path``."""
    made = a_crawler(tmp_path)
    yield made
    storage_of(made).close()
