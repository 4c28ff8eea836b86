"""What the crawl after the first asks for, each crawl in a process of its own."""

import datetime as dt
import json
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawler import newspaper
from tests.crawler.crawling import Crawl, site_with_home
from tests.crawler.site_server import XML, Reply

OLD_PAGES = ("-s", "UPDATES_DAYS=100000")
"""The articles of the newspaper are of a year that recedes."""

BOTH = {"/robots.txt": 1, "/feed": 1}


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    with site_with_home(tmp_path) as made:
        made.site.is_conditional = True
        yield made


def feed_of(crawl: Crawl, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Crawl the feed of the site, and nothing else, after forgetting what was asked for before."""
    crawl.site.asked.clear()
    crawl.site.bodies.clear()
    return crawl.run("-a", f"feed={crawl.site.url}/feed", *arguments)


def sitemap_of(crawl: Crawl, *arguments: str) -> subprocess.CompletedProcess[str]:
    crawl.site.asked.clear()
    crawl.site.bodies.clear()
    return crawl.run("-a", f"sitemap={crawl.site.url}/index.xml", *OLD_PAGES, *arguments)


def set_back(crawl: Crawl, assignment: str) -> None:
    """Change the state as if time had passed."""
    with closing(sqlite3.connect(crawl.data / "state.db")) as connection, connection:
        connection.execute(f"UPDATE {assignment}")  # the test's own


def ago(**time: int) -> str:
    """Return the moment that was so long ago, as the state and sitemaps write it."""
    return f"{dt.datetime.now(dt.UTC) - dt.timedelta(**time):%Y-%m-%dT%H:%M:%S+00:00}"


def rows(crawl: Crawl, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(crawl.data / "state.db")) as connection:
        return connection.execute(query).fetchall()


def test_unchanged_feed_costs_one_request_and_nothing_else(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    first = feed_of(crawl)
    assert first.stdout.startswith("3 new, 0 known · "), first.stderr
    second = feed_of(crawl)
    assert second.stdout.startswith("0 new, 0 known, 1 listing unchanged · "), second.stderr
    assert (crawl.site.asked, crawl.site.bodies["/feed"], second.returncode) == (BOTH, 0, 0)
    newspaper.publish(crawl.site, range(1, 5))
    third = feed_of(crawl)
    assert third.stdout.startswith("1 new, 3 known · "), third.stderr
    assert crawl.site.asked == BOTH | {newspaper.path(4): 1}


def test_schedule_leaves_out_what_is_not_due(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    feed_of(crawl)
    adaptive = ("-s", "POLL=adaptive", "--json")
    early = feed_of(crawl, *adaptive)
    end = json.loads(early.stdout)
    assert (end["counts"], end["exit_code"]) == ("0 new, 0 known, 1 listing not due", 0)
    assert crawl.site.asked == Counter()


def test_kill_between_listing_and_articles_loses_nothing(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    crawl.site.held = newspaper.path(3)
    with crawl.start("-a", f"feed={crawl.site.url}/feed") as process:
        assert crawl.site.reached.wait(60)
        process.send_signal(signal.SIGKILL)
        crawl.site.released.set()
        process.communicate()
    assert crawl.texts() == []
    second = feed_of(crawl)
    assert second.stdout.startswith("3 new, 0 known, 1 listing unchanged · "), second.stderr
    ends = rows(crawl, "SELECT ended > '', exit_code, ending, new FROM runs ORDER BY id")
    assert ends == [(0, None, "", 0), (1, 0, "ok", 3)]


def serve_sitemaps(crawl: Crawl, changes: dict[int, str]) -> None:
    """Serve an index with a sitemap for each article, and the time when it changed."""
    site = crawl.site
    children = ""
    for number, change in changes.items():
        lastmod = f"<lastmod>{change}</lastmod>"
        address = f"<loc>{{site}}{newspaper.path(number)}</loc>"
        site.serve(f"/{number}.xml", f"<urlset><url>{address}{lastmod}</url></urlset>", XML)
        children += f"<sitemap><loc>{{site}}/{number}.xml</loc>{lastmod}</sitemap>"
    site.serve("/index.xml", f"<sitemapindex>{children}</sitemapindex>", XML)


def asked(crawl: Crawl) -> set[str]:
    return set(crawl.site.asked) - {"/robots.txt"}


def test_article_that_changed_by_the_word_of_its_sitemap_becomes_a_version(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    serve_sitemaps(crawl, {number: newspaper.day(number) for number in (1, 2, 3)})
    assert sitemap_of(crawl).stdout.startswith("3 new, 0 known · ")
    set_back(crawl, f"links SET fetched = '{ago(hours=1)}'")
    serve_sitemaps(crawl, {1: newspaper.day(1), 2: ago(minutes=10), 3: newspaper.day(3)})
    crawl.site.serve(newspaper.path(2), newspaper.article("quarry", newspaper.day(2)))
    third = sitemap_of(crawl)
    assert third.stdout.startswith("0 new, 0 known, 1 changed, 2 listings unchanged"), third.stderr
    assert asked(crawl) == {"/index.xml", "/2.xml", newspaper.path(2)}
    [older] = crawl.data.rglob("*.v1.txt")
    assert "people near the harbour" in older.read_text(encoding="utf-8")
    newer = older.with_name(older.name.replace(".v1", ""))
    assert "people near the quarry" in newer.read_text(encoding="utf-8")
    again = sitemap_of(crawl)
    assert again.stdout.startswith("0 new, 0 known, 4 listings unchanged · "), again.stderr
    assert asked(crawl) == {"/index.xml", "/2.xml"}


def test_page_that_changed_by_the_word_of_its_sitemap_alone_is_not_sent_again(
    crawl: Crawl,
) -> None:
    newspaper.publish(crawl.site, range(1, 3))
    serve_sitemaps(crawl, {1: newspaper.day(1), 2: newspaper.day(2)})
    assert sitemap_of(crawl).stdout.startswith("2 new, 0 known · ")
    set_back(crawl, f"links SET fetched = '{ago(hours=1)}'")
    serve_sitemaps(crawl, {1: newspaper.day(1), 2: ago(minutes=10)})
    second = sitemap_of(crawl)
    assert second.stdout.startswith("0 new, 0 known, 1 unchanged, "), second.stderr
    assert (crawl.site.asked[newspaper.path(2)], crawl.site.bodies[newspaper.path(2)]) == (1, 0)
    assert second.returncode == 0
    set_back(crawl, f"links SET fetched = '{ago(hours=1)}'")
    third = sitemap_of(crawl)  # the server was wrong before, or the sitemap: now it must tell
    assert third.stdout.startswith("0 new, 0 known, 1 unchanged, "), third.stderr
    assert crawl.site.bodies[newspaper.path(2)] == 1


def test_change_just_after_the_fetch_is_seen_though_the_clock_of_the_site_is_behind(
    crawl: Crawl,
) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    serve_sitemaps(crawl, {1: newspaper.day(1)})
    sitemap_of(crawl)
    serve_sitemaps(crawl, {1: ago(seconds=30)})
    crawl.site.serve(newspaper.path(1), newspaper.article("quarry", newspaper.day(1)))
    second = sitemap_of(crawl)
    assert second.stdout.startswith("0 new, 0 known, 1 changed · "), second.stderr


def test_page_is_asked_for_whole_where_the_user_says_so(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    feed_of(crawl)
    again = feed_of(crawl, "-a", "refetch=yes")
    assert again.stdout.startswith("0 new, 0 known, 1 unchanged"), again.stderr
    assert crawl.site.bodies[newspaper.path(1)] == 1


def test_article_that_moved_becomes_an_alias_and_is_known_by_both_addresses(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    feed_of(crawl)
    page = crawl.site.replies[newspaper.path(1)]
    crawl.site.replies["/2025/11/01/bridge-renamed"] = page
    target = (("Location", "/2025/11/01/bridge-renamed"),)
    crawl.site.replies[newspaper.path(1)] = Reply(status=301, headers=target)
    feed = crawl.site.replies["/feed"].body.decode().replace("news-of-the-bridge", "bridge-renamed")
    crawl.site.serve("/feed", feed, XML)
    second = feed_of(crawl)
    assert second.stdout.startswith("0 new, 0 known, 1 duplicate · "), second.stderr
    addresses = rows(crawl, "SELECT DISTINCT article_id FROM aliases WHERE url LIKE '%renamed'")
    assert (addresses, len(crawl.texts())) == ([(1,)], 1)


def test_what_a_bounded_crawl_left_out_comes_with_the_next_though_the_feed_is_the_same(
    crawl: Crawl,
) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    first = json.loads(feed_of(crawl, "-a", "since=2025-11-03", "--json").stdout)
    assert (first["new"], first["listed"], first["listed_written"]) == (1, 1, 1)
    second = feed_of(crawl)
    assert second.stdout.startswith("2 new, 0 known, 1 listing unchanged · "), second.stderr


def test_usual_places_that_a_site_does_not_have_are_not_tried_every_time(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    crawl.news()
    assert "/sitemap.xml" in crawl.site.asked
    crawl.site.asked.clear()
    second = crawl.news()
    assert second.stdout.startswith("0 new, 0 known, 1 listing unchanged · "), second.stderr
    assert asked(crawl) == {"/", "/feed"}
