"""Crawl real pages from a loopback server, beside plain Scrapy with trafilatura in its callback.

Three spiders take the same pages in turn, over several rounds: ours, Scrapy with trafilatura, and
Scrapy that only fetches. CPU time is that of all processes of a crawl. nginx serves pages packed
by gzip, as nearly all news sites do.
"""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.crawl_run import Measurement, measure
from evaluation.crawl_server import Server, serving
from evaluation.crawl_site import pack, write_generated, write_real, write_sitemaps
from evaluation.crawl_spiders import Job, Kind
from evaluation.gold import is_present
from evaluation.options import parser_of
from evaluation.tables import markdown

KINDS: tuple[Kind, ...] = ("dateline", "trafilatura", "fetch")
HEADS = (
    *("spider", "pages", "seconds", "CPU ms a page", "of it cleaning", "pages a CPU second"),
    *("lag p99 s", "lag max s", "peak MB"),
)
EXAMPLE = "python -m evaluation.crawl_speed --pages 200 --rounds 1"

Round = Mapping[Kind, Measurement]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds and print the table."""
    parser = parser_of("crawl_speed", __doc__, EXAMPLE, with_pages=False)
    parser.add_argument("--pages", type=int, default=2_000, help="most pages of a crawl")
    parser.add_argument("--rounds", type=int, default=3, help="crawls of each spider")
    parser.add_argument("--plain", action="store_true", help="serve pages that are not packed")
    parser.add_argument(
        "--charset", action="store_true", help="name a charset in the header, or Scrapy guesses it"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder, state = Path(scratch, "site"), Path(scratch, "server")
        folder.mkdir()
        state.mkdir()
        Path(scratch).chmod(0o755)  # a server may run as another user
        with serving(folder, state, charset=options.charset) as server:
            if is_present(options.bench):
                paths, what = write_real(folder, options.bench, options.pages), "gold pages"
            else:
                paths = write_generated(folder, options.pages)
                what = f"generated pages, for there are no gold pages in {options.bench}"
            is_packed = server.name == "nginx" and not options.plain
            if is_packed:
                pack(folder, paths)
            how = "packed by gzip" if is_packed else "not packed"
            sys.stdout.write(f"{len(paths)} {what}, {how}, from {server.name}\n")
            found = [run(server, folder, paths, number) for number in range(options.rounds)]
    sys.stdout.write(f"{table_of(found)}\n\n{ratios_of(found)}\n")
    return 0


def run(server: Server, folder: Path, paths: Sequence[str], number: int) -> Round:
    """Crawl the pages once with each spider, a different one first in each round."""
    sitemap = write_sitemaps(folder, server.url, paths)
    listed = folder.parent / "paths.txt"
    listed.write_text("\n".join(paths), encoding="utf-8")
    found: dict[Kind, Measurement] = {}
    for place in range(len(KINDS)):
        kind = KINDS[(number + place) % len(KINDS)]
        out = folder.parent / f"{number}-{kind}"
        job = Job(
            kind=kind,
            site=server.url,
            sitemap=sitemap,
            paths=str(listed),
            out=str(out),
            settings={},
        )
        found[kind] = measure(job, server.pid)
        shutil.rmtree(out)
        sys.stderr.write(f"round {number + 1}, {kind}: {found[kind].cpu:.1f} s of CPU\n")
    return found


def pages_of(one: Measurement) -> int:
    """Return how many pages came."""
    return int(one.stats["downloader/response_status_count/200"])


def per_page(one: Measurement) -> float:
    """Return the seconds of CPU time for a page."""
    return one.cpu / pages_of(one)


def cleaning(one: Measurement) -> float:
    """Return the seconds of CPU time in cleaning for a page."""
    return float(one.stats.get("extraction/cpu_seconds", 0)) / pages_of(one)


def table_of(rounds: Sequence[Round]) -> str:
    """Return the table of the medians over all rounds."""
    return markdown(HEADS, [row_of(kind, [one[kind] for one in rounds]) for kind in KINDS])


def row_of(kind: str, found: Sequence[Measurement]) -> list[str]:
    """Return the line of one spider."""
    cpu = statistics.median(map(per_page, found))
    cleaned = statistics.median(map(cleaning, found))
    return [
        kind,
        str(pages_of(found[0])),
        f"{statistics.median(one.seconds for one in found):.1f}",
        f"{1000 * cpu:.1f}",
        f"{1000 * cleaned:.1f}" if cleaned else "",
        f"{1 / cpu:.1f}",
        f"{statistics.median(one.stats['watch/lag_p99'] for one in found):.3f}",
        f"{max(one.stats['watch/lag_max'] for one in found):.3f}",
        f"{max(one.peak for one in found):.0f}",
    ]


def ratios_of(rounds: Sequence[Round]) -> str:
    """Return the two ratios with the range over the rounds."""
    speed = [per_page(one["trafilatura"]) / per_page(one["dateline"]) for one in rounds]
    beside = [
        (per_page(one["dateline"]) - cleaning(one["dateline"])) / per_page(one["fetch"])
        for one in rounds
    ]
    return (
        f"pages a CPU second, dateline to trafilatura: {spread(speed)}\n"
        f"CPU a page outside of cleaning, dateline to fetch: {spread(beside)}"
    )


def spread(values: Sequence[float]) -> str:
    """Return ``2.10 (2.05 to 2.20)``."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    sys.exit(main())
