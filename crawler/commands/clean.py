"""``scrapy clean``: pages in, articles out, without a crawl."""

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.cleaning.batch import Outcome, clean_in_parallel, clean_in_turn
from crawler.cleaning.download import Downloader
from crawler.cleaning.folders import output_stems
from crawler.cleaning.inputs import Listing, fetch_listed, select_pages
from crawler.cleaning.options import add_page_options, settings_of, show_examples
from crawler.cleaning.outputs import Output
from crawler.cleaning.pages import RawPage, Refusal
from crawler.cleaning.progress import Extent, Tally, WarcTally, watch
from crawler.cleaning.warcs import WarcFile, Warcs
from crawler.formats import RENDERERS
from crawler.limits import Limits, processes_alone

MANY_FORMS = frozenset({"json", "csv"})
"""Forms in which several articles can follow each other on standard output."""


class Command(ScrapyCommand):
    """Clean files, folders, dumps, addresses or standard input."""

    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012  # Scrapy declares it as a ClassVar
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options] [FILE...]"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Clean saved pages, dumps, one address or standard input"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Print the articles of pages, or write one file each. Without FILE the page comes"
            " from standard input. A WARC file gives all its pages. Exit code: 0 cleaned, 1 every"
            " input was refused or a record of a WARC file is damaged or torn, 2 usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options, under trafilatura's names where it has them."""
        super().add_options(parser)
        add_inputs(parser)
        add_page_options(parser)
        add_outputs(parser)
        show_examples(
            parser,
            "clean page.html --url https://example.org/2024/03/harbour-opens",
            "clean --json --url https://example.org/a --content-type text/html page.html",
            "clean -u https://example.org/2024/03/harbour-opens --with-metadata",
            "clean --input-dir pages -o articles --output-format xmltei --parallel 4",
            "clean --dump < dump.txt",
            "clean CC-NEWS-20260302050607-00042.warc.gz -o articles --domain example.org",
            "clean --input-dir data/archive --json > articles.jsonl",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Clean what is named; see `long_desc` for the exit code."""
        listing = select_pages(args, opts)
        files = [page for page in listing.values() if isinstance(page, WarcFile)]
        if opts.domain and not files:
            raise UsageError("--domain chooses from the pages of WARC files, and there is none")
        is_batch = bool(opts.input_dir or opts.input_file or len(listing) > 1 or files)
        output = read_output(opts, is_batch=is_batch)
        output.start()
        warcs = Warcs(frozenset(domain.lower().strip(".") for domain in opts.domain))
        tally = WarcTally(warcs.skipped) if files else Tally()
        outcomes = clean_listed(listing, opts, settings_of(self), warcs if is_batch else None)
        stems = output_stems(listing)
        places = {page.name: stems[name] for name, page in listing.items()}
        for page, result in outcomes:
            tally.add((page, result))
            if isinstance(result, Refusal):
                output.refuse(result)
            elif isinstance(page, RawPage) and page.stem:
                output.accept(PurePath(page.stem), result, page.fetched)
            else:
                output.accept(places[page.name], result)
        if is_batch:
            sys.stderr.write(f"{tally}\n")
        self.exitcode = tally.exit_code()


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is cleaned."""
    group = parser.add_argument_group("Input")
    group.add_argument("-u", "--URL", default="", help="fetch one page and clean it")
    group.add_argument(
        "-i",
        "--input-file",
        default="",
        metavar="LIST",
        help="clean what the lines of LIST name: addresses, or files",
    )
    group.add_argument(
        "--input-dir",
        default="",
        metavar="DIR",
        help="clean every .html, .htm, .xhtml page, .txt dump and .warc file under DIR, also"
        " gzipped",
    )
    group.add_argument(
        "--domain",
        action="append",
        default=[],
        metavar="HOST",
        help="of WARC files, clean only the pages of HOST and of the hosts below it; may be given"
        " several times",
    )
    group.add_argument(
        "--parallel",
        type=int,
        metavar="N",
        help="processes for a list or a folder (default: the setting EXTRACTION_PROCESSES);"
        " a page that takes longer than EXTRACTION_TIMEOUT seconds is refused",
    )
    group.add_argument(
        "--target-language",
        default="",
        metavar="CODE",
        help="refuse pages in another language (ISO 639-1 code)",
    )


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what comes out."""
    group = parser.add_argument_group("Output")
    group.add_argument(
        "-o",
        "--output-dir",
        default="",
        metavar="DIR",
        help="write one file an article into DIR, under the input's name",
    )
    group.add_argument("--output-format", choices=sorted(RENDERERS), default="txt")
    for form in sorted(RENDERERS.keys() - {"txt"}):
        group.add_argument(
            f"--{form}",
            action="store_const",
            const=form,
            dest="output_format",
            help=f"the same as --output-format {form}",
        )
    group.add_argument(
        "--with-metadata",
        action="store_true",
        help="begin txt and markdown with a YAML header; other formats always state it",
    )
    group.add_argument(
        "--no-comments",
        action="store_true",
        help="always the case: comments are never part of an article",
    )


def read_output(opts: argparse.Namespace, *, is_batch: bool) -> Output:
    """Return where the articles go.

    Raises:
        UsageError: they would run together, or be taken for input the next time.
    """
    folder = Path(opts.output_dir) if opts.output_dir else None
    if folder is None and is_batch and opts.output_format not in MANY_FORMS:
        raise UsageError("several pages need -o DIR, or --json or --csv")
    if (
        folder
        and opts.input_dir
        and folder.resolve().is_relative_to(Path(opts.input_dir).resolve())
    ):
        raise UsageError("the output folder lies in the input folder")
    return Output(form=opts.output_format, with_metadata=opts.with_metadata, folder=folder)


def clean_listed(
    listing: Listing, opts: argparse.Namespace, settings: BaseSettings, warcs: Warcs | None
) -> Iterator[Outcome]:
    """Yield the pages of *listing* with their outcomes, in order; without *warcs* it is one page.

    Raises:
        UsageError: ``--parallel`` leaves no process.
    """
    if opts.parallel is not None and opts.parallel < 1:
        raise UsageError("--parallel is 1 or more")
    pages = fetch_listed(
        listing.values(),
        Downloader.from_settings(settings),
        delay=settings.getfloat("DOWNLOAD_DELAY"),
        warcs=warcs or Warcs(),
    )
    if warcs is None:
        return clean_in_turn(pages, opts.target_language)
    limits = Limits.of(settings, processes_alone())
    limits = dataclasses.replace(limits, processes=opts.parallel or limits.processes)
    outcomes = clean_in_parallel(pages, opts.target_language, limits)
    return watch(outcomes, extent(listing, warcs), sys.stderr)


def extent(listing: Listing, warcs: Warcs) -> int | Extent:
    """Return how many pages there are, or how many bytes of WARC files."""
    files = [page for page in listing.values() if isinstance(page, WarcFile)]
    if not files:
        return len(listing)
    sizes = [file.size for file in files]
    is_known = len(files) == len(listing) and None not in sizes
    total = sum(size for size in sizes if size) if is_known else None
    return Extent(size=total, position=lambda: warcs.position)
