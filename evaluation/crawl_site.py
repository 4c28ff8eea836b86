"""Sites for measurements of the crawl: a folder of pages, with the sitemaps that name them."""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.pages import SETS, harness

PAGES_IN_SITEMAP = 5_000
WORDS = (
    *("harbour", "orchard", "library", "tramway", "lighthouse", "council", "market", "bridge"),
    *("winter", "garden", "station", "river", "school", "theatre", "museum", "square"),
)
PARAGRAPHS = 6
SERVERS_LEVEL = 6  # of gzip: by default nginx packs with 1, Apache with 6


def write_generated(folder: Path, number: int) -> list[str]:
    """Write *number* small pages of different texts into *folder*; return their paths."""
    paths = []
    for page in range(number):
        path = f"2025/{page // 1000:03}/story-{page}.html"
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(story(page), encoding="utf-8")
        paths.append(path)
    return paths


def story(number: int) -> str:
    """Return a page whose text has little in common with that of any other *number*."""
    paragraphs = "".join(f"<p>{sentence(number, part)}</p>" for part in range(PARAGRAPHS))
    title = f"The {WORDS[number % 16]} and story {number}"
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta property='og:type' content='article'>"
        f"<meta property='article:published_time' content='2025-11-{1 + number % 28:02}T09:00:00Z'>"
        f"</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def sentence(number: int, part: int) -> str:
    """Return one sentence of a story; the digits of *number* choose its words."""
    seed = (number * PARAGRAPHS + part) * 2_654_435_761
    chosen = [WORDS[(seed >> shift) & 15] + str((seed >> shift) % 97) for shift in range(0, 36, 3)]
    return f"Part {part} of story {number} tells of {', '.join(chosen)} and their {WORDS[part]}."


def write_real(folder: Path, bench: Path, number: int) -> list[str]:
    """Write up to *number* gold pages into *folder*; return their paths."""
    paths: list[str] = []
    for path, body in real_pages(bench):
        if len(paths) == number:
            break
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        paths.append(path)
    return paths


def pack(folder: Path, paths: Sequence[str]) -> None:
    """Write a gzip file beside each page, as dense as servers pack by default."""
    for path in paths:
        body = Path(folder, path).read_bytes()
        Path(folder, f"{path}.gz").write_bytes(gzip.compress(body, SERVERS_LEVEL, mtime=0))


def real_pages(bench: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a path and the bytes of each gold page."""
    datasets, util = harness(bench, "datasets"), harness(bench, "util")
    for name in SETS:
        for count, gold in enumerate(datasets.load(name, util.data_root())):
            yield f"{name}/page-{count}.html", gold.html()


def write_sitemaps(folder: Path, site: str, paths: Sequence[str]) -> str:
    """Write the sitemaps that name *paths* of *site*, and return the address of their index."""
    names = []
    for start in range(0, len(paths), PAGES_IN_SITEMAP):
        urls = "".join(
            f"<url><loc>{site}/{path}</loc></url>" for path in paths[start:][:PAGES_IN_SITEMAP]
        )
        names.append(f"sitemap-{start}.xml")
        (folder / names[-1]).write_text(f"<urlset>{urls}</urlset>", encoding="utf-8")
    children = "".join(f"<sitemap><loc>{site}/{name}</loc></sitemap>" for name in names)
    index = f"<sitemapindex>{children}</sitemapindex>"
    (folder / "sitemap.xml").write_text(index, encoding="utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nAllow: /\n", encoding="utf-8")
    return f"{site}/sitemap.xml"
