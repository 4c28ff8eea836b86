"""What a crawl that died left behind is put right by the next one."""

import shutil
from pathlib import Path

from scrapy.crawler import Crawler

from crawler import index
from crawler.link import Link
from crawler.mending import mend, remove_parts
from crawler.recovery import open_state
from crawler.storage import storage_of
from tests.crawler.storing import OTHER, SECOND, URL, a_fetch, an_article, store


def test_text_that_was_never_whole_is_deleted(tmp_path: Path) -> None:
    part = tmp_path / "2025" / "11" / "2025-11-04_example_bridge_0a1b2c3d.txt.part"
    part.parent.mkdir(parents=True)
    for path in (part, part.with_suffix(""), tmp_path / "index.jsonl", tmp_path / "my.part"):
        path.touch()
    remove_parts(tmp_path)
    names = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert names == ["2025-11-04_example_bridge_0a1b2c3d.txt", "index.jsonl", "my.part"]


def test_state_that_lost_its_newest_part_learns_it_from_the_index(
    tmp_path: Path, crawler: Crawler
) -> None:
    store(crawler, a_fetch(an_article()))
    storage_of(crawler).close()
    shutil.copy(tmp_path / "state.db", tmp_path / "backup.db")
    newest = store(crawler, a_fetch(an_article(SECOND, text=OTHER), url=SECOND))
    storage_of(crawler).close()
    (tmp_path / "backup.db").replace(tmp_path / "state.db")
    state = open_state(tmp_path, "")
    assert state.articles_at("example", [SECOND]) == []
    mend(tmp_path, state, ["example"])
    assert [one.path for one in state.articles_at("example", [SECOND])] == [newest["path"]]
    assert state.discover("example", [Link(URL), Link(SECOND)]) == []
    state.close()


def test_state_that_knows_all_is_left_as_it_is(tmp_path: Path, crawler: Crawler) -> None:
    item = store(crawler, a_fetch(an_article()))
    (tmp_path / str(item["path"])).unlink()  # by a person; entering it anew would take it out
    state = storage_of(crawler).state
    before = state.articles_at("example", [URL])
    mend(tmp_path, state, ["example", "unknown"])
    assert state.articles_at("example", [URL]) == before
    assert state.discover("example", [Link(URL)]) == []


def test_index_that_was_deleted_is_made_anew(tmp_path: Path, crawler: Crawler) -> None:
    item = store(crawler, a_fetch(an_article(canonical_url=URL)))
    path = tmp_path / "articles" / "example" / "index.jsonl"
    path.unlink()
    mend(tmp_path, storage_of(crawler).state, ["example"])
    [entry] = index.read(path)
    del item["text"]
    assert entry == item
