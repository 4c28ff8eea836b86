import datetime as dt

from crawler.discovery.frontier import Frontier
from crawler.discovery.listing import Entry, Listing
from crawler.discovery.span import Span
from crawler.link import Link

NOVEMBER = Span(since=dt.date(2025, 11, 1), until=dt.date(2025, 11, 30))


def frontier(sitemap_limit: int = 9) -> Frontier:
    return Frontier(sitemap_limit=sitemap_limit)


def guesses(kind: str = "feed", number: int = 2) -> list[Listing]:
    made = Listing("https://ex.com/rss", "feed") if kind == "feed" else Listing("/s", "sitemap")
    return [Listing(f"{made.url}{n}", made.kind, guess=True) for n in range(number)]


def test_newest_pages_are_taken_first_and_undated_last() -> None:
    made = frontier()
    made.add_pages(
        [
            Link("https://ex.com/undated"),
            Link("https://ex.com/1", dt.date(2025, 11, 1)),
            Link("https://ex.com/2", dt.datetime(2025, 11, 2, tzinfo=dt.UTC)),
            Link("https://ex.com/2025/11/03/x"),
        ]
    )
    assert [link.url[15:] for link in made.next_pages(3)] == ["2025/11/03/x", "2", "1"]
    assert [link.url[15:] for link in made.next_pages()] == ["undated"]
    assert made.pages == 0


def test_page_that_a_listing_named_before_is_not_new() -> None:
    made = frontier()
    entry = Entry(Link("https://ex.com/1"))
    assert made.unseen([entry, entry]) == [entry]
    assert made.unseen([entry]) == []


def test_listing_is_given_out_once() -> None:
    made = frontier()
    listing = Listing("https://ex.com/feed", "feed")
    assert made.admit([listing, listing]) == ([listing], 0)
    assert made.admit([listing]) == ([], 0)
    made.queue([listing])
    assert made.next_listings() == [listing]
    assert made.next_listings() == []


def test_page_is_queued_once() -> None:
    made = frontier()
    link = Link("https://ex.com/1")
    assert made.add_pages([link, link, Link("https://ex.com/2")]) == 2
    made.next_pages()
    assert made.add_pages([link]) == 0


def test_sitemaps_above_the_limit_are_left_out_and_counted() -> None:
    made = frontier(sitemap_limit=2)
    listings = [Listing(f"https://ex.com/{n}", "sitemap") for n in range(5)]
    assert made.admit(listings) == (listings[:2], 3)


def test_usual_places_are_tried_one_of_a_kind_at_a_time() -> None:
    made = frontier()
    made.queue([*guesses("feed"), *guesses("sitemap")])
    assert [listing.url[-1] for listing in made.next_listings()] == ["0", "0"]
    assert [listing.url[-1] for listing in made.next_listings()] == ["1", "1"]


def test_usual_places_wait_for_named_listings_and_are_forgotten_on_success() -> None:
    made = frontier()
    named = Listing("https://ex.com/named", "feed")
    made.queue([*guesses("feed"), named])
    assert made.next_listings(1) == [named]
    made.drop_guesses("feed")
    assert made.next_listings() == []


def test_span_holds_its_bounds_and_pages_without_a_date() -> None:
    days = [
        dt.date(2025, 10, 31),
        dt.date(2025, 11, 1),
        dt.date(2025, 11, 30),
        dt.date(2025, 12, 1),
    ]
    assert [NOVEMBER.holds(day) for day in days] == [False, True, True, False]
    assert NOVEMBER.holds(None)


def test_span_counts_the_day_in_the_publishers_zone() -> None:
    india = dt.timezone(dt.timedelta(hours=5, minutes=30))
    assert NOVEMBER.holds(dt.datetime(2025, 11, 1, 0, 30, tzinfo=india))


def test_page_last_changed_before_the_span_is_older_still() -> None:
    link = Link("https://ex.com/1")
    assert not NOVEMBER.may_hold(Entry(link, dt.date(2025, 10, 1)))
    assert NOVEMBER.may_hold(Entry(link, dt.date(2025, 12, 1)))
    assert Span().may_hold(Entry(link, dt.date(2025, 10, 1)))
