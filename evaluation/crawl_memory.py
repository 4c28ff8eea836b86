"""Crawl a generated site of many small pages and tell the memory in use as it goes.

Memory is that of the crawl and all its processes, shared pages counted once.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.crawl_run import Measurement, measure
from evaluation.crawl_server import serving
from evaluation.crawl_site import PAGES_IN_SITEMAP, write_generated, write_sitemaps
from evaluation.crawl_spiders import Job
from evaluation.options import parser_of
from evaluation.tables import markdown

EXAMPLE = "python -m evaluation.crawl_memory --pages 3000"
LINES = 10  # of the table


@dataclass
class Curve:
    """Pages done and megabytes, as they were seen."""

    articles: Path
    """The folder of the articles, with an index a publisher; a line of one is an article."""

    points: list[tuple[int, float]] = field(default_factory=list)
    _read: int = 0
    _lines: int = 0

    def look(self, used: float) -> None:
        """Note the pages done so far beside the megabytes *used*."""
        for path in self.articles.glob("*/index.jsonl"):
            with path.open("rb") as file:
                file.seek(self._read)
                found = file.read()
            self._read += len(found)
            self._lines += found.count(b"\n")
        self.points.append((self._lines, used))


def main(arguments: Sequence[str] | None = None) -> int:
    """Crawl and print the table; 1 where pages are missing."""
    parser = parser_of("crawl_memory", __doc__, EXAMPLE, with_pages=False)
    parser.add_argument("--pages", type=int, default=100_000, help="pages of the site")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        found, curve = crawl(Path(scratch), options.pages)
    written = int(found.stats.get("articles/written", 0))
    stats = {name: value for name, value in found.stats.items() if name.startswith("watch/most")}
    sys.stdout.write(f"{table_of(curve)}\n\n{written} of {options.pages} pages written\n")
    sys.stdout.write(f"peak {found.peak:.0f} MB, at most {json.dumps(stats)}\n")
    return 0 if written == options.pages else 1


def crawl(scratch: Path, pages: int) -> tuple[Measurement, Curve]:
    """Crawl a site of *pages* pages below *scratch*."""
    scratch.chmod(0o755)  # a server may run as another user
    folder, state, out = scratch / "site", scratch / "server", scratch / "out"
    folder.mkdir()
    state.mkdir()
    with serving(folder, state) as server:
        paths = write_generated(folder, pages)
        sitemap = write_sitemaps(folder, server.url, paths)
        listed = scratch / "paths.txt"
        listed.write_text("\n".join(paths), encoding="utf-8")
        sitemaps = pages // PAGES_IN_SITEMAP + 2
        job = Job(
            kind="dateline",
            site=server.url,
            sitemap=sitemap,
            paths=str(listed),
            out=str(out),
            settings={"SITEMAP_LIMIT": sitemaps, "MEMUSAGE_ENABLED": False, "HOST_BUDGET": 0},
        )
        curve = Curve(out / "data" / "articles")
        return measure(job, server.pid, curve.look), curve


def table_of(curve: Curve) -> str:
    """Return a few points of *curve*, evenly spread over the pages."""
    last = curve.points[-1][0]
    rows = []
    for line in range(LINES + 1):
        done = last * line // LINES
        rows.append(next(point for point in curve.points if point[0] >= done))
    return markdown(("pages done", "MB"), [[str(done), f"{used:.0f}"] for done, used in rows])


if __name__ == "__main__":
    sys.exit(main())
