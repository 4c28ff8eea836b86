"""Kill a crawl at every system call that changes a file, and let it fail there; begin it anew.

Random moments do not find torn files: nearly all of the time no file is being written. A call that
is killed is not carried out, so the kills at all calls show every state between two of them. What
they do not show:

* half a call: a write of which a part is on the disk. *Power cut* cuts what was written and not yet
  synced, or fills it with zeros; *full disk* lets the call fail with ENOSPC, *bad disk* with EIO.
* the shared memory of SQLite's log, which no call writes; SQLite builds it anew after a crash.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from evaluation.corpus import Corpus, Difference, compare, read_corpus, torn_texts
from evaluation.crawl_server import serving
from evaluation.kill_crawl import Target, is_killed, tail_of
from evaluation.kill_site import Site
from evaluation.syscalls import (
    NAMES,
    SYNCS,
    WRITES,
    Call,
    calls_of,
    names_to_come,
    tracing,
    unsynced,
)
from evaluation.tables import markdown
from evaluation.warm_crawl import Warm

Way = Literal["kill", "power cut", "full disk", "bad disk"]
WAYS: dict[Way, tuple[str, ...]] = {
    "kill": NAMES,
    "power cut": SYNCS,
    "full disk": (*WRITES, "openat", "mkdir"),
    "bad disk": (*WRITES, *SYNCS, "rename"),
}
INJECTIONS: dict[Way, str] = {
    "kill": "signal=KILL",
    "power cut": "signal=KILL",
    "full disk": "error=ENOSPC",
    "bad disk": "error=EIO",
}
BY_PATH = ("-wal", ".db", "-shm")
"""Ends of files that are written in place: their ends cannot be cut without being another fault."""

LOG_STEP = 10  # of the writes to SQLite's log only every tenth fails: each is told by one commit

FAILED = 1  # exit code of a crawl whose storage failed


@dataclass(frozen=True, slots=True)
class Point:
    """The *number*-th call of a name on one of the files, and what is to happen at it."""

    way: Way
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Hit:
    """What a crash at a point brought."""

    point: Point
    path: str
    code: int
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A site, an undisturbed crawl of it, and the files that the crawl changed."""

    target: Target
    warm: Warm
    expected: Corpus
    calls: tuple[Call, ...]

    @classmethod
    def of(cls, target: Target, warm: Warm) -> "Points":
        """Crawl the site of *target* undisturbed.

        Raises:
            RuntimeError: the crawl failed.
        """
        target.clear()
        log = target.log.with_suffix(".strace")
        if code := warm.run(target, tracing(target.data, log, NAMES)):
            raise RuntimeError(f"the crawl ended with {code}: {tail_of(target.log)}")
        calls = tuple(calls_of(log, target.data))
        return cls(target=target, warm=warm, expected=read_corpus(target.data), calls=calls)

    def all(self, ways: Sequence[Way] = tuple(WAYS)) -> Iterator[Point]:
        """Yield every point, of each way and call."""
        for way in ways:
            for name in WAYS[way]:
                named = [call for call in self.calls if call.name == name]
                is_log = name == "pwrite64" and not INJECTIONS[way].startswith("signal")
                step = LOG_STEP if is_log else 1
                for number, call in list(enumerate(named, 1))[::step]:
                    if call.changes:
                        yield Point(way, name, number)

    def crash(self, point: Point) -> Hit | None:
        """Let a crawl crash at *point*, begin it anew and compare; None where it never came there.

        Raises:
            RuntimeError: the crawl after the crash failed.
        """
        target = self.target
        target.clear()
        log = target.log.with_suffix(".strace")
        paths = names_to_come(call.path for call in self.calls)
        names = dict.fromkeys((point.name, *WRITES, *SYNCS))
        injection = f"inject={point.name}:{INJECTIONS[point.way]}:when={point.number}"
        tracer = [*tracing(target.data, log, list(names), paths), "-e", injection]
        code = self.warm.run(target, tracer)
        calls = list(calls_of(log, target.data))
        hits = [call for call in calls if "INJECTED" in call.text or call.text.endswith("= ?")]
        if not hits:
            return None
        if point.way == "power cut":
            cut(calls, random.Random(point.number))  # noqa: S311  # chosen to be the same again
        torn = torn_texts(self.expected, target.data)
        # after a zero it went on in spite of it, by another way
        if code and (second := self.warm.run(target)):
            raise RuntimeError(f"after {point}: {second}, {tail_of(target.log)}")
        difference = self.differing(read_corpus(target.data))
        difference = replace(difference, torn=(*difference.torn, *torn))
        return Hit(point, hits[-1].path, code, difference)

    def differing(self, found: Corpus) -> Difference:
        """Return how a corpus differs from that of the undisturbed crawl."""
        return compare(self.expected, found)


def cut(calls: Sequence[Call], chance: random.Random) -> None:
    """Take from the files a part of what was not synced, or put zeros in its place."""
    for path, start in unsynced(calls).items():
        if not path.is_file() or path.name.endswith(BY_PATH):
            continue
        content = path.read_bytes()
        begin = start if start >= 0 else len(content) + start
        kept = content[: chance.randint(begin, len(content))]
        zeros = b"\0" * (len(content) - len(kept)) if chance.random() < 0.5 else b""  # noqa: PLR2004
        path.write_bytes(kept + zeros)


def crash_points(scratch: Path, pages: int, every: int) -> tuple[str, bool]:
    """Crash at every point of a site of *pages*; return the table and whether one went wrong."""
    folder, state = scratch / "site", scratch / "server"
    for made in (folder, state):
        made.mkdir(parents=True)
    hits: list[Hit] = []
    with serving(folder, state, plain=True) as server, Warm() as warm:
        Site(folder, server.url, pages).write()
        target = Target(url=server.url, data=scratch / "data", log=scratch / "crawl.log")
        points = Points.of(target, warm)
        chosen = list(points.all())[::every]
        for done, point in enumerate(chosen, 1):
            hit = points.crash(point)
            if hit is not None:
                hits.append(hit)
            if done % 10 == 0 or (hit and is_wrong(hit)):
                sys.stderr.write(f"{done} of {len(chosen)} crash points, {trouble(hits)} wrong\n")
    return table_of(pages, chosen, hits), trouble(hits) > 0


def is_wrong(hit: Hit) -> bool:
    """Whether a crash left something behind, or did not tell the truth in its exit code."""
    is_kill = INJECTIONS[hit.point.way].startswith("signal")
    is_told = is_killed(hit.code) if is_kill else hit.code in {0, FAILED}
    return bool(hit.difference) or not is_told


def trouble(hits: Sequence[Hit]) -> int:
    """Return how many crashes went wrong."""
    return sum(map(is_wrong, hits))


def table_of(pages: int, chosen: Sequence[Point], hits: Sequence[Hit]) -> str:
    """Return the table, a line for each way and call, and below it what is wrong."""
    rows = []
    for way, name in dict.fromkeys((point.way, point.name) for point in chosen):
        found = [hit for hit in hits if (hit.point.way, hit.point.name) == (way, name)]
        lengths = Counter(
            {
                kind: sum(len(getattr(hit.difference, kind)) for hit in found)
                for kind in ("lost", "twice", "torn", "parts", "other")
            }
        )
        codes = sorted({str(hit.code) for hit in found})
        rows.append([way, name, str(len(found)), *map(str, lengths.values()), ", ".join(codes)])
    heads = ("way", "call", "crash points", "lost", "twice", "torn", "left .part", "other bytes")
    wrong = [
        f"{hit.point.way} at {hit.point.name} {hit.point.number} of {hit.path}, exit code"
        f" {hit.code}: {line}"
        for hit in hits
        if is_wrong(hit)
        for line in list(hit.difference.lines(3)) or ["the exit code is not true"]
    ]
    missed = len(chosen) - len(hits)
    head = f"{pages} pages, {len(hits)} crash points, {missed} not reached"
    return "\n".join((head, markdown((*heads, "exit code"), rows), *wrong))
