"""A crawl that dies anywhere between page and state loses nothing and tears nothing."""

import datetime as dt
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from crawler import files
from tests.crawler.storing import (
    EDITED,
    FETCHED,
    OTHER,
    TEXT,
    a_fetch,
    an_article,
    body,
    counts,
    store,
)


class CutError(Exception):
    """Stands for a kill."""


@pytest.mark.parametrize("name", ["TextFilePipeline", "IndexPipeline", "StatePipeline"])
def test_crash_before_any_step_loses_nothing(
    tmp_path: Path, crawler: Crawler, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store(crawler, a_fetch(an_article()))
    with monkeypatch.context() as patch:
        patch.setattr(f"crawler.pipelines.{name}.process_item", cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article(text=OTHER)))
    assert_recovers(tmp_path, crawler)


def assert_recovers(root: Path, crawler: Crawler) -> None:
    item = store(crawler, a_fetch(an_article(text=OTHER)))
    path = root / str(item["path"])
    assert (body(path), body(path.with_suffix(".v1.txt"))) == (OTHER, TEXT)
    item = store(crawler, a_fetch(an_article(text=EDITED)))
    assert (item["versions"], body(path.with_suffix(".v2.txt"))) == (2, OTHER)


def cut(*_: object) -> None:
    raise CutError


@pytest.mark.parametrize("syncs", range(1, 5))
def test_crash_inside_a_write_leaves_whole_files(
    tmp_path: Path, crawler: Crawler, monkeypatch: pytest.MonkeyPatch, syncs: int
) -> None:
    store(crawler, a_fetch(an_article()))
    left = iter(range(syncs - 1))

    def sync_until_cut(_: int) -> None:
        if next(left, None) is None:
            raise CutError

    with monkeypatch.context() as patch:
        patch.setattr(files, "sync", sync_until_cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article(text=OTHER)))
    assert all(body(tmp_path / path) in {TEXT, OTHER} for path in tmp_path.rglob("*.txt"))
    assert_recovers(tmp_path, crawler)


def test_first_file_keeps_its_place_though_a_crash_came_first(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("crawler.pipelines.IndexPipeline.process_item", cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article(published=None)))
    later = FETCHED + dt.timedelta(days=1)
    item = store(crawler, a_fetch(an_article(published=None), fetched=later))
    assert "/2024-05-06_" in str(item["path"])
    assert counts(crawler) == {"written": 1}
