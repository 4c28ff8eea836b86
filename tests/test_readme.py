"""What the README shows is so: its commands work, its example is a file that a crawl writes.

Blocks of code are marked in their info string: ``sh`` is run, ``sh no-run`` is not; ``python`` is
run, ``file=PATH`` is written to that file, ``diff`` is applied; ``text output`` must be in what the
block before it prints. All happens in a copy of the project, in the order of the README.
"""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from cleaners import clean
from crawler import settings, summary
from crawler.identity import identity
from crawler.newsroom.publisher import read_newsroom
from crawler.newsroom.site import NewsSite
from crawler.paths import article_path
from crawler.textfile import render

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]

LEFT_OUT = ("quillbay*", Path(__file__).name)
"""What one who followed the README has already; and these tests, which need what is not copied."""

NEEDED = ("cleaners", "crawler", "docs", "fixtures", "tests", "pyproject.toml", "scrapy.cfg")
ELSEWHERE = ("make ", ". .venv/", "scrapy crawl ", "scrapy clean -u ", "export ")
"""What the tests cannot run: it installs, needs the internet or changes the shell."""

FENCE = re.compile(r"^```(?P<info>\S.*)\n(?P<code>(?:.*\n)*?)```$", re.MULTILINE)
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?:`(?P<value>[^`]*)`)? ?\|", re.MULTILINE)
LINK = re.compile(r"\]\((?P<target>[^)#:]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Block:
    """One block of code in the README."""

    line: int
    info: str
    code: str

    @property
    def command(self) -> list[str]:
        """How to run it; nothing for a block that is not run."""
        commands = {
            "sh": ["bash", "-euo", "pipefail", "-c", self.code],
            "python": [sys.executable, "-c", self.code],
            "diff": ["git", "apply", "-"],
        }
        return commands.get(self.info, [])


def read_blocks(text: str) -> list[Block]:
    return [
        Block(text.count("\n", 0, found.start()) + 1, found["info"], found["code"])
        for found in FENCE.finditer(text)
    ]


BLOCKS = read_blocks(README)
RUN = [block for block in BLOCKS if block.command]
SHOWN = [(before, block) for before, block in pairwise(BLOCKS) if block.info == "text output"]

Printed = dict[int, subprocess.CompletedProcess[str]]
"""What became of each block that was run, by its line."""


def environment(project: Path) -> dict[str, str]:
    """Return that of an activated virtual environment, without what coverage and git hooks add."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV", "GIT_"))
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": path, "PYTHONPATH": str(project)}


def run(block: Block, project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # commands of our own README
        block.command,
        cwd=project,
        env=environment(project),
        input=block.code,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    project = tmp_path_factory.mktemp("readme")
    for name in NEEDED:
        if (PROJECT / name).is_file():
            shutil.copy(PROJECT / name, project)
        else:
            left_out = shutil.ignore_patterns(*LEFT_OUT)
            shutil.copytree(PROJECT / name, project / name, ignore=left_out)
    done: Printed = {}
    for block in BLOCKS:
        _, is_file, path = block.info.partition(" file=")
        if is_file:
            (project / path).write_text(block.code, encoding="utf-8")
        elif block.command:
            done[block.line] = run(block, project)
    return done


@pytest.mark.parametrize("block", RUN, ids=lambda block: f"line {block.line}")
def test_block_runs(block: Block, printed: Printed) -> None:
    done = printed[block.line]
    assert done.returncode == 0, f"{block.code}{done.stdout}{done.stderr}"


@pytest.mark.parametrize(("block", "shown"), SHOWN, ids=lambda block: f"line {block.line}")
def test_output_is_what_the_readme_shows(block: Block, shown: Block, printed: Printed) -> None:
    assert shown.code in printed[block.line].stdout


def test_only_what_installs_or_needs_the_internet_is_not_run() -> None:
    lines = [
        line for block in BLOCKS if block.info == "sh no-run" for line in block.code.split("\n")
    ]
    assert [line for line in lines if line and not f"{line} ".startswith(ELSEWHERE)] == []


def test_example_is_the_beginning_of_a_file_that_a_crawl_writes() -> None:
    [excerpt] = [block.code for block in BLOCKS if block.info == "text excerpt"]
    [url] = re.findall(r"^url: (.*)$", excerpt, re.MULTILINE)
    [stamp] = re.findall(r"^fetched: '(.*)'$", excerpt, re.MULTILINE)
    base, path = url[: url.index("/", 8)], url[url.index("/", 8) :]
    fetched = dt.datetime.fromisoformat(stamp)
    [courier] = [one for one in read_newsroom() if one.name == "The Harbour Courier"]
    article = clean(NewsSite(courier, base).reply(path, fetched).body, url, fetched=fetched)
    assert render(article, "yaml", fetched).decode().startswith(excerpt)
    assert f"`data/{article_path(article, identity(article), fetched)}`" in README


def test_readme_names_the_targets_of_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make (\w+)$", README, re.MULTILINE))
    assert named == {"crawl", "test"}
    assert named <= set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))


def test_makefile_declares_the_targets_that_it_has() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    [declared] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert sorted(declared.split()) == sorted(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))


def test_settings_have_the_defaults_that_the_readme_names() -> None:
    shown = {row["name"]: row["value"] or "" for row in ROW.finditer(README)}
    assert shown == {name: str(vars(settings)[name]) for name in shown}


def test_every_exit_code_of_a_crawl_is_explained() -> None:
    codes = sorted(summary.ENDS)
    assert re.findall(r"^\| (\d+) \|", README, re.MULTILINE) == [str(code) for code in codes]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_of_the_project(page: Path) -> None:
    targets = [found["target"] for found in LINK.finditer(page.read_text(encoding="utf-8"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []
