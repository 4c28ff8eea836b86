"""``scrapy explain``: every block of a page, kept or removed, with the rule that decided."""

import argparse
import json
import shutil
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from cleaners import Article, CleaningError, Decision, Trace
from crawler.cleaning.download import Downloader
from crawler.cleaning.inputs import PageUrl, fetch_named, named_page
from crawler.cleaning.options import add_page_options, check_arguments, settings_of, show_examples
from crawler.cleaning.pages import PageFile, Refusal, clean_raw
from crawler.cleaning.warcs import WarcFile
from crawler.formats import fields
from crawler.textfile import body

COLOURS = {True: "\x1b[32m", False: "\x1b[31m"}  # kept green, removed red
PLAIN = "\x1b[0m"
RULE_WIDTH = 32  # characters; a longer selector pushes its text to the right


class Command(ScrapyCommand):
    """Show why each block of a page is in the article or not."""

    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012  # Scrapy declares it as a ClassVar
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options] URL|FILE"

    def short_desc(self) -> str:
        """Return the line in the list of commands."""
        return "Show every block of a page, kept or removed, with its rule"

    def long_desc(self) -> str:
        """Return the head of the help."""
        return (
            "Print the blocks of a page in order: + kept or - removed, the rule that decided, the"
            " text. FILE may be - for standard input. Exit code: 0 explained, 1 refused, 2 usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        add_page_options(parser)
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help="print one JSON object")
        shape.add_argument(
            "--removed", action="store_true", help="count the removed blocks by rule instead"
        )
        shape.add_argument(
            "--paths", action="store_true", help="put under each block its tags and classes"
        )
        show_examples(
            parser,
            "explain https://example.org/2024/03/harbour-opens",
            "explain page.html --url https://example.org/2024/03/harbour-opens",
            "explain --paths page.html",
            "explain --removed page.html",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Explain the page that is named."""
        check_arguments(args)
        if len(args) != 1:
            raise UsageError("name one URL or FILE")
        explained = self.clean(args[0], opts)
        sys.stdout.write(body(self.shape(explained, opts)))
        self.exitcode = 1 if isinstance(explained, Refusal) else 0

    @staticmethod
    def shape(explained: Article | Refusal, opts: argparse.Namespace) -> str:
        """Return what is printed of *explained*."""
        if isinstance(explained, Refusal):
            return refusal_line(explained, as_json=opts.json)
        trace = explained.trace or Trace(())
        if opts.json:
            return as_json(explained, trace)
        if opts.removed:
            return counts(trace)
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        return as_lines(explained, trace, width=width, with_paths=opts.paths)

    def clean(self, name: str, opts: argparse.Namespace) -> Article | Refusal:
        """Return the article of the page called *name*, with its trace, or why there is none."""
        page = named_page(name, opts)
        if isinstance(page, WarcFile):
            raise UsageError(f"{name} holds many pages; `scrapy clean` reads them")
        try:
            if isinstance(page, PageUrl):
                fetched = fetch_named(page, Downloader.from_settings(settings_of(self)))
                return fetched if isinstance(fetched, Refusal) else clean_raw(fetched, trace=True)
            raw = page.read() if isinstance(page, PageFile) else page
            return clean_raw(raw, trace=True)
        except (CleaningError, OSError) as error:
            return Refusal.of(name, error)


def refusal_line(refusal: Refusal, *, as_json: bool) -> str:
    """Return why there is no article, on one line."""
    if as_json:
        return json.dumps({"reject": refusal.reject, "why": refusal.why}, ensure_ascii=False) + "\n"
    return f"{refusal.reason}\n"


def as_json(article: Article, trace: Trace) -> str:
    """Return the metadata, the decisions and the counts as one object."""
    decisions = [
        {"kept": one.kept, "rule": one.rule, "path": one.path, "text": one.text}
        for one in trace.decisions
    ]
    explained = {**fields(article), "decisions": decisions, "removed": trace.removed()}
    return json.dumps(explained, ensure_ascii=False) + "\n"


def counts(trace: Trace) -> str:
    """Return how many blocks each rule removed, the busiest first."""
    return "".join(f"{count:6} {rule}\n" for rule, count in trace.removed().most_common())


def as_lines(article: Article, trace: Trace, *, width: int, with_paths: bool = False) -> str:
    """Return a head, a line a block, and the sums.

    *width* is the terminal's, to which lines are cut and for which they are coloured; 0 where
    there is none. With paths each block has a second line, never cut: its tags and classes.
    """
    column = min(RULE_WIDTH, max((len(one.rule) for one in trace.decisions), default=0))
    blocks: list[str] = []
    for one in trace.decisions:
        blocks.append(block_line(one, column, width))
        if with_paths and one.path:
            blocks.append(f"    {one.path}")
    removed = trace.removed().total()
    sums = f"{len(trace.decisions) - removed} kept, {removed} removed"
    return "\n".join((*head(article), "", *blocks, "", sums)) + "\n"


def head(article: Article) -> list[str]:
    """Return what the page gave besides text, and the marks that cleaning left."""
    date = f"{article.published} ({article.date_source})" if article.published else "no date"
    lines = [article.title or "no title", article.canonical_url or article.url]
    lines.append(", ".join((date, *article.authors)))
    if article.layout_changed:
        lines.append("layout changed: no layout of the site matches this page")
    if article.guarded:
        lines.append("guarded: the chosen text was too short, the longer one was taken")
    return lines


def block_line(decision: Decision, column: int, width: int) -> str:
    """Return one block: its sign, its rule in *column* characters, its text."""
    sign = "+" if decision.kept else "-"
    line = f"{sign} {decision.rule:{column}}  {' '.join(decision.text.split())}"
    if not width:
        return line
    cut = line if len(line) <= width else line[: width - 1] + "…"
    return f"{COLOURS[decision.kept]}{cut}{PLAIN}"
