"""``scrapy archive``: check the raw pages, or show one."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.archive import read_archived
from crawler.archive_check import KINDS, Fault, check_file
from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.cleaning.plain import escape
from crawler.cleaning.progress import Extent, watch
from crawler.errors import UnusableError
from crawler.lock import LockedError, site_lock
from crawler.record import RecordError
from crawler.recovery import open_state
from crawler.state import State, StateError
from crawler.state import archive as archived
from crawler.summary import ERROR, LOCKED, OK

CODES = """\
Exit codes:

  0   every record is as it was written; the page was shown
  1   a record is torn, damaged, missing or unknown; no such page
  2   wrong usage
  5   a crawl of one of the sites is running; the others were checked"""


class Command(ScrapyCommand):
    """Check the raw pages below ``DATA_DIR``, or show one."""

    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012  # Scrapy declares it as a ClassVar
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the arguments."""
        return "--check [--json] | --show URL"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Check the archive of raw pages, or show one of them"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "--check reads every record of the archive, and names those that are torn, damaged, in"
            " the state but not in the file, or in a file but not in the state. --show prints a"
            " stored page to standard output as it came, and its headers to standard error."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the two things the command does."""
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="read and compare every record")
        parser.add_argument(
            "--show", default="", metavar="URL", help="print the newest stored page of URL"
        )
        parser.add_argument("--json", action="store_true", help="end --check with one JSON object")
        show_examples(
            parser,
            "archive --check",
            "archive --check --json -s DATA_DIR=/srv/news",
            "archive --show https://www.example.com/2026/11/some-article > page.html",
            notes=CODES,
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check or show."""
        check_arguments(args)
        if args or bool(opts.show) == opts.check:
            raise UsageError("give one of --check and --show URL")
        settings = settings_of(self)
        root = Path(settings["DATA_DIR"])
        if not (root / "archive").is_dir():
            raise UsageError(f"there is no archive in {root}")
        try:
            state = open_state(root, settings["STATE_URL"])
        except UnusableError as error:
            raise UsageError(str(error)) from error
        except StateError as error:
            sys.stderr.write(f"scrapy archive: {error}\n")
            self.exitcode = ERROR
            return
        try:
            self.exitcode = check(root, state, opts) if opts.check else show(root, state, opts.show)
        finally:
            state.close()


def check(root: Path, state: State, opts: argparse.Namespace) -> int:
    """Tell every fault of the archive and the counts; return the exit code."""
    checking = Checking(root, state)
    faults: list[str] = []
    for found in watch(checking.records(), checking.extent(), sys.stderr):
        checking.counts["records"] += 1 if found is None else found.records
        if found is not None:
            checking.counts[found.kind] += found.records
            line = escape(f"{found.kind}: {found.told}")
            faults.append(line)
            (sys.stderr if opts.json else sys.stdout).write(f"{line}\n")
    counts = {name: checking.counts[name] for name in ("records", "files", *KINDS)}
    if opts.json:
        told = {**counts, "faults": faults, "in_use": checking.in_use}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        named = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
        sys.stdout.write(f"{counts['records']} records in {counts['files']} files: {named}\n")
    if faults:
        return ERROR
    return LOCKED if checking.in_use else OK


class Checking:
    """One walk through all files, site by site.

    Attributes:
        counts: files, and bytes read; the caller adds records.
        in_use: sites that a crawl is at.
    """

    def __init__(self, root: Path, state: State) -> None:
        self.counts: Counter[str] = Counter()
        self.in_use: list[str] = []
        self._root = root
        self._state = state
        with state.transaction() as connection:
            known = archived.files(connection)
        found = (path.relative_to(root).as_posix() for path in root.glob("archive/*/*.warc.gz"))
        self._files = sorted({*known, *found})

    def extent(self) -> Extent:
        """Return how far the walk has come, in bytes."""
        paths = [self._root / file for file in self._files]
        size = sum(path.stat().st_size for path in paths if path.exists())
        return Extent(size=size, position=lambda: self.counts["bytes"], unit="records")

    def records(self) -> Iterator[Fault | None]:
        """Yield what is wrong with each record, None where nothing is."""
        for source in sorted({PurePosixPath(file).parent.name for file in self._files}):
            try:
                with site_lock(self._root, source):
                    yield from self._records_of(source)
            except LockedError as error:
                sys.stderr.write(f"scrapy archive: {error}; its files are left out\n")
                self.in_use.append(source)

    def _records_of(self, source: str) -> Iterator[Fault | None]:
        for file in self._files:
            if PurePosixPath(file).parent.name == source:
                self.counts["files"] += 1
                with self._state.transaction() as connection:
                    known = archived.records_of(connection, file)
                yield from check_file(self._root, file, known, self._count)

    def _count(self, size: int) -> None:
        self.counts["bytes"] += size


def show(root: Path, state: State, url: str) -> int:
    """Print the newest stored page of *url*; return the exit code."""
    with state.transaction() as connection:
        found = archived.fetches_of(connection, url)
    if not found:
        sys.stderr.write(f"scrapy archive: no page of the archive is {escape(url)}\n")
        return ERROR
    fetch = found[-1]
    try:
        record = read_archived(root, fetch.place)
    except (RecordError, OSError) as error:
        sys.stderr.write(f"scrapy archive: {error}\n")
        return ERROR
    lines = [
        f"{record.url}",
        f"fetched {fetch.fetched.isoformat()}, the newest of {len(found)}",
        f"{fetch.place.file} at {fetch.place.offset}",
        f"HTTP {record.status}",
        *(f"{name}: {value}" for name, value in record.headers),
    ]
    sys.stderr.write("".join(f"{escape(line)}\n" for line in lines))
    sys.stdout.buffer.write(record.body)
    sys.stdout.buffer.flush()
    return OK
