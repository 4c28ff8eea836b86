import dataclasses
import json
import logging
from pathlib import Path

from scrapy.crawler import Crawler

from cleaners import NotAnArticleError
from crawler import index
from crawler.archive import read_archived
from crawler.pipelines.storing import page_of
from crawler.storage import storage_of
from tests.crawler.storing import (
    SECOND,
    TEXT,
    URL,
    a_crawler,
    a_fetch,
    an_article,
    counts,
    drop,
    store,
)

INDEX = Path("articles/example/index.jsonl")


def test_article_is_written_with_its_header(tmp_path: Path, crawler: Crawler) -> None:
    item = store(crawler, a_fetch(an_article()))
    content = (tmp_path / str(item["path"])).read_text(encoding="utf-8")
    assert content.startswith(f"---\ntitle: Bridge Opens\nurl: {URL}\n")
    assert content.endswith(f"\n---\n\n{TEXT}\n")
    assert counts(crawler) == {"written": 1}


def test_item_that_leaves_is_ready_for_an_export(crawler: Crawler) -> None:
    item = store(crawler, a_fetch(an_article()))
    assert json.loads(json.dumps(item)) == item
    assert (item["published"], item["text"]) == ("2024-05-04", TEXT)


def test_index_has_a_line_an_article(tmp_path: Path, crawler: Crawler) -> None:
    item = store(crawler, a_fetch(an_article()))
    [line] = index.read(tmp_path / INDEX)
    assert {**line, "text": TEXT} == item
    assert (line["words"], len(str(line["sha256"]))) == (320, 64)


def test_every_page_of_an_article_is_archived(crawler: Crawler) -> None:
    second = a_fetch(an_article(SECOND), url=SECOND)
    store(crawler, dataclasses.replace(a_fetch(an_article()), further=(second,)))
    archived = storage_of(crawler).state.archived("example")
    assert [fetch.url for fetch in archived] == [URL, SECOND]


def test_incomplete_article_is_counted(crawler: Crawler) -> None:
    article = dataclasses.replace(an_article(), next_page=SECOND)
    store(crawler, a_fetch(article))
    assert counts(crawler) == {"written": 1, "incomplete": 1}


def test_no_partial_file_stays(tmp_path: Path, crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    assert list(tmp_path.rglob("*.part")) == []


def test_refused_page_is_archived_counted_and_finished(tmp_path: Path, crawler: Crawler) -> None:
    error = drop(crawler, a_fetch(NotAnArticleError(f"consent wall: {URL}")))
    assert str(error) == f"refused, NotAnArticleError: consent wall: {URL}"
    assert error.log_level == "WARNING"
    assert counts(crawler) == {"refused/NotAnArticleError": 1}
    state = storage_of(crawler).state
    assert state.known("example") == 1
    [archived] = state.archived("example")
    assert read_archived(tmp_path, archived.place).body == b"<p>page</p>"


def test_page_is_in_the_folder_of_its_publisher(tmp_path: Path) -> None:
    crawler = a_crawler(tmp_path, TEXT_HEADER="none")
    foreign = dataclasses.replace(an_article(), source="other-example")
    item = store(crawler, a_fetch(foreign))
    storage_of(crawler).close()
    assert str(item["path"]).startswith("articles/other-example/")
    assert (tmp_path / str(item["path"])).read_text(encoding="utf-8") == f"{TEXT}\n"


def test_draft_shows_its_address_in_logs() -> None:
    assert str(page_of(a_fetch(an_article()))) == URL


def test_dropped_pages_are_logged_quietly(crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    assert drop(crawler, a_fetch(an_article())).log_level == logging.getLevelName(logging.INFO)
