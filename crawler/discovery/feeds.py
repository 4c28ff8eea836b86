"""Read RSS and Atom feeds."""

import io
from collections.abc import Iterator

import feedparser

from crawler.discovery.addresses import clean_address
from crawler.discovery.listing import Entry, ListingError, newest
from crawler.discovery.moments import moment
from crawler.link import Link


def read_feed(body: bytes, address: str, *, content_type: str = "", limit: int) -> list[Entry]:
    """Return the *limit* newest entries of a feed, in order; a bad one does not harm the rest.

    Raises:
        ListingError: *body* is no feed.
    """
    try:
        # BytesIO: feedparser takes a string or bytes for an address or a file name first
        feed = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type, "content-location": address},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (ValueError, LookupError, AssertionError, RecursionError) as error:
        # &#x110000; and names of encodings that are no names, found by fuzzing
        raise ListingError(f"no feed that can be read: {address}: {error}") from error
    if not feed.get("version"):
        raise ListingError(f"no RSS or Atom feed: {address}")
    is_rss = str(feed["version"]).startswith("rss")
    return newest(_entries(feed.entries, address, is_rss=is_rss), limit)


def _entries(items: list[dict[str, object]], address: str, *, is_rss: bool) -> Iterator[Entry]:
    for item in items:
        # FeedBurner keeps the page's own address beside the one that counts clicks
        found = clean_address(_text(item, "feedburner_origlink") or _text(item, "link"), address)
        if found:
            updated = moment(_text(item, "updated"))
            link = Link(
                url=found,
                # RSS 1.0 has one date, dc:date, which feedparser takes for that of a change
                published=moment(_text(item, "published")) or (updated if is_rss else None),
                title=" ".join(_text(item, "title").split()),
                origin="feed",
                listing=address,
            )
            yield Entry(link, updated)


def _text(item: dict[str, object], key: str) -> str:
    value = dict.get(item, key)  # its own get would give `updated` for a missing `published`
    return value if isinstance(value, str) else ""
