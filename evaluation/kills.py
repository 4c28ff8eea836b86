"""Kill a crawl over and over, begin it anew each time, and compare what it wrote to the byte.

First at random moments, by the signal 9 to the whole process group. Then, with strace, at every
system call that changes a file below DATA_DIR, of a smaller site. Exit code 1 if anything is lost,
there twice, or torn.
"""

import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.corpus import Corpus, Difference, compare, read_corpus
from evaluation.crawl_server import serving
from evaluation.kill_crawl import Target, kill_group, tail_of
from evaluation.kill_points import crash_points
from evaluation.kill_site import Site
from evaluation.options import plain_parser_of
from evaluation.syscalls import STRACE
from evaluation.tables import markdown

EXAMPLE = "python -m evaluation.kills --pages 60 --kills 3 --points 0"
SEED = 20251103
PART = 0.6  # of a crawl that passes between all kills: it must not end before them
SOON = 0.02  # seconds between two looks at the archive
EARLY = 5  # every fifth kill is at the beginning of a crawl, maybe before any page comes
LATE = 0.4  # of the kills hit the crawls of the second and the third edition, one half each
WHOLE = ("refetch=yes",)  # the second edition: every page is fetched once more
BY_WORD = {"UPDATES_DAYS": "100000"}  # the third: those that have changed by the word of a sitemap


@dataclass
class Killer:
    """Kills crawls of one site at random moments."""

    target: Target
    chance: random.Random
    pages_time: float
    """Seconds from the first page to the end of an undisturbed crawl."""

    def kill(self, times: int) -> None:
        """Kill *times* crawls; each goes on where the one before it was killed."""
        span = PART * self.pages_time / max(1, times)
        for number in range(times):
            while not self._is_killed(is_early=number % EARLY == 0, span=span):
                span /= 2  # it ended by itself, all pages being done

    def _is_killed(self, *, is_early: bool, span: float) -> bool:
        with self.target.start() as process:
            if is_early or not first_page(self.target, process):
                time.sleep(self.chance.uniform(0.2, 2.0))
            else:
                time.sleep(self.chance.uniform(0, 2 * span))
            is_running = process.poll() is None
            kill_group(process)
        return is_running


def first_page(target: Target, process: subprocess.Popen[bytes]) -> bool:
    """Wait for the first page of a crawl; return whether one came before its end."""
    before = archived(target)
    while process.poll() is None:
        if archived(target) > before:
            return True
        time.sleep(SOON)
    return False


def archived(target: Target) -> int:
    """Return how many bytes the archive has."""
    return sum(path.stat().st_size for path in target.data.glob("archive/*/*"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the random kills brought."""

    kills: int
    corpus: Corpus
    differences: tuple[Difference, ...]
    """After the crawls of each edition."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both parts and print their tables; 1 where something is wrong."""
    parser = plain_parser_of("kills", __doc__, EXAMPLE)
    parser.add_argument("--pages", type=int, default=500, help="of the site for random kills")
    parser.add_argument("--kills", type=int, default=20, help="random kills")
    parser.add_argument(
        "--points", type=int, default=8, help="pages of the site for strace; 0: none"
    )
    parser.add_argument("--every", type=int, default=1, help="of these points only every N-th")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random moments")
    options = parser.parse_args(arguments)
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        if options.kills:
            result = random_kills(
                Path(scratch, "kills"), options.pages, options.kills, seed=options.seed
            )
            sys.stdout.write(f"{told(result, options.pages)}\n")
            failed = any(result.differences)
        if options.points and STRACE is None:
            sys.stdout.write("no crash points: there is no strace\n")
        elif options.points:
            table, is_wrong = crash_points(Path(scratch, "points"), options.points, options.every)
            sys.stdout.write(f"\n{table}\n")
            failed = failed or is_wrong
    return int(failed)


def random_kills(scratch: Path, pages: int, kills: int, *, seed: int, late: float = LATE) -> Result:
    """Crawl a site undisturbed and with *kills*, and compare.

    A part of the kills, *late*, hits the crawls of its other editions; where it is zero there are
    none.
    """
    folder, state = scratch / "site", scratch / "server"
    for made in (folder, state):
        made.mkdir(parents=True)
    differences: list[Difference] = []
    each = round(kills * late / 2)
    rounds: list[tuple[int, tuple[str, ...], dict[str, str]]]
    rounds = [(kills - 2 * each, (), {}), (each, WHOLE, {}), (each, (), BY_WORD)]
    chance = random.Random(seed)  # noqa: S311  # chosen to be the same again
    with serving(folder, state, plain=True) as server:
        calm = Target(url=server.url, data=scratch / "calm", log=scratch / "calm.log")
        rough = Target(url=server.url, data=scratch / "rough", log=scratch / "rough.log")
        for edition, (times, arguments, settings) in enumerate(rounds[: 3 if late else 1], 1):
            changed = dt.datetime.now(dt.UTC) if settings else None
            Site(folder, server.url, pages, edition=edition, changed=changed).write()
            calm = replace(calm, arguments=arguments, settings=settings)
            rough = replace(rough, arguments=arguments, settings=settings)
            killer = Killer(rough, chance, undisturbed(calm))
            killer.kill(times)
            killer.target.finish()
            sys.stderr.write(f"edition {edition}: {times} kills\n")
            differences.append(compare(read_corpus(calm.data), read_corpus(rough.data)))
    return Result(kills=kills, corpus=read_corpus(rough.data), differences=tuple(differences))


def undisturbed(target: Target) -> float:
    """Crawl to the end; return the seconds from the first page to the end.

    Raises:
        RuntimeError: the crawl failed.
    """
    with target.start() as process:
        first_page(target, process)
        begun = time.monotonic()
        if code := process.wait():
            raise RuntimeError(f"the crawl ended with {code}: {tail_of(target.log)}")
    return time.monotonic() - begun


def told(result: Result, pages: int) -> str:
    """Return the table of the random kills, and below it what is wrong."""
    rows = [
        [
            *(f"{edition}", str(len(found.lost)), str(len(found.twice)), str(len(found.torn))),
            *(str(len(found.parts)), str(len(found.other))),
        ]
        for edition, found in enumerate(result.differences, 1)
    ]
    heads = ("edition", "lost", "twice", "torn", "left .part", "other bytes")
    wrong = [line for found in result.differences for line in found.lines()]
    corpus = result.corpus
    head = (
        f"{pages} pages, {result.kills} kills, {len(corpus.index)} articles,"
        f" {len(corpus.files)} text files, {len(corpus.state)} rows of the state"
    )
    return "\n".join((head, markdown(heads, rows), *wrong))


if __name__ == "__main__":
    sys.exit(main())
