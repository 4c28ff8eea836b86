import datetime as dt
from dataclasses import replace

import pytest
from scrapy.settings import Settings

from cleaners.article import Moment
from crawler.discovery.listing import Entry, Kind, Listing
from crawler.discovery.polling import Polls, Rhythm, half, stated
from crawler.errors import SettingError
from crawler.link import Link
from crawler.state import Poll

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
FEED = Listing("https://ex.com/feed", "feed")
POLL = Poll(
    url=FEED.url,
    kind="feed",
    etag='W/"a"',
    last_modified="Wed, 25 Nov 2026 10:00:00 GMT",
    asked=NOW - HOUR,
    read=NOW - HOUR,
    interval=900,
)
BOTH = {"If-None-Match": b'W/"a"', "If-Modified-Since": b"Wed, 25 Nov 2026 10:00:00 GMT"}
RHYTHM = Rhythm(floor=900, cap=7200)


def polls(*known: Poll, adaptive: bool = False, limit: int = 500) -> Polls:
    rhythm = replace(RHYTHM, is_adaptive=adaptive)
    return Polls({poll.url: poll for poll in known}, rhythm, limit=limit)


def test_listing_is_asked_for_only_if_it_changed() -> None:
    assert polls(POLL).headers(FEED, NOW) == BOTH


@pytest.mark.parametrize(
    "poll",
    [
        replace(POLL, url="https://ex.com/other"),
        replace(POLL, etag="", last_modified=""),
        replace(POLL, kind="section"),
        replace(POLL, read=NOW - dt.timedelta(days=7)),
        replace(POLL, read=None),
        replace(POLL, read=NOW + 99 * HOUR),
        replace(POLL, bound=20),
    ],
    ids=[
        *("unknown", "without validators", "of another kind", "stale", "never read", "in future"),
        "read in part",
    ],
)
def test_listing_is_asked_for_whole(poll: Poll) -> None:
    assert polls(poll).headers(FEED, NOW) == {}


def test_listing_that_was_read_as_far_as_now_is_asked_for_only_if_it_changed() -> None:
    assert polls(replace(POLL, bound=500)).headers(FEED, NOW) == BOTH


@pytest.mark.parametrize("kind", ["home", "robots"])
def test_page_that_leads_to_listings_is_asked_for_whole(kind: Kind) -> None:
    assert polls(replace(POLL, kind=kind)).headers(replace(FEED, kind=kind), NOW) == {}


def test_interval_doubles_while_nothing_is_new_and_halves_when_something_is() -> None:
    poll, intervals = POLL, []
    for is_new in (False, False, False, False, True, True, True, True):
        poll = RHYTHM.following(poll, NOW, is_new=is_new)
        intervals.append(poll.interval)
    assert intervals == [1800, 3600, 7200, 7200, 3600, 1800, 900, 900]


def test_listing_is_asked_before_half_of_it_can_be_gone() -> None:
    poll = RHYTHM.following(replace(POLL, interval=7200, half=3000), NOW, is_new=False)
    assert poll.interval == 3000


def test_answer_is_noted_with_its_time() -> None:
    quiet = RHYTHM.following(replace(POLL, unchanged=2, failures=3), NOW, is_new=False)
    lively = RHYTHM.following(quiet, NOW + HOUR, is_new=True)
    assert (quiet.asked, quiet.changed, quiet.unchanged, quiet.failures) == (NOW, None, 3, 0)
    assert (lively.changed, lively.unchanged) == (NOW + HOUR, 0)
    assert quiet.due == NOW + dt.timedelta(seconds=1800)


def test_listing_that_did_not_come_is_due_soon() -> None:
    poll = RHYTHM.failing(replace(POLL, interval=7200), NOW)
    assert (poll.failures, poll.due) == (1, NOW + dt.timedelta(seconds=900))
    assert (poll.etag, poll.read) == (POLL.etag, POLL.read)


@pytest.mark.parametrize(("minutes", "is_due"), [(20, False), (10, True), (0, True), (-5, True)])
def test_listing_is_due_near_its_time(minutes: int, is_due: bool) -> None:
    poll = replace(POLL, interval=6000, due=NOW + dt.timedelta(minutes=minutes))
    assert polls(poll, adaptive=True).is_due(FEED, NOW) is is_due
    assert polls(poll).is_due(FEED, NOW)


def test_listing_is_due_when_the_clock_was_set_back() -> None:
    poll = replace(POLL, asked=NOW + 9 * HOUR, due=NOW + 10 * HOUR)
    assert polls(poll, adaptive=True).is_due(FEED, NOW)


def test_sitemap_that_changed_by_the_word_of_its_index_is_due() -> None:
    poll = replace(POLL, kind="sitemap", due=NOW + HOUR)
    listing = Listing(FEED.url, "sitemap", modified=NOW)
    assert polls(poll, adaptive=True).is_due(listing, NOW)


def settled(poll: Poll, modified: Moment | None) -> bool:
    listing = Listing(FEED.url, "sitemap", modified=modified)
    return polls(replace(poll, kind="sitemap", stated=modified)).is_settled(listing, NOW)


def test_sitemap_with_another_change_than_the_last_time_is_not_settled() -> None:
    listing = Listing(FEED.url, "sitemap", modified=dt.date(2026, 11, 2))
    poll = replace(POLL, kind="sitemap", stated=dt.date(2026, 11, 1))
    assert not polls(poll).is_settled(listing, NOW)


@pytest.mark.parametrize(
    ("modified", "is_settled"),
    [
        (NOW - 3 * HOUR, True),
        (NOW - 1.5 * HOUR, False),
        (NOW, False),
        (dt.date(2026, 11, 23), True),
        (dt.date(2026, 11, 24), False),
        (None, False),
    ],
)
def test_sitemap_that_was_read_after_its_last_change_is_settled(
    modified: Moment | None, is_settled: bool
) -> None:
    assert settled(POLL, modified) is is_settled


@pytest.mark.parametrize(
    "poll",
    [
        replace(POLL, read=NOW - dt.timedelta(days=7)),
        replace(POLL, read=None),
        replace(POLL, failures=1),
        replace(POLL, asked=None, read=None),
    ],
    ids=["stale", "never read", "failed", "never asked"],
)
def test_sitemap_is_asked_again_in_spite_of_its_index(poll: Poll) -> None:
    assert not settled(poll, dt.date(2026, 1, 1))


GUESS = replace(FEED, guess=True)
MISSED = replace(POLL, read=None, failures=1)


def test_usual_place_that_a_site_does_not_have_is_settled_for_a_week() -> None:
    other = replace(POLL, url="https://ex.com/sitemap.xml")
    assert polls(MISSED, other).is_settled(GUESS, NOW)
    assert not polls(MISSED, other).is_settled(GUESS, NOW + dt.timedelta(days=7))


def test_usual_places_of_a_site_without_any_listing_are_tried_every_time() -> None:
    assert not polls(MISSED).is_settled(GUESS, NOW)


def test_listing_that_a_site_names_is_asked_though_it_failed() -> None:
    other = replace(POLL, url="https://ex.com/sitemap.xml")
    assert not polls(MISSED, other).is_settled(FEED, NOW)


def test_sitemaps_of_an_index_are_remembered_with_what_it_said() -> None:
    day = dt.date(2026, 11, 3)
    child = Poll(url="https://ex.com/1.xml", kind="sitemap", parent=FEED.url, stated=day)
    dated = Poll(url="https://ex.com/2025-10.xml", kind="sitemap", parent=FEED.url)
    found = polls(child, dated, POLL).children(FEED)
    assert [(entry.link.url, entry.modified) for entry in found] == [
        (child.url, day),
        (dated.url, dt.date(2025, 10, 31)),
    ]


def test_month_in_the_address_of_a_sitemap_is_no_word_of_its_index() -> None:
    link = Link("https://ex.com/2025-10.xml")
    assert stated(Entry(link, dt.date(2025, 10, 31))) is None
    assert stated(Entry(link, dt.date(2025, 10, 30))) == dt.date(2025, 10, 30)


def test_newer_half_of_a_feed_is_measured_without_what_is_pinned_or_undated() -> None:
    hours = (0, 1, 2, 5, 9999)
    entries = [Entry(Link(f"https://ex.com/{n}", NOW - n * HOUR)) for n in hours]
    assert half((*entries, Entry(Link("https://ex.com/undated")))) == 2 * 3600
    assert half(tuple(entries[:1])) == 0


def test_poll_is_one_of_two_words() -> None:
    numbers = {"POLL_MIN": 60, "POLL_MAX": 90, "POLL_WHOLE_DAYS": 2}
    made = Rhythm.of(Settings({"POLL": "adaptive", **numbers}))
    assert made == Rhythm(floor=60, cap=90, whole=dt.timedelta(days=2), is_adaptive=True)
    with pytest.raises(SettingError, match=r"^POLL: not one of always, adaptive: often$"):
        Rhythm.of(Settings({"POLL": "often", **numbers}))
