"""Crawl a hostile server with the project's own command, and tell what became of each behaviour.

Survived: the crawl ended by itself, in bounded time and memory, and saved every healthy page.
Right: survived, and the property of the behaviour holds. 1 where one is not right.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.hostile_behaviour import Behaviour
from evaluation.hostile_bodies import BODIES
from evaluation.hostile_connections import CONNECTIONS
from evaluation.hostile_hosts import HOSTS
from evaluation.hostile_judge import Verdict, judge
from evaluation.hostile_lengths import FRAMING
from evaluation.hostile_listings import LISTINGS
from evaluation.hostile_redirects import PAGES, REDIRECTS
from evaluation.hostile_robots import ROBOTS
from evaluation.hostile_run import Group, crawl
from evaluation.hostile_server import EXTRAS, serving
from evaluation.hostile_sites import TRAPS
from evaluation.hostile_texts import TEXTS
from evaluation.tables import markdown

EXAMPLE = "python -m evaluation.hostile_crawl --only gzip"
ALL = (*BODIES, *FRAMING, *CONNECTIONS, *REDIRECTS, *TEXTS, *ROBOTS, *LISTINGS, *TRAPS, *HOSTS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Crawl, and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.hostile_crawl",
        description=__doc__,
        epilog=f"example: {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default="", help="behaviours with this in their name")
    parser.add_argument("--wrong", action="store_true", help="show only those that are not right")
    parser.add_argument("--keep", type=Path, help="folder in which logs and articles stay")
    options = parser.parse_args(arguments)
    chosen = [one for one in ALL if options.only in one.name]
    if not chosen:
        sys.exit(f"no behaviour has {options.only!r} in its name")
    with tempfile.TemporaryDirectory() as scratch:
        verdicts = run(chosen, options.keep or Path(scratch))
    wrong = [one for one in verdicts if not one.right]
    sys.stdout.write(table_of(wrong if options.wrong else verdicts) + "\n\n")
    survived, right = sum(one.survived for one in verdicts), len(verdicts) - len(wrong)
    sys.stdout.write(f"survived {survived}, right {right} of {len(verdicts)}\n")
    return 1 if wrong else 0


def run(chosen: Sequence[Behaviour], folder: Path) -> list[Verdict]:
    """Return what became of each behaviour; every group is one crawl."""
    EXTRAS.update(PAGES)
    verdicts: list[Verdict] = []
    with serving(chosen) as server:
        for group in groups_of(chosen):
            sys.stderr.write(f"{group.name}: {len(group.behaviours)} behaviours\n")
            ended = crawl(group, server, folder / group.name)
            sys.stderr.write(f"  exit {ended.code}, {ended.seconds:.0f} s, {ended.peak:.0f} MB\n")
            verdicts += judge(group, server, ended)
    return verdicts


def groups_of(chosen: Sequence[Behaviour]) -> list[Group]:
    """Return the crawls that show *chosen*: pages, listings, and each site by itself."""
    pages = tuple(one for one in chosen if one.kind in {"page", "port", "robots"})
    listings = tuple(one for one in chosen if one.kind in {"feed", "sitemap"})
    found = [Group("pages", pages), Group("listings", listings)]
    found += [Group(one.name, (one,)) for one in chosen if one.kind == "site"]
    return [group for group in found if group.behaviours]


def table_of(verdicts: Sequence[Verdict]) -> str:
    """Return the table of what became of each."""
    rows = [
        (one.behaviour.name, one.behaviour.does, one.behaviour.must, yes(one.survived),
         yes(one.right), one.end)
        for one in verdicts
    ]  # fmt: skip
    return markdown(("behaviour", "the server", "the page", "survived", "right", "what came"), rows)


def yes(value: bool) -> str:  # a value, not an option
    """Return *value* as a word."""
    return "yes" if value else "NO"


if __name__ == "__main__":
    sys.exit(main())
