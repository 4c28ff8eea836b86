import datetime as dt

import pytest

from crawler.discovery.feeds import read_feed
from crawler.discovery.listing import ListingError

AT = "https://ex.com/feed"


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def item(number: int, extra: str = "") -> str:
    return f"<item><title>Story {number}</title><link>/story-{number}</link>{extra}</item>"


def dated(number: int) -> str:
    return item(number, f"<pubDate>{number:02} Nov 2025 10:00:00 +0530</pubDate>")


def test_rss_entry_brings_address_title_date_and_origin() -> None:
    [entry] = read_feed(rss(dated(3)), AT, limit=9)
    india = dt.timezone(dt.timedelta(hours=5, minutes=30))
    assert entry.link.url == "https://ex.com/story-3"
    assert entry.link.title == "Story 3"
    assert entry.link.published == dt.datetime(2025, 11, 3, 10, tzinfo=india)
    assert (entry.link.origin, entry.link.listing) == ("feed", AT)


def test_atom_entry_brings_publication_and_last_change() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Tram</title>
        <link rel="alternate" href="https://ex.com/tram"/><published>2025-11-01T08:00:00Z</published>
        <updated>2025-11-02T08:00:00Z</updated></entry></feed>"""
    [entry] = read_feed(atom, AT, limit=9)
    assert entry.link.published == dt.datetime(2025, 11, 1, 8, tzinfo=dt.UTC)
    assert entry.modified == dt.datetime(2025, 11, 2, 8, tzinfo=dt.UTC)


def test_entries_come_newest_first_and_no_more_than_the_limit() -> None:
    entries = read_feed(rss(item(9), dated(1), dated(3), dated(2)), AT, limit=3)
    assert [entry.link.title for entry in entries] == ["Story 3", "Story 2", "Story 1"]


def test_bad_entry_does_not_harm_the_rest() -> None:
    bad = "<item><link>http://[::1</link></item><item><title>no link</title></item>"
    entries = read_feed(rss(bad, item(1)), AT, limit=9)
    assert [entry.link.url for entry in entries] == ["https://ex.com/story-1"]


def test_only_date_of_an_old_feed_is_that_of_publication() -> None:
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <item><title>T</title><link>https://ex.com/1</link><dc:date>2025-11-03</dc:date></item>
        </rdf:RDF>"""
    [entry] = read_feed(rdf, AT, limit=9)
    assert entry.link.published == dt.date(2025, 11, 3)


def test_feedburner_link_gives_way_to_the_pages_own() -> None:
    burnt = (
        b"<rss version='2.0' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'><channel>"
        b"<item><link>https://proxy.example/1</link>"
        b"<feedburner:origLink>https://ex.com/1</feedburner:origLink></item></channel></rss>"
    )
    [entry] = read_feed(burnt, AT, limit=9)
    assert entry.link.url == "https://ex.com/1"


def test_feed_in_utf_16_is_read() -> None:
    text = "<?xml version='1.0' encoding='utf-16'?>" + rss(item(1)).decode()
    [entry] = read_feed(text.encode("utf-16"), AT, limit=9)
    assert entry.link.title == "Story 1"


def test_external_entity_is_not_loaded() -> None:
    body = b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + rss(
        "<item><title>a&x;b</title><link>/1</link></item>"
    )
    [entry] = read_feed(body, AT, limit=9)
    assert "/1" in entry.link.url
    assert len(entry.link.title) <= len("a&x;b")


@pytest.mark.parametrize("body", [b"", b"<html><body>Not here</body></html>", b"\x00\xff\x00"])
def test_other_response_is_no_feed(body: bytes) -> None:
    with pytest.raises(ListingError, match=AT):
        read_feed(body, AT, limit=9)


def test_feed_that_feedparser_trips_over_is_no_feed() -> None:
    with pytest.raises(ListingError, match="can be read"):
        read_feed(rss("<item><title>&#x110000;</title><link>/1</link>&"), AT, limit=9)


def test_address_of_a_file_as_body_is_not_opened() -> None:
    with pytest.raises(ListingError):
        read_feed(__file__.encode(), AT, limit=9)
