"""What the state remembers of listings, crawls and sites, in each kind of database."""

import dataclasses
import datetime as dt

import pytest

from crawler.link import Link
from crawler.state import Asked, Finish, Named, Poll, State, Stored
from crawler.state.waiting import MAX_RECHECKS

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
TODAY = dt.datetime.now(dt.UTC).date()
UPDATES = Asked(updates_since=dt.date(2026, 11, 18))
FEED = Poll(url="https://ex.com/feed", kind="feed")
A = Link("https://ex.com/a", dt.date(2026, 11, 24), "A", "feed", FEED.url)
B = Link("https://ex.com/b", dt.date(2026, 11, 2), "B", "sitemap", "https://ex.com/s.xml")
CHANGED = dataclasses.replace(A, modified=NOW + dt.timedelta(hours=1))
ARTICLE = Stored(
    id=0, source="example", canonical=A.url, url=A.url, path="a.txt", digest="0" * 64, words=120
)
WRITTEN = Finish(ending="written", fetched=NOW)


def named(*links: Link) -> Named:
    return Named(links=links)


def test_listing_comes_back_as_it_was_kept(state: State) -> None:
    poll = Poll(
        url=FEED.url,
        kind="feed",
        parent="https://ex.com/index.xml",
        stated=dt.date(2026, 11, 1),
        etag='W/"a"',
        last_modified="Wed, 25 Nov 2026 11:00:00 GMT",
        asked=NOW,
        read=NOW,
        changed=NOW,
        due=NOW,
        unchanged=1,
        failures=2,
        interval=900,
        half=7200,
        bound=500,
    )
    state.keep_poll("example", poll)
    assert state.polls("example") == {FEED.url: poll}
    assert state.polls("other") == {}
    state.keep_poll("example", dataclasses.replace(FEED, etag="b"))
    expected = dataclasses.replace(FEED, etag="b", parent=poll.parent, stated=poll.stated)
    assert state.polls("example") == {FEED.url: expected}


def test_listing_is_kept_by_whether_it_names_something_new(state: State) -> None:
    lively, quiet = (dataclasses.replace(FEED, unchanged=number) for number in (0, 7))
    kept = []
    for links, others in (([A], []), ([A], []), ([A], [B]), ([], [B])):
        both = Named(links=links, out_of_range=others, if_new=lively, if_known=quiet)
        state.take("example", both)
        kept.append(state.polls("example")[FEED.url])
    assert kept == [lively, quiet, lively, quiet]


def test_stated_change_of_a_page_is_something_new(state: State) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, WRITTEN)
    state.take("example", Named(links=[CHANGED], if_new=FEED), UPDATES)
    assert FEED.url in state.polls("example")


def test_sitemap_with_another_change_is_something_new(state: State) -> None:
    child = Poll(url="https://ex.com/1.xml", kind="sitemap", parent="/i", etag="x", asked=NOW)
    state.keep_poll("example", child)
    again = Poll(url=child.url, kind="sitemap", parent="/i", stated=dt.date(2026, 11, 3))
    state.take("example", Named(links=[], children=[again], if_new=FEED))
    known = state.polls("example")
    assert known[child.url] == dataclasses.replace(child, stated=again.stated)
    assert FEED.url in known


def test_failure_of_a_listing_takes_nothing_back(state: State) -> None:
    state.take("example", Named(links=[A], if_new=FEED))
    state.keep_poll("example", dataclasses.replace(FEED, failures=1))
    assert state.pending("example") == [A]


def test_link_out_of_range_waits_for_a_crawl_that_asks_for_its_days(state: State) -> None:
    state.take("example", Named(links=[A], out_of_range=[B]))
    november = Asked(since=dt.date(2026, 11, 20), until=dt.date(2026, 11, 30))
    assert state.pending("example", november) == [A]
    assert state.pending("example", Asked(since=dt.date(2026, 11, 2))) == [A, B]
    assert state.take("example", named(B)) == [B]
    assert state.known("example") == 0
    assert state.completeness("example").out_of_range == 0


def test_link_that_a_crawl_asks_for_is_no_longer_out_of_range(state: State) -> None:
    state.take("example", Named(links=[], out_of_range=[A, B]))
    state.want("example", [B])
    assert state.pending("example", Asked(since=dt.date(2027, 1, 1))) == [B]


def test_page_of_another_day_is_left_with_its_day(state: State) -> None:
    undated = dataclasses.replace(A, published=None)
    state.take("example", named(undated))
    state.leave("example", A.url, dt.date(2026, 10, 1))
    assert state.pending("example", Asked(since=dt.date(2026, 11, 1))) == []
    assert state.take("example", named(undated), Asked(since=dt.date(2026, 11, 1))) == []
    assert state.take("example", named(undated), Asked(until=dt.date(2026, 9, 1))) == []
    [link] = state.pending("example")
    assert link.published == dt.date(2026, 10, 1)
    assert state.take("example", named(undated)) == [undated]


def test_day_that_a_page_tells_leaves_its_article_finished(state: State) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, WRITTEN)
    state.leave("example", A.url, dt.date(2026, 10, 1))
    assert state.statuses("example", [A.url]) == {A.url: "written"}


@pytest.mark.parametrize("end", [WRITTEN, Finish(ending="refused", reason="x", fetched=NOW)])
def test_page_that_changed_since_it_came_is_asked_for_again(state: State, end: Finish) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, end)
    assert state.take("example", named(CHANGED), UPDATES) == [CHANGED]
    assert state.pending("example", UPDATES) == [CHANGED]
    state.finish("example", A.url, dataclasses.replace(end, fetched=LATER))
    assert state.take("example", named(CHANGED), UPDATES) == []
    assert state.pending("example", UPDATES) == []


@pytest.mark.parametrize(
    "asked", [Asked(), Asked(updates_since=dt.date(2026, 11, 25))], ids=["off", "too old"]
)
def test_page_that_changed_is_left_where_nobody_asks(state: State, asked: Asked) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, WRITTEN)
    assert state.take("example", named(CHANGED), asked) == []
    assert state.pending("example", asked) == []


def test_page_that_did_not_change_since_it_came_is_known(state: State) -> None:
    earlier = dataclasses.replace(A, modified=NOW - dt.timedelta(hours=1))
    same_day = dataclasses.replace(A, modified=NOW.date())
    state.take("example", named(A))
    state.finish("example", A.url, WRITTEN)
    assert state.take("example", named(earlier), UPDATES) == []
    assert state.take("example", named(same_day), UPDATES) == []


def test_moved_page_is_not_asked_for_when_it_changes(state: State) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, Finish(ending="moved", fetched=NOW))
    assert state.take("example", named(CHANGED), UPDATES) == []


def claim(state: State, hour: int, *, is_same: bool) -> list[Link]:
    """State a change and fetch the page an hour later; return what was asked for."""
    link = dataclasses.replace(A, modified=NOW + dt.timedelta(hours=hour))
    todo = state.take("example", named(link), UPDATES)
    came = NOW + dt.timedelta(hours=hour, minutes=30)
    if todo:
        state.finish("example", A.url, Finish(ending="written", fetched=came, is_same=is_same))
    return todo


def test_listing_that_states_changes_that_are_none_is_not_believed_for_ever(state: State) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, WRITTEN)
    asked = [len(claim(state, hour, is_same=True)) for hour in range(1, MAX_RECHECKS + 3)]
    assert asked == [1] * MAX_RECHECKS + [0, 0]


def test_page_that_did_change_is_believed_anew(state: State) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, WRITTEN)
    asked = [len(claim(state, hour, is_same=hour % MAX_RECHECKS > 0)) for hour in range(1, 12)]
    assert asked == [1] * 11


def test_refetch_without_a_stated_change_costs_no_belief(state: State) -> None:
    state.take("example", named(A))
    for _ in range(MAX_RECHECKS + 1):
        state.finish("example", A.url, dataclasses.replace(WRITTEN, is_same=True))
    assert state.take("example", named(CHANGED), UPDATES) == [CHANGED]


def test_update_that_fails_three_times_is_given_up_and_the_article_stays(state: State) -> None:
    state.take("example", named(A))
    state.finish("example", A.url, dataclasses.replace(WRITTEN, article=state.place(ARTICLE)))
    state.take("example", named(CHANGED), UPDATES)
    for _ in range(2):
        state.fail("example", A.url, "timeout")
        assert state.pending("example", UPDATES) == [CHANGED]
    state.fail("example", A.url, "timeout")
    assert state.statuses("example", [A.url]) == {A.url: "written"}
    assert state.pending("example", UPDATES) == []


def test_date_of_the_page_counts_where_the_listing_gives_none(state: State) -> None:
    undated = dataclasses.replace(CHANGED, published=None)
    state.take("example", named(dataclasses.replace(undated, modified=None)))
    end = dataclasses.replace(WRITTEN, published=dt.date(2026, 10, 1))
    state.finish("example", A.url, end)
    assert state.take("example", named(undated), UPDATES) == []


def test_text_that_no_database_takes_is_made_plain(state: State) -> None:
    state.take("example", named(dataclasses.replace(A, title="a\0b\ud800c")))
    [link] = state.pending("example")
    assert link.title == "ab?c"


def test_crawl_is_entered_at_its_start_and_completed_at_its_end(state: State) -> None:
    first, second = (state.begin_run("example", "news") for _ in range(2))
    state.end_run(second, 0, "ok", {"new": 3, "bytes": 1 << 40})
    ended, killed = state.runs("example")
    assert (killed.id, killed.ended, killed.exit_code, killed.ending) == (first, None, None, "")
    assert (ended.spider, ended.exit_code, ended.ending) == ("news", 0, "ok")
    assert (ended.counts["new"], ended.counts["bytes"], ended.counts["failed"]) == (3, 1 << 40, 0)
    assert ended.ended is not None
    assert ended.began <= ended.ended


def test_completeness_tells_what_became_of_what_was_listed(state: State) -> None:
    links = [dataclasses.replace(A, url=f"https://ex.com/{number}") for number in range(7)]
    state.take("example", Named(links=links, out_of_range=[B]))
    state.take("example", named(Link("https://ex.com/by-hand")))
    for link, end in zip(
        links,
        (
            WRITTEN,
            Finish(ending="moved"),
            Finish(ending="duplicate"),
            Finish(ending="refused", reason="NoContentError: x"),
            Finish(ending="refused", reason="NoContentError: y"),
            Finish(ending="failed", reason="HTTP 404"),
        ),
        strict=False,
    ):
        state.finish("example", link.url, end)
    found = state.completeness("example")
    assert (found.listed, found.written, found.elsewhere, found.pending) == (8, 1, 2, 1)
    assert (found.refused, found.failed) == ({"NoContentError": 2}, {"HTTP 404": 1})
    assert (found.out_of_range, found.share) == (1, 3 / 7)


def test_completeness_is_of_what_was_listed_in_its_time(state: State) -> None:
    state.take("example", named(A))
    assert state.completeness("example", TODAY).listed == 1
    assert state.completeness("example", TODAY + dt.timedelta(days=1)).listed == 0
    assert state.completeness("example", TODAY + dt.timedelta(days=1)).share is None


def test_page_that_a_user_named_counts_as_listed_once_a_feed_names_it(state: State) -> None:
    state.take("example", named(Link(A.url)))
    assert state.completeness("example").listed == 0
    state.take("example", named(A))
    assert state.completeness("example").listed == 1


def test_figures_of_a_site_are_reckoned_from_its_rows(state: State) -> None:
    days = [TODAY - dt.timedelta(days=ago) for ago in (1, 1, 1, 3)]
    for number, day in enumerate(days):
        state.take("example", named(Link(f"https://ex.com/{number}", day, origin="feed")))
        state.finish("example", f"https://ex.com/{number}", WRITTEN)
    for words in (120, 90, 4000):
        state.place(dataclasses.replace(ARTICLE, canonical=str(words), words=words))
    state.finish("example", "https://ex.com/r", Finish(ending="refused", reason="x"))
    state.end_run(state.begin_run("example", "news"), 0, "ok", {})
    state.end_run(state.begin_run("example", "news"), 4, "nothing", {})
    found = state.figures("example")
    assert (found.articles, found.median_words, found.median_a_day) == (3, 120, 1.0)
    assert found.share_refused == 0.2
    assert found.last_success == state.runs("example")[1].ended


def test_figures_of_a_site_without_rows_are_nought(state: State) -> None:
    found = state.figures("example")
    assert (found.articles, found.median_a_day, found.share_refused) == (0, 0.0, 0.0)
    assert (found.last_success, found.median_words) == (None, 0)


def test_sites_are_those_with_links_or_crawls(state: State) -> None:
    state.take("dw", named(A))
    state.begin_run("faz", "faz")
    assert state.sources() == ["dw", "faz"]
