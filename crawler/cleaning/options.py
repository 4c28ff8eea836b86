"""Options that the commands share, and their help."""

import argparse
from collections.abc import Sequence

from scrapy.commands import ScrapyCommand, ScrapyHelpFormatter
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

EXAMPLES = "Examples:\n\n"


class ExampleFormatter(ScrapyHelpFormatter):
    """Keep the line ends of the examples under the options; all else is wrapped."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if text.startswith(EXAMPLES) else super()._fill_text(text, width, indent)


def show_examples(parser: argparse.ArgumentParser, *examples: str, notes: str = "") -> None:
    """End the help of *parser* with *examples*, one a line, and *notes* as they are."""
    parser.formatter_class = ExampleFormatter
    parser.epilog = EXAMPLES + "\n".join(f"  scrapy {example}" for example in examples)
    if notes:
        parser.epilog += f"\n\n{notes}"


def add_page_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be said of a page that comes from a file or a pipe."""
    parser.add_argument(
        "--url", default="", help="address the page of FILE came from; picks the site's rules"
    )
    parser.add_argument(
        "--content-type",
        default="",
        metavar="TYPE",
        help="Content-Type header the page of FILE came with, for its charset",
    )
    parser.add_argument(
        "--dump",
        action="store_true",
        help="the input is a page already flattened to text; always so for .txt",
    )


def check_arguments(args: Sequence[str]) -> None:
    """Refuse what looks like an option and is none: Scrapy's parser passes it on as an argument.

    Raises:
        UsageError: names the first one.
    """
    for argument in args:
        if argument.startswith("-") and argument != "-":
            raise UsageError(f"unknown option {argument}")


def settings_of(command: ScrapyCommand) -> BaseSettings:
    """Return the settings that ``scrapy.cmdline`` gave to *command*.

    Raises:
        RuntimeError: the command was made by other means.
    """
    if command.settings is None:
        raise RuntimeError("commands run through scrapy.cmdline, which sets their settings")
    return command.settings
