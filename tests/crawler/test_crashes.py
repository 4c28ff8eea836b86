"""A crawl that dies anywhere between page and state loses nothing and tears nothing."""

import datetime as dt
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from crawler import files
from crawler.state import Finish
from crawler.storage import storage_of
from tests.crawler.storing import (
    EDITED,
    FETCHED,
    OTHER,
    SECOND,
    TEXT,
    URL,
    a_fetch,
    an_article,
    body,
    counts,
    store,
)


class CutError(Exception):
    """Stands for a kill."""


@pytest.mark.parametrize("name", ["write_files", "add_lines", "finish"])
def test_crash_before_any_step_loses_nothing(
    tmp_path: Path, crawler: Crawler, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store(crawler, a_fetch(an_article()))
    with monkeypatch.context() as patch:
        patch.setattr(f"crawler.pipelines.storing.{name}", cut)
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
        patch.setattr("crawler.pipelines.storing.add_lines", cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article(published=None)))
    later = FETCHED + dt.timedelta(days=1)
    item = store(crawler, a_fetch(an_article(published=None), fetched=later))
    assert "/2024-05-06_" in str(item["path"])
    assert counts(crawler) == {"written": 1}


def test_changed_article_that_a_crash_cut_off_is_asked_for_again(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(crawler, a_fetch(an_article()))
    state = storage_of(crawler).state
    assert state.pending("example") == []
    with monkeypatch.context() as patch:
        patch.setattr("crawler.pipelines.storing.add_lines", cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article(text=OTHER)))
    assert [link.url for link in state.pending("example")] == [URL]
    state.finish("example", URL, Finish(ending="refused", reason="gone since"))
    assert state.pending("example") == []


def test_page_that_names_the_address_of_a_cut_off_article_does_not_take_its_place(
    tmp_path: Path, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("crawler.pipelines.storing.write_files", cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article()))
    store(crawler, a_fetch(an_article(SECOND, text=OTHER, canonical_url=URL), url=SECOND))
    store(crawler, a_fetch(an_article()))
    found = sorted(body(path) for path in tmp_path.rglob("*.txt"))
    assert found == sorted([TEXT, OTHER])
    assert counts(crawler) == {"written": 2}


def test_text_in_another_encoding_is_kept_as_a_version(tmp_path: Path, crawler: Crawler) -> None:
    path = tmp_path / str(store(crawler, a_fetch(an_article()))["path"])
    edited = "von Hand ergänzt".encode("latin-1")
    path.write_bytes(edited)
    store(crawler, a_fetch(an_article(text=OTHER)))
    assert path.with_suffix(".v1.txt").read_bytes() == edited
