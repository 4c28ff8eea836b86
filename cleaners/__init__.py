"""Turn one news page into one article: bytes in, clean text out, no I/O."""

from cleaners.article import Article
from cleaners.errors import (
    CleaningError,
    NoContentError,
    NotAnArticleError,
    NotHtmlError,
    PageTooLargeError,
)
from cleaners.site import Layout, Platform, Site
from cleaners.trace import Decision, Trace

__all__ = [
    "Article",
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
]
