"""Crawls with their state in PostgreSQL."""

from pathlib import Path

from crawler.link import Link
from crawler.storage import storage_of
from tests.crawler import newspaper
from tests.crawler.crawling import site_with_home
from tests.crawler.storing import (
    EDITED,
    OTHER,
    SECOND,
    TEXT,
    a_crawler,
    a_fetch,
    an_article,
    counts,
    drop,
    store,
)


def test_articles_versions_and_duplicates_are_stored(tmp_path: Path, postgres_url: str) -> None:
    crawler = a_crawler(tmp_path, STATE_URL=postgres_url)
    for text in (TEXT, OTHER):
        item = store(crawler, a_fetch(an_article(text=text)))
    drop(crawler, a_fetch(an_article(SECOND, text=OTHER), url=SECOND))
    drop(crawler, a_fetch(an_article(text=OTHER)))
    assert (item["versions"], counts(crawler)) == (
        1,
        {"written": 1, "version": 1, "duplicate": 1, "unchanged": 1},
    )
    assert store(crawler, a_fetch(an_article(text=EDITED)))["versions"] == 2
    state = storage_of(crawler).state
    assert state.discover("example", [Link(SECOND)]) == []
    assert len(list(state.archived("example"))) == 5
    storage_of(crawler).close()


def test_second_crawl_knows_what_the_first_one_did(tmp_path: Path, postgres_url: str) -> None:
    with site_with_home(tmp_path) as crawl:
        crawl.site.is_conditional = True
        newspaper.publish(crawl.site, range(1, 4))
        arguments = ("-a", f"feed={crawl.site.url}/feed", "-s", f"STATE_URL={postgres_url}")
        first = crawl.run(*arguments)
        second = crawl.run(*arguments)
    assert first.stdout.startswith("3 new, 0 known · "), first.stderr
    assert second.stdout.startswith("0 new, 0 known, 1 listing unchanged · "), second.stderr
    assert not (tmp_path / "state.db").exists()
