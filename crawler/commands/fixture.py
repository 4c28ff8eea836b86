"""``scrapy fixture``: record a page, check every page, accept what changed."""

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import closest_scrapy_cfg

from cleaners import CleaningError
from crawler.cleaning.download import Downloader, DownloadError
from crawler.cleaning.options import check_arguments, settings_of, show_examples
from crawler.cleaning.pages import RawPage, Refusal, read_bytes
from crawler.goldens import GENERIC, Golden, find_goldens, named
from crawler.recording import place, record
from crawler.review import Review, accept, review


class Command(ScrapyCommand):
    """Keep pages with the text and metadata that cleaning them must give."""

    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012  # Scrapy declares it as a ClassVar
    requires_crawler_process = False
    requires_project = True

    def syntax(self) -> str:
        """Return the arguments."""
        return "record URL|FILE | check [SITE[/SLUG]...] | accept [SITE[/SLUG]...]"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Record, check and accept fixture pages"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "record saves a page with drafts of its text and metadata; check cleans every page and"
            " shows what differs; accept shows it and writes it. Exit code: 0 as it should be, 1"
            " different or refused, 2 usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--url", default="", help="record: address the page of FILE came from")
        parser.add_argument(
            "--site", default="", metavar="NAME", help="record: folder (default: the page's site)"
        )
        parser.add_argument(
            "--slug", default="", metavar="NAME", help="record: name (default: from the address)"
        )
        parser.add_argument("--yes", action="store_true", help="accept: write without asking")
        parser.add_argument(
            "--fixtures-dir",
            default=Path(closest_scrapy_cfg()).parent / "fixtures",
            type=Path,
            metavar="DIR",
            help="where the fixtures are (default: beside scrapy.cfg)",
        )
        show_examples(
            parser,
            "fixture record https://example.org/2024/03/harbour-opens --slug harbour-opens",
            "fixture record fixtures/generic/harbour-opens.html --url https://example.org/a",
            "fixture check sputnik",
            "fixture accept sputnik/bridge-opens",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the first argument says."""
        check_arguments(args)
        action, *names = args or [""]
        if action == "record" and len(names) == 1:
            self.exitcode = self.record_page(names[0], opts)
        elif action == "check":
            self.exitcode = check_all(reviews(opts.fixtures_dir, names))
        elif action == "accept":
            self.exitcode = accept_all(reviews(opts.fixtures_dir, names), yes=opts.yes)
        else:
            raise UsageError("say record with one URL or FILE, check, or accept")

    def record_page(self, name: str, opts: argparse.Namespace) -> int:
        """Save the page called *name* with its drafts; return the exit code."""
        try:
            page = read_page(name, opts.url, Downloader.from_settings(settings_of(self)))
            golden = place(opts.fixtures_dir, page, site=opts.site, slug=opts.slug)
            record(golden, page)
        except (CleaningError, DownloadError, OSError) as error:
            sys.stderr.write(f"not recorded: {Refusal.of(name, error).reason}\n")
            return 1
        if golden.site == GENERIC and not opts.site:
            host = urlsplit(page.url).hostname
            sys.stderr.write(
                f"no rules for {host}: filed under generic; write cleaners/sites/NAME.py first\n"
            )
        sys.stdout.write(
            f"{golden.id}: recorded\n"
            f"Read {golden.text_file.name} and {golden.json_file.name} line by line,"
            " and write the phrases that must be gone under `without`.\n"
        )
        return 0


def read_page(name: str, url: str, downloader: Downloader) -> RawPage:
    """Return the page at the address or in the file *name*.

    Raises:
        CleaningError: it is too large.
        DownloadError: it cannot be fetched.
        OSError: it cannot be read.
        UsageError: a file comes without its address.
    """
    if "://" in name:
        return downloader.fetch(name)
    if not url:
        raise UsageError("a FILE needs --url, the address it came from")
    return RawPage(name=name, body=read_bytes(Path(name)), url=url)


def reviews(fixtures: Path, names: list[str]) -> list[Review]:
    """Compare the goldens called *names*, all without a name.

    Raises:
        UsageError: there is none of a name.
    """
    try:
        return [review(golden) for golden in named(find_goldens(fixtures), names)]
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from error


def check_all(reviewed: list[Review]) -> int:
    """Show what differs; return the exit code."""
    for one in reviewed:
        show(one)
    wrong = sum(bool(one.problems or one.changes) for one in reviewed)
    sys.stdout.write(counted(len(reviewed), differing=wrong))
    return 1 if wrong else 0


def accept_all(reviewed: list[Review], *, yes: bool) -> int:
    """Show what differs and write it where the user agrees; return the exit code."""
    accepted = left = 0
    for one in reviewed:
        show(one)
        agreed = bool(one.changes) and (yes or agrees(one.golden))
        if agreed:
            accept(one)
        accepted += agreed
        left += bool(one.problems) or (bool(one.changes) and not agreed)
    sys.stdout.write(counted(len(reviewed), differing=left, accepted=accepted))
    return 1 if left else 0


def counted(pages: int, *, differing: int, accepted: int = 0) -> str:
    """Return the last line: how many pages there were, and what came of them."""
    parts = [f"{pages} page{'' if pages == 1 else 's'}"]
    if accepted:
        parts.append(f"{accepted} accepted")
    parts.append(f"{differing} differ{'s' if differing == 1 else ''}")
    return ", ".join(parts) + "\n"


def show(reviewed: Review) -> None:
    """Print what differs in one golden."""
    sys.stdout.write(reviewed.diff())
    for problem in reviewed.problems:
        sys.stdout.write(f"{reviewed.golden.id}: {problem}\n")


def agrees(golden: Golden) -> bool:
    """Whether the user, asked on a terminal, says yes; without a terminal nobody does."""
    if not sys.stdin.isatty():
        sys.stdout.write(f"{golden.id}: not written; say --yes\n")
        return False
    sys.stdout.write(f"Write {golden.id}? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
