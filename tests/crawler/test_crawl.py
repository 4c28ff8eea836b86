"""Whole crawls of a site on the loopback interface, each in a process of its own."""

import gzip
import json
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import brotli
import pytest

from tests.crawler import newspaper
from tests.crawler.crawling import Crawl, site_with_home
from tests.crawler.site_server import Reply


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    with site_with_home(tmp_path) as made:
        yield made


def test_later_runs_ask_for_what_is_left_or_what_they_are_told_to(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    good = crawl.site.replies[newspaper.path(2)]
    crawl.site.replies[newspaper.path(2)] = Reply(status=503)
    first = crawl.news()
    first_asked = list(crawl.site.asked)
    crawl.site.replies[newspaper.path(2)] = good
    second = crawl.news()
    asked = Counter(crawl.site.asked)
    crawl.site.serve(newspaper.path(3), newspaper.article("library", newspaper.day(3)))
    third = crawl.news("refetch=yes")
    assert first.stdout.startswith("2 new, 0 known, 1 failed (HTTP 503) · "), first.stderr
    assert second.stdout.startswith("1 new, 2 known · "), second.stderr
    assert third.stdout.startswith("0 new, 0 known, 1 changed, 2 unchanged · "), third.stderr
    assert (first.returncode, second.returncode, third.returncode) == (0, 0, 0)
    pages = [path for path in first_asked if path.startswith("/2025/")]
    assert pages == [newspaper.path(number) for number in (3, 2, 1)]
    assert (asked[newspaper.path(3)], asked[newspaper.path(1)]) == (1, 1)


def test_days_and_limit_bound_a_run(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 6))
    run = crawl.news("since=2025-11-02", "until=2025-11-04", "limit=2")
    assert run.stdout.startswith("2 new, 0 known · "), run.stderr
    asked = [path for path in crawl.site.asked if path.startswith("/2025/")]
    assert asked == [newspaper.path(4), newspaper.path(3)]
    assert crawl.texts() == ["2025-11-03", "2025-11-04"]


def test_gzipped_sitemap_index_leads_to_the_articles_in_range(crawl: Crawl) -> None:
    newspaper.publish_sitemaps(crawl.site, range(1, 5))
    run = crawl.news("since=2025-11-03")
    assert run.stdout.startswith("2 new, 0 known · "), run.stderr
    assert crawl.site.asked["/sitemap-1.xml.gz"] == 0


def test_page_that_comes_packed_is_kept_so_and_read_again(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    came = {}
    for number, pack, encoding in ((1, gzip.compress, "gzip"), (2, brotli.compress, "br")):
        reply = crawl.site.replies[newspaper.path(number)]
        came[number] = pack(reply.body)
        headers = (("Content-Encoding", encoding),)
        crawl.site.replies[newspaper.path(number)] = replace(
            reply, body=came[number], headers=headers
        )
    run = crawl.news()
    assert run.stdout.startswith("3 new, 0 known · "), run.stderr
    [archive] = crawl.data.glob("archive/*/*.warc.gz")
    kept = gzip.decompress(archive.read_bytes())
    assert all(body in kept for body in came.values())
    again = crawl.command("rebuild")
    assert "3 articles, 3 unchanged" in again.stdout, again.stderr
    cleaned = crawl.command("clean", str(archive), "-o", str(crawl.data / "cleaned"))
    assert cleaned.stderr.startswith("3 articles, 0 refused"), cleaned.stderr
    assert crawl.command("archive", "--check").stdout.endswith("0 missing, 0 unknown\n")
    shown = crawl.command("archive", "--show", f"{crawl.site.url}{newspaper.path(1)}")
    assert shown.stdout == gzip.decompress(came[1]).decode()


def test_section_pages_serve_where_there_is_no_feed(crawl: Crawl) -> None:
    crawl.site.serve("/", "<a href='/town'>Town</a><a href='/about'>About</a>")
    crawl.site.serve("/town", f"<a href='{newspaper.path(1)}'>News</a>")
    crawl.site.serve(newspaper.path(1), newspaper.article("bridge"))
    run = crawl.news()
    assert run.stdout.startswith("1 new, 0 known · "), run.stderr
    assert crawl.site.asked["/about"] == 0


@dataclass(frozen=True)
class Mixed:
    """A run over an article without a date, a PDF, and a page that robots.txt closes."""

    crawl: Crawl
    run: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mixed]:
    with site_with_home(tmp_path_factory.mktemp("mixed")) as crawl:
        newspaper.publish(crawl.site, range(1, 4))
        crawl.site.serve(newspaper.path(2), b"%PDF-1.7 \x00\x01", "application/pdf")
        rules = f"User-agent: *\nDisallow: {newspaper.path(3)}"
        crawl.site.serve("/robots.txt", rules, "text/plain")
        feed = crawl.site.replies["/feed"].body.replace(b"/2025/11/01/", b"/a/").decode()
        crawl.site.serve("/feed", feed, "application/xml")
        crawl.site.serve("/a/news-of-the-bridge", newspaper.article("bridge"))
        yield Mixed(crawl, crawl.news())


def test_what_became_of_every_page_is_told_in_one_line(mixed: Mixed) -> None:
    counts = "1 new, 0 known, 1 closed by robots.txt, 1 refused (NotHtmlError) · "
    assert mixed.run.stdout.startswith(counts), mixed.run.stderr
    assert mixed.run.returncode == 0


def test_date_of_the_feed_dates_an_article_without_one(mixed: Mixed) -> None:
    [path] = mixed.crawl.data.rglob("*.txt")
    assert path.name.startswith("2025-11-01")
    assert "date_source: feed" in path.read_text(encoding="utf-8")


def test_page_that_robots_txt_closes_is_told_and_not_asked_for(mixed: Mixed) -> None:
    closed = f"{mixed.crawl.site.url}{newspaper.path(3)}"
    assert f"INFO: closed by robots.txt: {closed}\n" in mixed.run.stderr
    assert mixed.crawl.site.asked[newspaper.path(3)] == 0


def test_site_that_robots_txt_closes_is_an_exit_code(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    crawl.site.serve("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    run = crawl.news()
    assert run.stdout.startswith("0 new, 0 known, 1 listing lost (robots.txt) · "), run.stderr
    assert run.returncode == 4


def test_site_that_does_not_answer_is_one_line_and_an_exit_code(crawl: Crawl) -> None:
    settings = ("-s", "ALLOW_INTERNAL=127.0.0.1:9", "-s", "LOG_LEVEL=WARNING")
    run = crawl.run("-a", "site=http://127.0.0.1:9", *settings)
    assert run.stdout.startswith("0 new, 0 known, 1 listing lost (connection refused)"), run.stderr
    [line] = run.stderr.splitlines()
    assert line.endswith("WARNING: home http://127.0.0.1:9: connection refused")
    assert run.returncode == 4


def test_internal_server_is_not_asked(crawl: Crawl) -> None:
    run = crawl.run("-a", f"site={crawl.site.url}", "-s", "ALLOW_INTERNAL=")
    assert "listing lost (internal address)" in run.stdout, run.stderr
    assert f"internal address; allow it with -s ALLOW_INTERNAL={crawl.site.address}\n" in run.stderr
    assert (run.returncode, sum(crawl.site.asked.values())) == (4, 0)


def test_argument_that_cannot_be_used_is_told_in_one_line(crawl: Crawl) -> None:
    run = crawl.news("since=yesterday")
    assert run.stderr == "scrapy crawl: since: not a day, such as 2026-11-03: yesterday\n"
    assert run.returncode == 2


def test_fault_in_the_crawl_is_an_exit_code(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    (crawl.data / "articles").write_text("no folder", encoding="utf-8")
    run = crawl.news()
    assert run.returncode == 1


def test_setting_that_cannot_be_used_is_told_in_one_line(crawl: Crawl) -> None:
    run = crawl.run("-a", f"site={crawl.site.url}", "-s", "TEXT_HEADER=nonsense")
    assert run.stderr == "scrapy crawl: TEXT_HEADER: not one of yaml, date, none: nonsense\n"
    assert run.returncode == 2


def test_folder_that_cannot_be_written_to_is_told_in_one_line(crawl: Crawl) -> None:
    crawl.data /= "data"
    crawl.data.touch()
    run = crawl.news()
    [line] = run.stderr.splitlines()
    assert line.endswith(f"DATA_DIR: cannot write to {crawl.data}: it is no folder")
    assert run.returncode == 1


def test_interrupted_crawl_says_so_and_the_next_one_goes_on(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 4))
    crawl.site.held = newspaper.path(2)
    first = crawl.start("-a", f"site={crawl.site.url}")
    crawl.site.reached.wait(60)
    first.send_signal(signal.SIGINT)
    crawl.site.released.set()
    _, log = first.communicate(timeout=60)
    assert first.returncode == 11, log
    second = crawl.news()
    assert second.returncode == 0, second.stderr
    assert crawl.texts() == ["2025-11-01", "2025-11-02", "2025-11-03"]


def test_repeated_arguments_count_together(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 3))
    one, two = (f"{crawl.site.url}{newspaper.path(number)}" for number in (1, 2))
    run = crawl.run("-a", f"urls={one}", "-a", f"urls={two}", spider="urls")
    assert run.stdout == f"2 new, 0 known · {crawl.data}/articles\n", run.stderr


def test_items_on_standard_output_are_not_mixed_with_the_summary(crawl: Crawl) -> None:
    newspaper.publish(crawl.site, range(1, 2))
    run = crawl.run("-a", f"site={crawl.site.url}", "-O", "-:jsonl")
    assert json.loads(run.stdout)["title"] == "News of the bridge"
    assert "1 new, 0 known · " in run.stderr
