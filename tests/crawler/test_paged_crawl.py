"""Articles on several pages, crawled from the loopback interface."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawler import index
from crawler.index import Value
from tests.crawler.crawling import Crawl, site_with_home
from tests.crawler.site_server import Reply


def paragraphs(topic: str, number: int) -> list[str]:
    return [
        f"Part {number}.{part}: people near the {topic} told our reporter what they saw of it in "
        f"year {1900 + number * 7 + part}, and what became of it by the end of that year."
        for part in range(1, 5)
    ]


def story(topic: str, number: int, pager: str = "", head: str = "") -> str:
    text = "".join(f"<p>{text}</p>" for text in paragraphs(topic, number))
    return (
        f"<!doctype html><html lang=en><head><title>News of the {topic}</title>"
        "<meta property='article:published_time' content='2025-11-02T09:00:00+01:00'>"
        f"<meta property='og:type' content='article'>{head}</head><body>"
        f"<article><h1>News of the {topic}</h1>{text}<p class=pager>{pager}</p></article></body>"
    )


def pager(*numbers: int) -> str:
    return " ".join(f"<a href='?page={number}'>{number}</a>" for number in numbers)


def serve(crawl: Crawl, topic: str, count: int, *, extra: str = "") -> None:
    for number in range(1, count + 1):
        others = pager(*(n for n in range(1, count + 1) if n != number))
        path = f"/town/{topic}" + (f"?page={number}" if number > 1 else "")
        crawl.site.serve(path, story(topic, number, others + extra))


def run(crawl: Crawl, *topics: str) -> subprocess.CompletedProcess[str]:
    given = [f"urls={crawl.site.url}/town/{topic}" for topic in topics]
    options = ("-s", "RETRY_TIMES=0")
    return crawl.run(*options, *(p for text in given for p in ("-a", text)), spider="urls")


def entries(crawl: Crawl) -> dict[str, dict[str, Value]]:
    [path] = crawl.data.glob("articles/*/index.jsonl")
    return {str(entry["title"]).rpartition(" ")[2]: entry for entry in index.read(path)}


def text(crawl: Crawl, topic: str) -> list[str]:
    content = (crawl.data / str(entries(crawl)[topic]["path"])).read_text(encoding="utf-8")
    return content.rpartition("---\n\n")[2].removesuffix("\n").split("\n\n")


@dataclass
class Paged:
    """One crawl of articles on several pages."""

    crawl: Crawl
    run: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paged]:
    with site_with_home(tmp_path_factory.mktemp("paged")) as crawl:
        site = crawl.site
        serve(crawl, "harbour", 3)
        head = "<link rel=next href='/town/orchard'>"
        site.serve("/town/bridge", story("bridge", 1, "<a href=orchard rel=next>Next</a>", head))
        site.serve("/town/orchard", story("orchard", 1))
        serve(crawl, "tramway", 2)
        site.serve("/town/tramway?page=2", story("tramway", 2, pager(3)))
        site.serve("/town/tramway?page=3", story("tramway", 2, pager(4)))
        serve(crawl, "library", 3)
        del site.replies["/town/library?page=3"]
        serve(crawl, "lighthouse", 3, extra=" <a href='?page=all'>View as a single page</a>")
        whole = "".join(f"<p>{t}</p>" for n in (1, 2, 3) for t in paragraphs("lighthouse", n))
        site.serve("/town/lighthouse?page=all", story("lighthouse", 1).replace("<p>", whole, 1))
        topics = ("harbour", "bridge", "tramway", "library", "lighthouse")
        yield Paged(crawl, run(crawl, *topics))


def test_pages_of_an_article_become_one_file_in_their_order(paged: Paged) -> None:
    wanted = [part for number in (1, 2, 3) for part in paragraphs("harbour", number)]
    assert text(paged.crawl, "harbour") == wanted, paged.run.stderr
    found = entries(paged.crawl)["harbour"]
    assert (found["pages"], found["incomplete"], found["next_page"]) == (3, False, "")
    assert len(paged.crawl.texts()) == 5


def test_what_became_of_the_articles_is_told_in_one_line(paged: Paged) -> None:
    assert paged.run.stdout.startswith("5 new, 0 known, 1 incomplete · "), paged.run.stderr


def test_next_story_of_a_blog_is_not_joined(paged: Paged) -> None:
    assert text(paged.crawl, "bridge") == paragraphs("bridge", 1)
    assert paged.crawl.site.asked["/town/orchard"] == 0


def test_pages_that_repeat_end_the_article(paged: Paged) -> None:
    wanted = paragraphs("tramway", 1) + paragraphs("tramway", 2)
    assert text(paged.crawl, "tramway") == wanted
    assert not entries(paged.crawl)["tramway"]["incomplete"]
    assert paged.crawl.site.asked["/town/tramway?page=4"] == 0


def test_article_whose_page_is_gone_is_written_and_marked(paged: Paged) -> None:
    wanted = paragraphs("library", 1) + paragraphs("library", 2)
    assert text(paged.crawl, "library") == wanted
    found = entries(paged.crawl)["library"]
    assert (found["pages"], found["incomplete"]) == (2, True)
    assert str(found["next_page"]).endswith("/town/library?page=3")
    content = (paged.crawl.data / str(found["path"])).read_text(encoding="utf-8")
    assert "pages: 2\nincomplete: true\nnext_page: http" in content


def test_page_that_shows_all_is_asked_for_instead_of_the_others(paged: Paged) -> None:
    wanted = [part for number in (1, 2, 3) for part in paragraphs("lighthouse", number)]
    assert sorted(text(paged.crawl, "lighthouse")) == sorted(wanted)
    assert paged.crawl.site.asked["/town/lighthouse?page=2"] == 0


def test_archive_cleaned_again_gives_the_same_articles(
    paged: Paged, scrapy: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    data = paged.crawl.data
    before = {path: path.read_bytes() for path in data.glob("articles/**/*.*")}
    assert scrapy("rebuild", "--write", "-s", f"DATA_DIR={data}") == 0
    assert capsys.readouterr().out.endswith(": 5 articles, 5 unchanged\n")
    assert {path: path.read_bytes() for path in data.glob("articles/**/*.*")} == before


def test_later_pages_are_known_afterwards(paged: Paged) -> None:
    addresses = entries(paged.crawl)["harbour"]["addresses"]
    assert f"{paged.crawl.site.url}/town/harbour?page=3" in json.dumps(addresses)
    again = run(paged.crawl, "harbour", "harbour?page=2", "harbour?page=3")
    assert again.stdout.startswith("0 new, 3 known · "), again.stderr


def test_article_is_written_only_when_all_its_pages_came(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with site_with_home(tmp_path_factory.mktemp("broken")) as crawl:
        serve(crawl, "harbour", 3)
        good = crawl.site.replies["/town/harbour?page=3"]
        crawl.site.replies["/town/harbour?page=3"] = Reply(status=500)
        first = run(crawl, "harbour")
        assert first.stdout.startswith("0 new, 0 known, 1 failed (HTTP 500) · "), first.stderr
        assert crawl.texts() == []
        crawl.site.replies["/town/harbour?page=3"] = good
        second = run(crawl, "harbour")
        assert second.stdout.startswith("1 new, 0 known · "), second.stderr
        assert entries(crawl)["harbour"]["pages"] == 3


def test_article_is_written_without_a_page_that_failed_three_times(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with site_with_home(tmp_path_factory.mktemp("failing")) as crawl:
        serve(crawl, "harbour", 3)
        crawl.site.replies["/town/harbour?page=3"] = Reply(status=500)
        told = [run(crawl, "harbour").stdout.partition(" · ")[0] for _ in range(3)]
        failed = "0 new, 0 known, 1 failed (HTTP 500)"
        assert told == [failed, failed, "1 new, 0 known, 1 incomplete"]
        assert text(crawl, "harbour") == paragraphs("harbour", 1) + paragraphs("harbour", 2)


def test_no_page_is_told_what_led_to_it_though_the_site_asks_for_it(tmp_path: Path) -> None:
    with site_with_home(tmp_path) as crawl:
        serve(crawl, "harbour", 2)
        for path, reply in crawl.site.replies.items():
            headers = (("Referrer-Policy", "unsafe-url"),)
            crawl.site.replies[path] = replace(reply, headers=headers)
        run(crawl, "harbour")
    assert crawl.site.bodies["/town/harbour?page=2"] == 1
    assert not crawl.site.referrers
