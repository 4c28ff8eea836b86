"""Options that the commands share."""

import argparse
import os
import sys
from pathlib import Path

from evaluation.gold import BENCH, QUICK, Gold, gold_pages, is_present
from evaluation.pages import SETS

QUALITY = Path("docs/quality.md")


def parser_of(
    module: str, description: str | None, example: str, *, with_pages: bool = True
) -> argparse.ArgumentParser:
    """Return a parser with the shared options, for ``python -m evaluation.MODULE``.

    Args:
        module: the command.
        description: what it does.
        example: one way to call it.
        with_pages: whether its caller may say which pages.
    """
    parser = plain_parser_of(module, description, example)
    parser.add_argument("--bench", type=Path, default=BENCH, help="folder of the harness")
    parser.add_argument("--processes", type=int, default=2, help="1 or 2")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(os.environ.get("BENCH_OUT") or "data/evaluation"),
        help="folder of the cached output; by default BENCH_OUT, else data/evaluation",
    )
    if with_pages:
        parser.add_argument("--sets", default=",".join(SETS), help="names, separated by commas")
        parser.add_argument("--limit", type=int, help="pages a set, the same ones each time")
        parser.add_argument("--quick", action="store_true", help="a sample of the large sets")
    return parser


def plain_parser_of(module: str, description: str | None, example: str) -> argparse.ArgumentParser:
    """Return a parser without options, for ``python -m evaluation.MODULE``."""
    return argparse.ArgumentParser(
        prog=f"python -m evaluation.{module}",
        description=description,
        epilog=f"example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def gold_of(options: argparse.Namespace) -> Gold:
    """Return the pages that *options* name.

    Raises:
        SystemExit: there is no such harness or set.
    """
    if not is_present(options.bench):
        sys.exit(f"no gold pages in {options.bench}; name the harness with --bench")
    sets = options.sets.split(",")
    if unknown := set(sets) - set(SETS):
        sys.exit(f"unknown sets: {', '.join(sorted(unknown))}; there are {', '.join(SETS)}")
    if options.limit is not None:
        return gold_pages(options.bench, sets, dict.fromkeys(sets, options.limit))
    return gold_pages(options.bench, sets, QUICK if options.quick else None)


def is_whole(options: argparse.Namespace) -> bool:
    """Whether *options* name every page of every set."""
    return not options.quick and options.limit is None and set(options.sets.split(",")) == set(SETS)
