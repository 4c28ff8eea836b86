"""A crawl that is killed and begun again leaves what an undisturbed one leaves.

`make kills` does it everywhere; here it is done in a few places.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.corpus import read_corpus, torn_texts
from evaluation.crawl_server import serving
from evaluation.kill_crawl import Target
from evaluation.kill_points import Hit, Point, Points, is_wrong, table_of
from evaluation.kill_site import Site
from evaluation.kills import random_kills, told
from evaluation.syscalls import STRACE, Call, unsynced
from evaluation.warm_crawl import Warm

POINTS = (
    Point("kill", "rename", 2),
    Point("kill", "write", 5),
    Point("power cut", "fsync", 3),
    Point("power cut", "fsync", 5),
    Point("full disk", "write", 4),
    Point("bad disk", "fdatasync", 12),
)


def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    result = random_kills(tmp_path, 60, 3, seed=7, late=0)
    assert [list(found.lines()) for found in result.differences] == [[]]
    assert len(result.corpus.index) == 47
    assert "| 1 | 0 | 0 | 0 | 0 | 0 |" in told(result, 60)


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Points]:
    if STRACE is None:
        pytest.skip("there is no strace")
    scratch = tmp_path_factory.mktemp("points")
    folder, state = scratch / "site", scratch / "server"
    folder.mkdir()
    state.mkdir()
    with serving(folder, state, plain=True) as server, Warm() as warm:
        Site(folder, server.url, 4).write()
        target = Target(url=server.url, data=scratch / "data", log=scratch / "crawl.log")
        yield Points.of(target, warm)


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_crash_at_a_system_call_loses_nothing(points: Points, point: Point) -> None:
    hit = points.crash(point)
    assert hit is not None
    assert not is_wrong(hit), list(hit.difference.lines())
    assert "| 1 | 0 | 0 | 0 | 0 | 0 |" in table_of(4, [point], [hit])


def test_points_are_every_call_that_changes_a_file(points: Points) -> None:
    found = list(points.all(["kill"]))
    assert {point.name for point in found} > {"write", "pwrite64", "fsync", "rename", "openat"}
    assert len(found) > 100


def test_lost_and_torn_texts_are_told(points: Points) -> None:
    points.warm.run(points.target)
    data = points.target.data
    first, second, *_ = sorted(data.rglob("*.txt"))
    first.unlink()
    second.write_text(second.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    (data / "articles" / "x.txt.part").touch()
    found = read_corpus(data)
    place = second.relative_to(data).as_posix()
    assert torn_texts(points.expected, data) == (f"text of {place}, until the next crawl",)
    hit = Hit(POINTS[0], "", 0, points.differing(found))
    assert is_wrong(hit)
    kinds = {line.partition(":")[0] for line in hit.difference.lines()}
    assert kinds == {"lost", "twice", "torn", "parts", "other"}


def test_what_was_written_since_the_last_sync_is_unsynced() -> None:
    calls = [
        Call("write", "/a", changes=True, text='write(3</a>, "", 10) = 10'),
        Call("fsync", "/a", changes=True, text="fsync(3</a>) = 0"),
        Call("write", "/a", changes=True, text='write(3</a>, "", 7) = 7'),
        Call("pwrite64", "/b", changes=True, text='pwrite64(3</b>, "", 7, 4096) = 7'),
        Call("pwrite64", "/b", changes=True, text='pwrite64(3</b>, "", 7, 128) = 7'),
        Call("fsync", "/b", changes=True, text="fsync(3</b>) = ?"),
    ]
    assert unsynced(calls) == {Path("/a"): -7, Path("/b"): 128}
