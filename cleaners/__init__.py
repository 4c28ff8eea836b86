"""Turn one news page into one article: bytes in, clean text out, no I/O.

What reads pages is loaded with the first use of its name, with the libraries it needs: a program
that only handles articles, as a crawl's own process does, is spared half of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from cleaners.article import Article, Entry
from cleaners.errors import (
    CleaningError,
    NoContentError,
    NotAnArticleError,
    NotHtmlError,
    PageTooLargeError,
)
from cleaners.joining import join_pages, take_whole
from cleaners.registry import site_for
from cleaners.site import Layout, Platform, Site
from cleaners.trace import Decision, Trace

if TYPE_CHECKING:
    from cleaners.blocks import Block
    from cleaners.cleaning import clean
    from cleaners.dump import clean_dump
    from cleaners.warming import warm_up

__all__ = [
    "Article",
    "Block",
    "CleaningError",
    "Decision",
    "Entry",
    "Layout",
    "NoContentError",
    "NotAnArticleError",
    "NotHtmlError",
    "PageTooLargeError",
    "Platform",
    "Site",
    "Trace",
    "clean",
    "clean_dump",
    "join_pages",
    "site_for",
    "take_whole",
    "warm_up",
]

MODULES = {"Block": "blocks", "clean": "cleaning", "clean_dump": "dump", "warm_up": "warming"}
"""Where the names are that are loaded with their first use."""


if not TYPE_CHECKING:  # or every name would pass for one of the package

    def __getattr__(name: str) -> object:
        if name not in MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
        globals()[name] = found
        return found
