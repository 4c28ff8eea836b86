"""``scrapy clean``: pages in, articles out, without a crawl."""

import argparse
import dataclasses
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.cleaning.batch import Outcome, clean_in_parallel, clean_in_turn
from crawler.cleaning.download import Downloader
from crawler.cleaning.folders import output_stems
from crawler.cleaning.inputs import Listing, fetch_listed, select_pages
from crawler.cleaning.options import add_page_options, settings_of, show_examples
from crawler.cleaning.outputs import Output
from crawler.cleaning.pages import Refusal
from crawler.cleaning.progress import Tally, watch
from crawler.formats import RENDERERS
from crawler.processes import Limits

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
            " from standard input. Exit code: 0 cleaned, 1 every input was refused, 2 usage."
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
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Clean what is named; see `long_desc` for the exit code."""
        listing = select_pages(args, opts)
        is_batch = bool(opts.input_dir or opts.input_file or len(listing) > 1)
        output = read_output(opts, is_batch=is_batch)
        output.start()
        tally = Tally()
        outcomes = clean_listed(listing, opts, settings_of(self), is_batch=is_batch)
        for stem, outcome in zip(output_stems(listing).values(), outcomes, strict=True):
            tally.add(outcome)
            if isinstance(outcome[1], Refusal):
                output.refuse(outcome[1])
            else:
                output.accept(stem, outcome[1])
        if is_batch:
            sys.stderr.write(f"{tally}\n")
        self.exitcode = 0 if tally.cleaned else 1


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
        help="clean every .html, .htm, .xhtml page and .txt dump under DIR, also gzipped",
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
        help="refuse pages that state another language (ISO 639-1 code)",
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
    listing: Listing, opts: argparse.Namespace, settings: BaseSettings, *, is_batch: bool
) -> Iterator[Outcome] | Iterable[Outcome]:
    """Yield the pages of *listing* with their outcomes, in order.

    Raises:
        UsageError: ``--parallel`` leaves no process.
    """
    if opts.parallel is not None and opts.parallel < 1:
        raise UsageError("--parallel is 1 or more")
    pages = fetch_listed(
        listing.values(),
        Downloader.from_settings(settings),
        delay=settings.getfloat("DOWNLOAD_DELAY"),
    )
    if not is_batch:
        return clean_in_turn(pages, opts.target_language)
    limits = Limits.of(settings)
    limits = dataclasses.replace(limits, processes=opts.parallel or limits.processes)
    outcomes = clean_in_parallel(pages, opts.target_language, limits)
    return watch(outcomes, len(listing), sys.stderr)
