import os

import pytest
from scrapy.settings import Settings

from crawler.limits import Limits, processes_alone, processes_beside_crawl


@pytest.mark.parametrize(
    ("processors", "beside_crawl", "alone"),
    [(1, 1, 1), (2, 1, 2), (3, 2, 3), (4, 2, 4), (64, 2, 8)],
)
def test_processors_say_how_many_processes_read_pages(
    processors: int, beside_crawl: int, alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)))
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    assert Limits.of(settings, processes_beside_crawl()).processes == beside_crawl
    assert Limits.of(settings, processes_alone()).processes == alone


def test_setting_says_how_many_processes_read_pages() -> None:
    settings = Settings(
        {
            "EXTRACTION_PROCESSES": 5,
            "EXTRACTION_TIMEOUT": 60,
            "EXTRACTION_CPU": 10,
            "EXTRACTION_MEMORY_MB": 2048,
        }
    )
    assert Limits.of(settings, 1).processes == 5
