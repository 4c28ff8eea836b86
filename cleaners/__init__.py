"""Turn one news page into one article: bytes in, clean text out, no I/O."""

from cleaners.article import Article
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
from cleaners.registry import site_for
from cleaners.site import Layout, Platform, Site
from cleaners.trace import Decision, Trace

__all__ = [
    "Article",
    "Block",
    "CleaningError",
    "Decision",
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
    "site_for",
]
