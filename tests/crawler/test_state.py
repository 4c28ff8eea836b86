import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text

from crawler.link import Link
from crawler.state import (
    Archived,
    ArchivedFetch,
    Finish,
    State,
    Stored,
)
from tests.crawler.storing import FETCHED

A, B, C = (Link(f"https://example.org/{name}") for name in "abc")
REFUSED = Finish(ending="refused", reason="NoContentError: empty")
ARTICLE = Stored(
    id=0,
    source="example",
    canonical=A.url,
    url=A.url,
    path="articles/example/a.txt",
    digest="0" * 64,
    fingerprint=(1 << 64) - 1,
    words=100,
)


def write(state: State, article: Stored, link: Link, *aliases: str) -> Stored:
    placed = state.place(article)
    end = Finish(ending="written", article=placed, aliases=(link.url, *aliases))
    state.finish(article.source, link.url, end)
    return placed


def test_new_links_come_back_in_their_order_and_once(state: State) -> None:
    assert state.discover("example", [C, A, C, B]) == [C, A, B]


def test_unfinished_link_comes_back(state: State) -> None:
    state.discover("example", [A])
    assert state.discover("example", [A, B]) == [A, B]


def test_finished_link_is_known(state: State) -> None:
    state.discover("example", [A, B])
    state.finish("example", A.url, REFUSED)
    assert state.discover("example", [A, B]) == [B]
    assert state.known("example") == 1


def test_refetch_brings_finished_links_too(state: State) -> None:
    state.finish("example", A.url, REFUSED)
    assert state.discover("example", [A, B], refetch=True) == [A, B]


def test_other_address_of_a_written_article_is_known(state: State) -> None:
    write(state, ARTICLE, A, B.url)
    assert state.discover("example", [B, C]) == [C]
    assert state.known("example") == 2


def test_links_of_two_sources_are_apart(state: State) -> None:
    state.finish("example", A.url, REFUSED)
    assert state.discover("other", [A]) == [A]


def test_listing_of_more_links_than_a_query_takes_is_remembered(state: State) -> None:
    many = [Link(f"https://example.org/{number}") for number in range(1201)]
    state.discover("example", many)
    assert state.discover("example", many[:1200], refetch=True) == many[:1200]
    assert len(state.pending("example")) == 1201


def test_pending_links_are_as_found_the_newest_first(state: State) -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    old = Link(A.url, dt.date(2023, 1, 1), "Old", "sitemap", "https://example.org/s.xml")
    new = Link(B.url, dt.datetime(2024, 1, 1, 8, tzinfo=zone), "New", "feed")
    state.discover("example", [C, old, new])
    assert state.pending("example") == [new, old, C]


def test_state_outlives_its_process(state_url: str) -> None:
    first = State(state_url)
    first.discover("example", [A])
    first.close()
    second = State(state_url)
    assert second.pending("example") == [A]
    second.close()


def test_folder_of_a_state_is_made(tmp_path: Path) -> None:
    State(f"sqlite:///{tmp_path / 'new' / 'state.db'}").close()
    assert (tmp_path / "new" / "state.db").exists()


def test_link_is_given_up_after_its_third_failure(state: State) -> None:
    state.discover("example", [A])
    state.fail("example", A.url, "timeout")
    state.fail("example", A.url, "timeout")
    assert state.pending("example") == [A]
    state.fail("example", A.url, "timeout")
    assert state.pending("example") == []


def test_link_that_is_gone_is_given_up_at_once(state: State) -> None:
    state.discover("example", [A])
    state.fail("example", A.url, "404", gone=True)
    assert state.discover("example", [A]) == []


def test_failure_of_an_unknown_link_is_ignored_until_it_is_gone(state: State) -> None:
    state.fail("example", A.url, "timeout")
    assert state.known("example") == 0
    state.fail("example", A.url, "410", gone=True)
    assert state.known("example") == 1


def test_refusal_does_not_unmake_an_article(state: State) -> None:
    write(state, ARTICLE, A)
    state.finish("example", A.url, REFUSED)
    state.finish("example", B.url, REFUSED)
    statuses = "SELECT url, status FROM links ORDER BY url"
    with state._engine.begin() as connection:  # noqa: SLF001 - no method tells a status
        rows = connection.execute(text(statuses)).all()
    assert [tuple(row) for row in rows] == [(A.url, "written"), (B.url, "refused")]


def test_article_comes_back_as_it_was_saved(state: State) -> None:
    placed = write(state, ARTICLE, A)
    changed = dataclasses.replace(placed, digest="1" * 64, fingerprint=1, versions=2)
    state.finish("example", A.url, Finish(ending="written", article=changed))
    assert state.article("example", A.url) == changed


def test_unknown_article_is_none(state: State) -> None:
    assert state.article("example", A.url) is None


def test_address_stays_with_its_first_article(state: State) -> None:
    first = write(state, ARTICLE, A, C.url)
    second = write(state, dataclasses.replace(ARTICLE, canonical=B.url), B, C.url)
    assert state.articles_at("example", [C.url]) == [first]
    assert state.articles_at("example", [B.url, C.url, A.url]) == [first, second]


@pytest.mark.parametrize("bits", [0b111, 1 << 63 | 1 << 40 | 1])
def test_fingerprint_three_bits_away_is_found(state: State, bits: int) -> None:
    placed = write(state, ARTICLE, A)
    assert state.alike("example", ARTICLE.fingerprint ^ bits) == [placed]


def test_article_without_a_file_is_no_original(state: State) -> None:
    state.place(dataclasses.replace(ARTICLE, digest=""))
    assert state.alike("example", ARTICLE.fingerprint) == []


def test_archived_pages_come_in_the_order_of_their_fetches(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.state.articles.BATCH", 2)
    place = Archived(file="archive/a.warc.gz", offset=7, length=9, digest="f" * 64)
    page = ArchivedFetch(link=A.url, url=B.url, fetched=FETCHED, status=200, place=place)
    pages = [dataclasses.replace(page, status=status) for status in (200, 404, 200)]
    state.archive("example", pages)
    state.archive("example", [])
    assert list(state.archived("example")) == pages


def test_calls_made_together_are_undone_together(state: State) -> None:
    def cut() -> None:
        with state.together():
            state.discover("example", [A])
            placed = state.place(ARTICLE)
            assert state.article("example", ARTICLE.canonical) == placed
            raise LookupError

    with pytest.raises(LookupError):
        cut()
    assert state.article("example", ARTICLE.canonical) is None
    assert state.pending("example") == []


def test_calls_made_together_are_kept(state_url: str, state: State) -> None:
    with state.together():
        state.discover("example", [A])
        placed = state.place(ARTICLE)
    other = State(state_url)
    assert other.article("example", ARTICLE.canonical) == placed
    assert other.pending("example") == [A]
    other.close()


def test_two_crawls_may_write_to_one_state(state_url: str, state: State) -> None:
    other = State(state_url)
    other.discover("other", [A])
    state.discover("example", [A])
    assert other.pending("example") == [A]
    other.close()


def test_articles_that_are_placed_together_keep_their_order(state: State) -> None:
    new = [dataclasses.replace(ARTICLE, canonical=link.url, path=link.url) for link in (C, A, B)]
    placed = state.place_all(new)
    assert [one.path for one in placed] == [C.url, A.url, B.url]
    assert [state.article("example", one.canonical) for one in placed] == placed
    assert state.place_all([]) == []


def test_links_end_together_each_in_its_own_way(state: State) -> None:
    state.discover("example", [A, B])
    placed = state.place(ARTICLE)
    written = Finish(ending="written", article=placed, aliases=(A.url,))
    state.finish_all("example", [(B.url, REFUSED), (A.url, written), (C.url, REFUSED)])
    assert state.statuses("example", [A.url, B.url, C.url]) == {
        A.url: "written",
        B.url: "refused",
        C.url: "refused",
    }
    assert state.articles_at("example", [A.url]) == [placed]


def test_neighbours_say_what_the_state_says(state: State) -> None:
    first = write(state, ARTICLE, A, C.url)
    far = dataclasses.replace(ARTICLE, canonical=B.url, fingerprint=0)
    second = write(state, far, B)
    found = state.neighbours("example", [A.url, C.url], [C.url, B.url], [ARTICLE.fingerprint])
    assert (found.article("example", A.url), found.article("example", C.url)) == (first, None)
    assert found.articles_at("example", [C.url]) == [first]
    assert found.articles_at("example", [B.url, C.url]) == [first, second]
    assert found.alike("example", ARTICLE.fingerprint) == [first]
