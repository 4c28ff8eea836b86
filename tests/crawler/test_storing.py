"""Pages that come together are stored as if they had come one after the other."""

import dataclasses
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from cleaners import NoContentError
from crawler import files, index
from crawler.pipelines.storing import Result
from crawler.storage import storage_of
from tests.crawler.storing import (
    OTHER,
    SECOND,
    TEXT,
    URL,
    a_fetch,
    an_article,
    body,
    counts,
    store,
    store_all,
)

INDEX = Path("articles/example/index.jsonl")
FIRST = a_fetch(an_article())
FOREIGN = a_fetch(an_article(SECOND, text=OTHER), url=SECOND)
COPY = a_fetch(an_article(SECOND), url=SECOND)


def told(results: list[Result]) -> list[str]:
    return ["written" if isinstance(one, dict) else str(one).partition(":")[0] for one in results]


def test_each_page_has_its_own_result(tmp_path: Path, crawler: Crawler) -> None:
    empty = "https://example.org/empty"
    refused = a_fetch(NoContentError(empty), url=empty)
    results = store_all(crawler, FIRST, refused, FOREIGN)
    assert told(results) == ["written", "refused, NoContentError", "written"]
    assert counts(crawler) == {"written": 2, "refused/NoContentError": 1}
    assert [line["url"] for line in index.read(tmp_path / INDEX)] == [URL, SECOND]
    archived = storage_of(crawler).state.archived("example")
    assert {one.url for one in archived} == {URL, empty, SECOND}


def test_copy_that_comes_with_its_article_is_not_written(crawler: Crawler) -> None:
    assert told(store_all(crawler, FIRST, COPY)) == ["written", "duplicate"]
    assert counts(crawler) == {"written": 1, "duplicate": 1}


def test_two_editions_that_come_together_are_an_article_and_its_version(
    tmp_path: Path, crawler: Crawler
) -> None:
    first, second = store_all(crawler, FIRST, a_fetch(an_article(text=OTHER)))
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    path = tmp_path / str(second["path"])
    assert (body(path), body(path.with_suffix(".v1.txt"))) == (OTHER, TEXT)
    assert counts(crawler) == {"written": 1, "version": 1}


def test_copy_of_a_text_that_is_changed_beside_it_is_an_article(crawler: Crawler) -> None:
    store(crawler, FIRST)
    assert told(store_all(crawler, a_fetch(an_article(text=OTHER)), COPY)) == ["written"] * 2
    assert counts(crawler) == {"written": 2, "version": 1}


def test_page_at_fault_fails_alone(crawler: Crawler) -> None:
    broken = a_fetch(an_article(SECOND, text=OTHER), url=SECOND)
    tags = (object(),)
    outcome = dataclasses.replace(an_article(SECOND, text=OTHER), tags=tags)  # type: ignore[arg-type]  # that is the fault
    first, second = store_all(crawler, FIRST, dataclasses.replace(broken, outcome=outcome))
    assert isinstance(first, dict)
    assert type(second).__name__ == "RepresenterError"
    assert counts(crawler) == {"written": 1}


def test_full_disk_is_told_once_and_leaves_all_for_the_next_crawl(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("full")

    storage_of(crawler)
    with monkeypatch.context() as patch:
        patch.setattr("crawler.storage.end_crawl", lambda *_: None)
        patch.setattr(files, "sync", full)
        error, dropped = store_all(crawler, FIRST, FOREIGN)
    assert isinstance(error, OSError)
    assert isinstance(dropped, DropItem)
    assert told(store_all(crawler, FIRST, FOREIGN)) == ["written", "written"]
