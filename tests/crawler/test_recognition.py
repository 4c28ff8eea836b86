import datetime as dt
from pathlib import Path

from scrapy.crawler import Crawler

from crawler.link import Link
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
    drop,
    store,
    texts,
)

AMP = "https://amp.example.org/news/bridge-opens"


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
