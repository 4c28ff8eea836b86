"""From the command line to the pages that it names."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from cleaners import PageTooLargeError
from crawler.cleaning.download import Downloader, DownloadError
from crawler.cleaning.folders import find_pages, is_dump_name, is_warc_name, stem_of_url
from crawler.cleaning.options import check_arguments
from crawler.cleaning.pages import MAX_FILE, PageFile, RawPage, Refusal
from crawler.cleaning.warcs import WarcFile, Warcs, is_warc

STDIN = "-"
SNIFFED = 1 << 16  # bytes of standard input that tell what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUrl:
    """A page on the web, not yet fetched."""

    name: str
    """Its address."""


Listed = PageFile | PageUrl | RawPage | WarcFile
Listing = Mapping[PurePath, Listed]
"""The pages by the file name that each would have in an output folder, in order."""


def select_pages(args: Sequence[str], opts: argparse.Namespace) -> Listing:
    """Return the pages of one of: FILE…, ``-u``, ``-i``, ``--input-dir``, standard input.

    Raises:
        UsageError: two kinds are given, or what they name is not there.
    """
    check_arguments(args)
    if sum(map(bool, (args, opts.URL, opts.input_file, opts.input_dir))) > 1:
        raise UsageError("give one of FILE, -u, -i and --input-dir")
    if opts.url and (opts.input_dir or opts.input_file or opts.URL or len(args) > 1):
        raise UsageError("--url is the address of one FILE or of standard input")
    if opts.input_dir:
        return in_folder(Path(opts.input_dir), opts)
    if opts.input_file:
        return unique(named_page(name, opts) for name in read_list(Path(opts.input_file)))
    if opts.URL:
        return unique([PageUrl(name=opts.URL)])
    return unique(named_page(name, opts) for name in args or [STDIN])


def in_folder(folder: Path, opts: argparse.Namespace) -> Listing:
    """Return the pages and dumps under *folder*, named by their place in it.

    Raises:
        UsageError: there is no such folder, or nothing in it.
    """
    paths = {path.relative_to(folder): path for path in find_pages(folder)}
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}")
    if not paths:
        raise UsageError(f"no page (.html, .htm, .xhtml, .txt, .warc, or .gz of these) in {folder}")
    return {place: input_file(str(place), path, opts) for place, path in paths.items()}


def read_list(path: Path) -> list[str]:
    """Return the lines of *path*, each once, without empty ones and ``#`` notes.

    Raises:
        UsageError: the list cannot be read.
    """
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError as error:
        raise UsageError(f"no such file: {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def unique(pages: Iterable[Listed]) -> Listing:
    """Return *pages* by the names of their outputs.

    Raises:
        UsageError: two would be written to one file.
    """
    listing: dict[PurePath, Listed] = {}
    for page in pages:
        name = stem_of_url(page.name) if isinstance(page, PageUrl) else PurePath(page.name).name
        if PurePath(name) in listing:
            raise UsageError(f"two inputs are called {name}; clean their folder with --input-dir")
        listing[PurePath(name)] = page
    return listing


def named_page(name: str, opts: argparse.Namespace) -> Listed:
    """Return the page called *name*: an address, a file, or ``-`` for standard input.

    Raises:
        UsageError: standard input is a terminal.
    """
    if "://" in name:
        return PageUrl(name=name)
    if name != STDIN:
        return input_file(name, Path(name), opts)
    if sys.stdin.isatty():
        raise UsageError("name a FILE, an address with -u, or pipe a page in")
    start = sys.stdin.buffer.read(SNIFFED)
    if is_warc(start):
        return WarcFile(name=name, path=None, start=start)
    return RawPage(
        name=name,
        body=start + sys.stdin.buffer.read(MAX_FILE + 1 - len(start)),
        url=opts.url,
        content_type=opts.content_type,
        is_dump=opts.dump,
    )


def input_file(name: str, path: Path, opts: argparse.Namespace) -> PageFile | WarcFile:
    """Return the file *path* with what the options say of it.

    Raises:
        UsageError: they say of a WARC file what each of its records says itself.
    """
    if is_warc_name(path):
        if opts.url or opts.content_type or opts.dump:
            raise UsageError("--url, --content-type and --dump are no options of WARC files")
        return WarcFile(name=name, path=path)
    return PageFile(
        name=name,
        path=path,
        url=opts.url,
        content_type=opts.content_type,
        is_dump=opts.dump or is_dump_name(path),
    )


def fetch_listed(
    pages: Iterable[Listed],
    downloader: Downloader,
    *,
    delay: float,
    warcs: Warcs,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[PageFile | RawPage | Refusal]:
    """Yield *pages* with every address fetched and every WARC file read.

    *delay* seconds lie between two requests to one host.
    """
    seen: set[str | None] = set()
    for page in pages:
        if isinstance(page, WarcFile):
            yield from warcs.pages(page)
            continue
        if not isinstance(page, PageUrl):
            yield page
            continue
        host = urlsplit(page.name).hostname
        if host in seen:
            wait(delay)
        seen.add(host)
        yield fetch_named(page, downloader)


def fetch_named(page: PageUrl, downloader: Downloader) -> RawPage | Refusal:
    """Return the page, or why there is none."""
    try:
        return downloader.fetch(page.name)
    except (DownloadError, PageTooLargeError) as error:
        return Refusal.of(page.name, error)
