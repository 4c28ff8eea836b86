"""A rebuild that is killed anywhere and run again ends as one that was not."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawler import index
from crawler.state.rebuilding import apply
from tests.crawler.rebuilding import LOGIN, Came, Corpus, an, corpus, text

__all__ = ["corpus"]

FERRY = Came(name="ferry", old=an("ferry"), new=an("ferry", title="A New Ferry"))
SHORTER = Came(
    name="ferry",
    old=an("ferry", text=text("ferry", 10)),
    new=an("ferry", text=text("ferry", 10), title="A New Ferry"),
    hour=1,
)
MILL = Came(name="mill", old=an("mill"), new=an("mill", text=text("mill", 11)))
WALL = Came(name="wall", old=an("wall"), new=LOGIN)
EDITED = replace(WALL, old=an("wall", text=text("wall", 9)), hour=1)
HALL = Came(name="hall", old=LOGIN, new=an("hall"))
COPY = Came(name="copy", old=an("copy"), new=an("quay"))
QUAY = Came(name="quay", old=an("quay"))
PAGES = (FERRY, SHORTER, MILL, WALL, EDITED, HALL, COPY, QUAY)


class KillError(Exception):
    """Stands for a kill: nothing catches it."""


@dataclass
class Killer:
    """Kills at the step with number `at`."""

    at: int
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise KillError

    @contextmanager
    def armed(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", self.before(os.fsync))
            for name in ("unlink", "rename", "replace", "rmdir"):
                patch.setattr(Path, name, self.before(getattr(Path, name)))
            patch.setattr("crawler.rebuild.writing.apply", self.before(apply))
            yield

    def before(self, function: Callable[..., object]) -> Callable[..., object]:
        def killed(*args: object, **kwargs: object) -> object:
            self.step()
            return function(*args, **kwargs)

        return killed


def test_kill_at_any_step_changes_nothing_in_the_end(corpus: Corpus, tmp_path: Path) -> None:
    corpus.crawl(PAGES)
    shutil.copytree(tmp_path, tmp_path.with_name("before"))
    whole = Killer(at=0)
    with whole.armed():
        corpus.rebuild()
    wanted = (corpus.tree(), corpus.state())
    for at in range(1, whole.steps + 1):
        root = tmp_path.with_name(f"killed-{at}")
        shutil.copytree(tmp_path.with_name("before"), root)
        killed = Corpus(root)
        with Killer(at=at).armed(), pytest.raises(KillError):
            killed.rebuild()
        assert all(is_whole(path) for path in root.glob("articles/**/*.txt"))
        killed.rebuild()
        assert (killed.tree(), killed.state()) == wanted, f"killed at step {at}"
        assert "unchanged" in killed.rebuild()
        shutil.rmtree(root)
    assert whole.steps > 30


def is_whole(path: Path) -> bool:
    return path.read_text(encoding="utf-8").endswith("went home.\n")


def test_crawl_after_a_kill_loses_nothing(corpus: Corpus) -> None:
    corpus.crawl(PAGES)
    with Killer(at=30).armed(), pytest.raises(KillError):
        corpus.rebuild()
    corpus.crawl([replace(page, hour=5) for page in PAGES[1:]], rules="new")
    corpus.rebuild()
    found = corpus.files()
    assert sorted(str(line["path"]) for line in corpus.index().values()) == sorted(
        path for path in found if ".v" not in path
    )
    assert {text("hall"), text("mill", 11), text("quay"), text("ferry", 10)} <= {
        content.decode().rpartition("---\n\n")[2].removesuffix("\n") for content in found.values()
    }


def test_index_line_of_another_crawl_is_not_lost(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.crawl([MILL])
    [path] = corpus.root.glob("articles/*/index.jsonl")
    calls = iter([True])

    def flock(file: object, kind: int) -> None:
        # a rebuild ends while another crawl waits for the lock of the index
        if next(calls, False):
            other = path.with_name("new")
            other.write_bytes(path.read_bytes())
            other.replace(path)

    monkeypatch.setattr("crawler.index.fcntl.flock", flock)
    index.append(path, [{"path": "other"}])
    assert [line["path"] for line in index.read(path)][-1] == "other"
