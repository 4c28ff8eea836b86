"""Crawls with their state in PostgreSQL."""

import json
from pathlib import Path

import pytest

from crawler.link import Link
from crawler.storage import storage_of
from crawler.summary import ERROR, OK
from tests.crawler import newspaper
from tests.crawler.crawling import Crawl, site_with_home
from tests.crawler.postgres import Server
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


def crawl_without_end(crawl: Crawl, server: Server, arguments: list[str], word: str) -> str:
    """End the server when the crawl has logged *word* and waits for a page; return what it told."""
    with crawl.start(*arguments) as process:
        assert process.stderr is not None
        while word not in process.stderr.readline():
            assert process.poll() is None
        assert crawl.site.reached.wait(60)
        server.stop()
        crawl.site.released.set()
        output, log = process.communicate(timeout=120)
    server.start()
    assert "CRITICAL: the crawl ends: the state: " in log
    assert json.loads(output)["exit_code"] == process.returncode
    return output


@pytest.mark.parametrize(
    ("held", "word"), [("/feed", "INFO: home"), (newspaper.path(3), "INFO: wrote")]
)
def test_crawl_ends_with_its_server_and_the_next_one_completes_it(
    tmp_path: Path, postgres_server: Server, postgres_url: str, held: str, word: str
) -> None:
    with site_with_home(tmp_path) as crawl:
        newspaper.publish(crawl.site, range(1, 7))
        crawl.site.held = held
        site, state = f"site={crawl.site.url}", f"STATE_URL={postgres_url}"
        arguments = ["-a", site, "-s", state, "-s", "CONCURRENT_REQUESTS=1", "--json"]
        end = json.loads(crawl_without_end(crawl, postgres_server, arguments, word))
        again = crawl.run(*arguments)
    assert (end["exit_code"], end["end"]) == (ERROR, "error")
    assert end["reason"].startswith("the state: ")
    assert again.returncode == OK, again.stderr
    assert crawl.texts() == [newspaper.day(number) for number in range(1, 7)]
    assert crawl.site.asked[newspaper.path(6)] == 1  # what was stored is not asked for again
    assert len(paths_in_index(tmp_path)) == len(set(paths_in_index(tmp_path))) == 6


def paths_in_index(data: Path) -> list[str]:
    [path] = data.rglob("index.jsonl")
    return [json.loads(line)["path"] for line in path.read_text(encoding="utf-8").splitlines()]
