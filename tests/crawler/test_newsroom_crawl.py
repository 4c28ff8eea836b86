"""A real crawl of the newsroom over HTTP gives every article's text, block for block."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cleaners.registry import source_of
from crawler import index
from crawler.newsroom import __main__ as program
from crawler.newsroom.crawl import PROJECT, crawl_newsroom, read_counts
from crawler.newsroom.publisher import Publisher, read_newsroom
from crawler.newsroom.server import Newsroom
from crawler.newsroom.site import NewsSite
from crawler.newsroom.story import Story
from crawler.paths import index_path
from crawler.summary import ERROR, INTERRUPTED, NOTHING, OK
from crawler.textfile import text_of

PUBLISHERS = read_newsroom()
STORIES = [(publisher, story) for publisher in PUBLISHERS for story in publisher.stories]
TRAPS = [trap for publisher in PUBLISHERS for trap in publisher.traps]
each_story = pytest.mark.parametrize(
    ("publisher", "story"), STORIES, ids=[story.slug for _, story in STORIES]
)


@dataclass(frozen=True)
class Crawled:
    """What two crawls of the newsroom, one after the other, left behind."""

    data_dir: Path
    sites: tuple[NewsSite, ...]
    asked_for: frozenset[str]
    first: tuple[int, str]
    second: tuple[int, str]

    def entry(self, publisher: Publisher, story: Story) -> dict[str, index.Value]:
        site = next(site for site in self.sites if site.publisher is publisher)
        lines = index.read(self.data_dir / index_path(source_of(site.base)))
        return next(line for line in lines if line["title"] == story.title)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("newsroom")
    with Newsroom(PUBLISHERS, first_port=0) as newsroom:
        codes, told = [], []
        for number in (1, 2):
            with (folder / f"told-{number}.txt").open("w+", encoding="utf-8") as out:
                codes.append(crawl_newsroom(newsroom.sites, folder / "data", out))
            told.append((folder / f"told-{number}.txt").read_text(encoding="utf-8"))
        asked_for = frozenset(path for site in newsroom.sites for path in site.requested)
        first, second = zip(codes, told, strict=True)
        yield Crawled(folder / "data", newsroom.sites, asked_for, first, second)


@each_story
def test_file_holds_the_article_block_for_block(
    crawled: Crawled, publisher: Publisher, story: Story
) -> None:
    file = crawled.data_dir / str(crawled.entry(publisher, story)["path"])
    written = text_of(file.read_text(encoding="utf-8"))
    assert written.split("\n\n") == story.text.split("\n\n")


@each_story
def test_index_dates_the_article_to_the_second(
    crawled: Crawled, publisher: Publisher, story: Story
) -> None:
    local = story.published.astimezone(publisher.zone)
    assert crawled.entry(publisher, story)["published"] == local.isoformat()


def test_first_crawl_tells_what_became_of_every_link(crawled: Crawled) -> None:
    code, told = crawled.first
    assert code == OK
    assert (
        f"\n{len(STORIES)} new, 0 known, 1 duplicate, 1 closed by robots.txt, 6 refused\n" in told
    )
    assert len(TRAPS) == 6 + 1 + 1


def test_second_crawl_finds_nothing_new(crawled: Crawled) -> None:
    code, told = crawled.second
    assert code == OK
    assert f"\n0 new, {len(STORIES) + len(TRAPS) - 1} known, 1 closed by robots.txt\n" in told


def test_archive_cleaned_again_changes_nothing(
    crawled: Crawled, scrapy: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [*crawled.data_dir.glob("articles/**/*.txt"), *crawled.data_dir.rglob("*.jsonl")]
    before = {path: path.read_bytes() for path in paths}
    assert scrapy("rebuild", "--write", "-s", f"DATA_DIR={crawled.data_dir}") == OK
    out, _ = capsys.readouterr()
    assert [line.partition(": ")[2] for line in out.splitlines()] == [
        f"{len(publisher.stories)} articles, {len(publisher.stories)} unchanged"
        for publisher in PUBLISHERS
    ]
    assert {path: path.read_bytes() for path in paths} == before


def test_crawl_shows_where_the_files_are_and_one_of_them(crawled: Crawled) -> None:
    _, told = crawled.first
    shown = told.partition("One of them, ")[2].partition(":\n\n")
    assert f"Files: {crawled.data_dir / 'articles'}\n" in told
    assert Path(shown[0]).read_text(encoding="utf-8") in shown[2]


def test_page_that_robots_txt_closes_is_not_asked_for(crawled: Crawled) -> None:
    assert "/preview/harbour-budget-draft/" not in crawled.asked_for
    assert "/2026/11/16/inside-the-rescue-log/" in crawled.asked_for


def test_counts_are_read_out_of_the_line_that_a_crawl_tells() -> None:
    line = "12 new, 214 known, 1 closed by robots.txt, 3 refused (2 NoContentError, 1 NotHtmlError)"
    assert read_counts(line) == {"new": 12, "known": 214, "closed by robots.txt": 1, "refused": 3}


def test_crawl_that_fails_passes_its_exit_code_on(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    with Newsroom(PUBLISHERS[:1], first_port=0) as newsroom, Path(os.devnull).open("w") as out:
        assert crawl_newsroom(newsroom.sites, in_the_way, out) == ERROR


def test_taken_port_is_told_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with Newsroom(PUBLISHERS[:1], first_port=0) as newsroom:
        taken = str(urlsplit(newsroom.sites[0].base).port)
        assert program.main(["crawl", "--first-port", taken]) == ERROR
    assert "take others with --first-port" in capsys.readouterr().err


def test_last_ports_are_no_first_port(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["crawl", "--first-port", "65534"])
    assert "invalid port value: '65534'" in capsys.readouterr().err


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["--help"])
    assert "python -m crawler.newsroom serve" in capsys.readouterr().out


def test_command_line_crawls_every_publisher_into_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crawls: list[tuple[int, Path, object]] = []

    def note(sites: tuple[NewsSite, ...], data_dir: Path, out: object) -> int:
        crawls.append((len(sites), data_dir, out))
        return NOTHING

    monkeypatch.setattr(program, "crawl_newsroom", note)
    code = program.main(["crawl", "--first-port", "0", "--data-dir", str(tmp_path)])
    assert (code, crawls) == (NOTHING, [(3, tmp_path, sys.stdout)])


def test_command_line_serves_until_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "wait", interrupt)
    assert program.main(["serve", "--first-port", "0"]) == OK
    assert "Meridian Wire\n" in capsys.readouterr().out


def test_missing_sources_end_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(program, "read_newsroom", lambda: read_newsroom(tmp_path / "nowhere"))
    assert program.main(["serve"]) == ERROR
    assert "sources are missing" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "code"), [("serve", OK), ("crawl", INTERRUPTED)])
def test_interruption_ends_the_newsroom(name: str, code: int, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "crawler.newsroom", name, "--first-port", "0"]
    with subprocess.Popen(  # noqa: S603  # a command line of our own, without a shell
        [*line, "--data-dir", str(tmp_path)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert b"The Harbour Courier" in process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()
    assert process.returncode == code
