"""Give a page what came with it: the charset of its headers, the hints of its listing."""

import codecs
import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding, read_bom

from cleaners import Article, NotHtmlError, site_for
from cleaners.article import Moment
from cleaners.countries import in_zone_of_country
from cleaners.decoding import decode_utf8, web_codec
from crawler.link import Link
from crawler.paths import published_day
from crawler.sniffing import bare_utf16, foreign


def page_of(response: Response) -> bytes | str:
    """Return what `cleaners.clean` is to read: the bytes, or text where the header knows better.

    The header's charset counts for bytes without a mark of their own that are not UTF-8; what
    calls itself Latin-1 and is UTF-8 is common, the reverse is not.
    """
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    codec = web_codec(http_content_type_encoding(header) or "")
    body = response.body
    if wide := bare_utf16(body):
        return codecs.decode(body, wide, "replace")
    if codec in {"", "utf-8"} or not header.startswith("text/") or read_bom(body)[0]:
        return body
    return body if decode_utf8(body) else codecs.decode(body, codec, "replace")


def refusal_of(response: Response) -> NotHtmlError | None:
    """Return why *response* is no page, as its first bytes tell; None where it may be one."""
    kind = foreign(response.body)
    return NotHtmlError(f"{kind}, not a page: {response.url}") if kind else None


def with_hints(article: Article, link: Link) -> Article:
    """Return *article* with the date and headline of its listing where the page gives none.

    An impossible date, such as a template's year 1, is none.
    """
    if published_day(article) is None and link.published is not None:
        published = _in_zone(link.published, article.url)
        article = dataclasses.replace(article, published=published, date_source=link.origin)
    if not article.title and link.title:
        article = dataclasses.replace(article, title=link.title)
    return article


def _in_zone(published: Moment, url: str) -> Moment:
    """Return *published* in the publisher's zone: feeds have their times in UTC."""
    if not isinstance(published, dt.datetime):
        return published
    site = site_for(url)
    if site is not None and site.timezone:
        return published.astimezone(ZoneInfo(site.timezone))
    return published if published.utcoffset() else in_zone_of_country(published, url)


def headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    """Return the headers of *response* as received."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
