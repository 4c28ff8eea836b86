"""Crawl the newsroom as one crawls any site: ``scrapy crawl news``, once a publisher."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from cleaners.registry import source_of
from crawler import index
from crawler.newsroom.publisher import FOLDER
from crawler.newsroom.site import NewsSite
from crawler.paths import index_path
from crawler.summary import OK

PROJECT = FOLDER.parents[1]
"""Where ``scrapy.cfg`` lies."""

ALWAYS = ("new", "known")
"""Counts that are told even where they are 0."""

COUNTS = (*ALWAYS, "changed", "unchanged", "duplicate", "closed by robots.txt", "refused", "failed")
COUNT = re.compile(rf"(\d+) ({'|'.join(map(re.escape, COUNTS))})\b")


def crawl_newsroom(sites: tuple[NewsSite, ...], data_dir: Path, out: TextIO) -> int:
    """Crawl *sites* into *data_dir*, tell *out* what came of it and return the exit code.

    That is 0, or that of the first crawl which went wrong.
    """
    totals: Counter[str] = Counter()
    codes = []
    for number, site in enumerate(sites, start=1):
        name = site.publisher.name
        say(out, f"[{number}/{len(sites)}] {name}, {site.base} ({site.publisher.listing})")
        code, told = crawl_site(site, data_dir)
        say(out, f"      {told or f'the crawl ended with exit code {code}'}")
        totals.update(read_counts(told))
        codes.append(code)
    report(sites, data_dir, totals, out)
    return next((code for code in codes if code != OK), OK)


def crawl_site(site: NewsSite, data_dir: Path) -> tuple[int, str]:
    """Run the spider on *site*; return its exit code and the line in which it tells its counts.

    Its log goes where this program's log goes.
    """
    line = command(site, data_dir)
    with subprocess.Popen(  # noqa: S603  # a command line of our own, without a shell
        line, cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            told, _ = process.communicate()
        except KeyboardInterrupt:
            process.wait()  # it got the signal too, and finishes what it has begun
            raise
        return process.returncode, told.strip()


def command(site: NewsSite, data_dir: Path) -> list[str]:
    """Return the command line of one crawl: the usual one, but for politeness towards oneself."""
    settings = {
        "ALLOW_INTERNAL": site.base.removeprefix("http://"),
        "AUTOTHROTTLE_ENABLED": "False",
        "DATA_DIR": str(data_dir.resolve()),
        "DOWNLOAD_DELAY": "0",
        "LOG_LEVEL": "INFO",
    }
    arguments = {"site": site.base, **site.listings}
    return [
        *(sys.executable, "-m", "scrapy", "crawl", "news"),
        *(part for name, value in arguments.items() for part in ("-a", f"{name}={value}")),
        *(part for name, value in settings.items() for part in ("-s", f"{name}={value}")),
    ]


def read_counts(told: str) -> Mapping[str, int]:
    """Return the counts in a line such as ``12 new, 214 known, 1 failed (timeout)``."""
    return {name: int(number) for number, name in COUNT.findall(told)}


def report(
    sites: tuple[NewsSite, ...], data_dir: Path, totals: Mapping[str, int], out: TextIO
) -> None:
    """Tell the totals, where the files are, and show one of them."""
    told = (name for name in COUNTS if name in ALWAYS or totals.get(name))
    say(out, "\n" + ", ".join(f"{totals.get(name, 0)} {name}" for name in told))
    say(out, f"Files: {data_dir / 'articles'}")
    shown = next(written(sites, data_dir), None)
    if shown is not None:
        say(out, f"One of them, {shown}:\n\n{shown.read_text(encoding='utf-8')}")


def written(sites: tuple[NewsSite, ...], data_dir: Path) -> Iterator[Path]:
    """Yield the files of *sites*, those of the site with the most noise first."""
    for site in sorted(sites, key=lambda site: "modals" not in site.publisher.templates):
        lines = data_dir / index_path(source_of(site.base))
        if lines.exists():
            yield from (data_dir / str(entry["path"]) for entry in index.read(lines))


def say(out: TextIO, line: str) -> None:
    """Write *line* at once: the log of the crawls comes in between."""
    out.write(line + "\n")
    out.flush()
