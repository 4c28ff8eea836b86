"""Turn one news page into one article: bytes in, clean text out, no I/O."""

from cleaners.article import Article, Entry
from cleaners.blocks import Block
from cleaners.clean import clean
from cleaners.dump import clean_dump
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
