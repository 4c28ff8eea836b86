import dataclasses
import datetime as dt
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from cleaners import NoContentError, NotAnArticleError
from crawler import files, index
from crawler.archive import read_archived
from crawler.fetch import Fetch
from crawler.link import Link
from crawler.pipelines import (
    ArchivePipeline,
    DuplicatePipeline,
    IndexPipeline,
    RefusalPipeline,
    StatePipeline,
    TextFilePipeline,
)
from crawler.storage import storage_of
from tests.crawler.storing import (
    EDITED,
    FETCHED,
    OTHER,
    TEXT,
    URL,
    a_crawler,
    a_fetch,
    an_article,
)

AMP = "https://amp.example.org/news/bridge-opens"
SECOND = "https://example.org/news/second.html"
INDEX = Path("articles/example/index.jsonl")


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    made = a_crawler(tmp_path)
    yield made
    storage_of(made).close()


def store(crawler: Crawler, fetch: Fetch) -> dict[str, index.Value]:
    archived = ArchivePipeline.from_crawler(crawler).process_item(fetch)
    accepted = RefusalPipeline.from_crawler(crawler).process_item(archived)
    draft = DuplicatePipeline.from_crawler(crawler).process_item(accepted)
    written = TextFilePipeline.from_crawler(crawler).process_item(draft)
    indexed = IndexPipeline.from_crawler(crawler).process_item(written)
    return StatePipeline.from_crawler(crawler).process_item(indexed)


def drop(crawler: Crawler, fetch: Fetch) -> DropItem:
    with pytest.raises(DropItem) as caught:
        store(crawler, fetch)
    return caught.value


def counts(crawler: Crawler) -> dict[str, int]:
    stats = crawler.stats.get_stats()
    return {name[9:]: count for name, count in stats.items() if name.startswith("articles/")}


def texts(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("articles/**/*.txt"))


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").rpartition("---\n\n")[2].removesuffix("\n")


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


def test_refused_page_that_gets_past_its_pipeline_is_a_fault(crawler: Crawler) -> None:
    with pytest.raises(TypeError, match=URL):
        DuplicatePipeline.from_crawler(crawler).process_item(a_fetch(NoContentError("")))


def test_same_text_again_is_unchanged(tmp_path: Path, crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    error = drop(crawler, a_fetch(an_article(title="New Headline", published=None)))
    assert str(error).startswith(f"unchanged: {URL} is articles/example/2024/05/")
    assert counts(crawler) == {"written": 1, "unchanged": 1}
    assert len(texts(tmp_path)) == 1


def test_changed_article_keeps_its_older_texts(tmp_path: Path, crawler: Crawler) -> None:
    for text in (TEXT, EDITED, OTHER):
        item = store(crawler, a_fetch(an_article(text=text)))
    path = tmp_path / str(item["path"])
    kept = [path, path.with_suffix(".v1.txt"), path.with_suffix(".v2.txt")]
    assert [body(file) for file in kept] == [OTHER, TEXT, EDITED]
    assert item["versions"] == 2
    assert counts(crawler) == {"written": 1, "version": 2}


def test_clock_set_back_and_new_title_land_on_the_same_file(
    tmp_path: Path, crawler: Crawler
) -> None:
    first = store(crawler, a_fetch(an_article(published=None)))
    earlier = FETCHED - dt.timedelta(days=400)
    changed = an_article(text=EDITED, title="Renamed", published=dt.date(2020, 1, 1))
    assert store(crawler, a_fetch(changed, fetched=earlier))["path"] == first["path"]
    assert len(texts(tmp_path)) == 2


def test_file_that_was_deleted_is_written_again(tmp_path: Path, crawler: Crawler) -> None:
    item = store(crawler, a_fetch(an_article()))
    (tmp_path / str(item["path"])).unlink()
    assert store(crawler, a_fetch(an_article()))["path"] == item["path"]
    assert len(texts(tmp_path)) == 1


def test_two_articles_of_one_title_and_day_are_two_files(tmp_path: Path, crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    store(crawler, a_fetch(an_article(SECOND, text=OTHER), url=SECOND))
    assert len(texts(tmp_path)) == 2


def test_mobile_page_of_a_known_article_has_moved(tmp_path: Path, crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    error = drop(crawler, a_fetch(an_article(AMP, text=EDITED, canonical_url=URL), url=AMP))
    assert str(error).startswith(f"moved: {AMP} is articles/example/")
    assert counts(crawler) == {"written": 1, "duplicate": 1}
    assert storage_of(crawler).state.discover("example", [Link(AMP)]) == []
    assert len(texts(tmp_path)) == 1


def test_canonical_page_with_more_text_replaces_the_mobile_one(crawler: Crawler) -> None:
    start = TEXT[: len(TEXT) // 2]
    short = store(crawler, a_fetch(an_article(AMP, text=start, canonical_url=URL), url=AMP))
    full = store(crawler, a_fetch(an_article()))
    assert (full["path"], full["versions"], full["owner"]) == (short["path"], 1, URL)


def test_page_two_that_names_page_one_is_an_article_of_its_own(crawler: Crawler) -> None:
    first = store(crawler, a_fetch(an_article()))
    second = a_fetch(an_article(SECOND, text=OTHER, canonical_url=URL), url=SECOND)
    item = store(crawler, second)
    assert (item["identity"], item["path"] != first["path"]) == (SECOND, True)
    assert str(drop(crawler, second)).startswith("unchanged")


def test_renamed_address_is_the_same_article(crawler: Crawler) -> None:
    first = store(crawler, a_fetch(an_article()))
    moved = an_article(SECOND, text=EDITED, canonical_url=SECOND)
    item = store(crawler, a_fetch(moved, url=SECOND, link=Link(URL)))
    assert (item["path"], item["versions"]) == (first["path"], 1)


def test_redirect_to_another_story_makes_another_file(tmp_path: Path, crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    store(crawler, a_fetch(an_article(SECOND, text=OTHER), url=SECOND, link=Link(URL)))
    assert len(texts(tmp_path)) == 2


def test_near_duplicate_is_dropped_and_its_address_known(crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    error = drop(crawler, a_fetch(an_article(SECOND, text=EDITED), url=SECOND))
    assert str(error).startswith(f"duplicate: {SECOND} is articles/example/")
    assert counts(crawler) == {"written": 1, "duplicate": 1}
    assert storage_of(crawler).state.known("example") == 2


def test_date_of_the_listing_helps_a_page_without_one(crawler: Crawler) -> None:
    link = Link(URL, dt.date(2024, 5, 1), origin="feed")
    item = store(crawler, a_fetch(an_article(published=None), link=link))
    assert (item["published"], item["date_source"]) == ("2024-05-01", "feed")


def test_date_of_the_page_is_better_than_the_listings(crawler: Crawler) -> None:
    link = Link(URL, dt.date(2024, 5, 1), origin="feed")
    assert store(crawler, a_fetch(an_article(), link=link))["published"] == "2024-05-04"


def test_page_is_in_the_folder_of_its_publisher(tmp_path: Path) -> None:
    crawler = a_crawler(tmp_path, TEXT_HEADER="none")
    foreign = dataclasses.replace(an_article(), source="other-example")
    item = store(crawler, a_fetch(foreign))
    storage_of(crawler).close()
    assert str(item["path"]).startswith("articles/other-example/")
    assert (tmp_path / str(item["path"])).read_text(encoding="utf-8") == f"{TEXT}\n"


class CutError(Exception):
    """Stands for a kill."""


@pytest.mark.parametrize("name", ["TextFilePipeline", "IndexPipeline", "StatePipeline"])
def test_crash_before_any_step_loses_nothing(
    tmp_path: Path, crawler: Crawler, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store(crawler, a_fetch(an_article()))
    with monkeypatch.context() as patch:
        patch.setattr(f"{__name__}.{name}.process_item", cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article(text=OTHER)))
    item_texts_after_recovery(tmp_path, crawler)


def item_texts_after_recovery(root: Path, crawler: Crawler) -> None:
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
    item_texts_after_recovery(tmp_path, crawler)


def test_first_file_keeps_its_place_though_a_crash_came_first(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(f"{__name__}.IndexPipeline.process_item", cut)
        with pytest.raises(CutError):
            store(crawler, a_fetch(an_article(published=None)))
    later = FETCHED + dt.timedelta(days=1)
    item = store(crawler, a_fetch(an_article(published=None), fetched=later))
    assert "/2024-05-06_" in str(item["path"])
    assert counts(crawler) == {"written": 1}


def test_draft_shows_its_address_in_logs(crawler: Crawler) -> None:
    assert str(DuplicatePipeline.from_crawler(crawler).process_item(a_fetch(an_article()))) == URL


def test_dropped_pages_are_logged_quietly(crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    assert drop(crawler, a_fetch(an_article())).log_level == logging.getLevelName(logging.INFO)
