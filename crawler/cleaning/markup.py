"""Whether a response holds a page, whatever its headers call it."""

import codecs
import re

HTML = re.compile(
    rb"(?:<!--.{0,2000}?-->|\s)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|h1|h2|div|article|main|p"
    rb"|table|br|a|b|font|iframe|noscript|section|header|nav)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
"""The tags by which browsers know a page, and those of templates that begin without a head."""

XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}>", re.IGNORECASE)
XHTML_ROOT = re.compile(
    rb"(?:<!--.{0,2000}?-->|<!doctype\s+html\b[^>]*>|\s)*<html[\s>]", re.IGNORECASE | re.DOTALL
)
OTHER = re.compile(rb"\s*(?:[{\[]|%PDF|<(?:rss|feed|urlset|sitemapindex|svg)\b)", re.IGNORECASE)
START = 4096  # bytes
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def holds_page(content_type: str, body: bytes) -> bool:
    """Tell whether *body* is HTML.

    Its own beginning decides, as many servers call a page plain text and a feed a page; where
    that says nothing, the header does.
    """
    start = body[:START].removeprefix(codecs.BOM_UTF8)
    if start.startswith(WIDE):
        start = start[2:].replace(b"\0", b"")
    if HTML.match(start):
        return True
    if found := XML.match(start):
        return XHTML_ROOT.match(start, found.end()) is not None
    if OTHER.match(start):
        return False
    kind = content_type.partition(";")[0].strip().lower()
    return kind in {"text/html", "application/xhtml+xml"} and bool(start.strip())
