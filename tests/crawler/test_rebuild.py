"""The archive cleaned again: what changes, and that it is what a fresh crawl would write."""

import datetime as dt
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from crawler.link import Link
from crawler.state import State
from crawler.state.schema import fetches
from tests.crawler.rebuilding import (
    LOGIN,
    Came,
    Corpus,
    End,
    InTurn,
    Rules,
    an,
    cleaner,
    corpus,
    damage,
    slow,
    text,
)

__all__ = ["corpus"]

FERRY = Came(name="ferry", old=an("ferry"))
MILL = Came(name="mill", old=an("mill"))
WALL = Came(name="wall", old=LOGIN)
PAGES = (FERRY, MILL, WALL)


def only_archive(root: Path) -> Path:
    [path] = root.glob("archive/*/*")
    return path


def with_new(page: Came, **fields: str) -> Came:
    return replace(page, new={**page.old, **fields})


def test_nothing_changes_with_the_same_rules(corpus: Corpus) -> None:
    again = replace(FERRY, hour=1)
    changed = replace(FERRY, old=an("ferry", text=text("ferry", 10)), hour=2)
    mobile = Came(name="m/ferry", old=an("ferry", canonical_url=FERRY.url), hour=3)
    copy = Came(name="copy", old=an("mill"), hour=4)
    corpus.crawl([*PAGES, again, changed, mobile, copy])
    before, state = corpus.tree(), corpus.state()
    assert corpus.rebuild() == "example: 2 articles, 2 unchanged"
    assert (corpus.tree(), corpus.state()) == (before, state)


def test_text_is_replaced_in_place_and_makes_no_version(corpus: Corpus) -> None:
    corpus.crawl([with_new(FERRY, text=text("ferry") + "\n\nOne more line."), MILL])
    told = corpus.rebuild()
    assert told == "example: 2 articles, 1 text changes (+1 -0 lines), 1 unchanged"
    assert corpus.article("ferry").endswith("One more line.\n")
    assert len(corpus.files()) == 2
    assert corpus.rebuild() == "example: 2 articles, 2 unchanged"


def test_nothing_is_written_unless_it_is_asked_for(corpus: Corpus) -> None:
    corpus.crawl([with_new(FERRY, text="Short."), MILL])
    before, state = corpus.tree(), corpus.state()
    with corpus.site(cleaner("new")) as site:
        assert "1 text changes" in site.report.line()
    assert (corpus.tree(), corpus.state()) == (before, state)


def test_article_with_another_date_or_headline_moves(corpus: Corpus) -> None:
    corpus.crawl([with_new(FERRY, published="2024-04-01"), with_new(MILL, title="The Old Mill")])
    old = set(corpus.files())
    told = corpus.rebuild()
    assert told == ("example: 2 articles, 1 date changes, 2 files move, 0 unchanged")
    names = sorted(path.rpartition("/")[2].rpartition("_")[0] for path in corpus.files())
    assert names == [
        "2024-04-01_example_news-of-the-ferry",
        "2024-05-04_example_the-old-mill",
    ]
    assert not old & set(corpus.files())
    assert set(corpus.index()) == set(corpus.files())
    assert not list(corpus.root.glob("removed/**/*"))


def test_other_field_of_the_header_is_counted(corpus: Corpus) -> None:
    corpus.crawl([with_new(FERRY, section="Harbour")])
    assert corpus.rebuild() == "example: 1 article, 1 header changes, 0 unchanged"
    assert "section: Harbour\n" in corpus.article("ferry")


def test_field_that_only_the_index_has_is_counted_without_a_header(corpus: Corpus) -> None:
    corpus.crawl([with_new(FERRY, section="Harbour"), MILL], header="none")
    told = corpus.rebuild(header="none")
    assert told == "example: 2 articles, 1 entry changes, 1 unchanged"
    assert [line["section"] for line in corpus.index().values()] == ["Harbour", ""]


def test_other_header_setting_is_written_too(corpus: Corpus) -> None:
    corpus.crawl([FERRY])
    assert corpus.rebuild(header="date") == "example: 1 article, 1 header changes, 0 unchanged"
    assert corpus.article("ferry").startswith("date 2024-05-04\n\n")


def test_page_that_is_refused_now_loses_its_file_which_is_put_aside(corpus: Corpus) -> None:
    corpus.crawl([replace(FERRY, new=LOGIN), MILL])
    [path] = [path for path in corpus.files() if "ferry" in path]
    content = (corpus.root / path).read_bytes()
    assert corpus.rebuild() == ("example: 2 articles, 1 is refused now (login wall), 1 unchanged")
    assert not (corpus.root / path).exists()
    assert (corpus.root / path.replace("articles", "removed", 1)).read_bytes() == content
    assert len(corpus.index()) == 1
    assert len(corpus.state().articles) == 1
    assert corpus.state().ends[FERRY.url] == End(
        "refused", f"NotAnArticleError: login wall: {FERRY.url}", None
    )


def test_page_that_was_refused_is_an_article_now(corpus: Corpus) -> None:
    corpus.crawl([replace(WALL, new=an("wall")), MILL])
    told = corpus.rebuild()
    assert told == "example: 1 article, 1 refused before is an article now, 1 unchanged"
    assert text("wall") in corpus.article("wall")
    assert corpus.state().ends[WALL.url].status == "written"
    assert corpus.rebuild() == "example: 2 articles, 2 unchanged"


def test_page_that_repeats_another_now_loses_its_file(corpus: Corpus) -> None:
    corpus.crawl([MILL, replace(FERRY, new=an("mill"))])
    assert corpus.rebuild() == "example: 2 articles, 1 repeats another now, 1 unchanged"
    assert corpus.state().ends[FERRY.url] == End("duplicate", "", MILL.url)
    assert len(corpus.files()) == 1


def test_page_that_repeated_another_is_an_article_now(corpus: Corpus) -> None:
    corpus.crawl([MILL, replace(FERRY, old=an("mill"), new=an("ferry"))])
    told = corpus.rebuild()
    assert told == "example: 1 article, 1 repeated before is an article now, 1 unchanged"


def test_older_texts_are_made_of_their_own_pages(corpus: Corpus) -> None:
    first = replace(FERRY, new=an("ferry", text=text("ferry") + "\n\nFirst."))
    second = Came(
        name="ferry",
        old=an("ferry", text=text("ferry", 10)),
        new=an("ferry", text=text("ferry", 10) + "\n\nSecond."),
        hour=1,
    )
    corpus.crawl([first, second])
    told = corpus.rebuild()
    assert "1 text changes (+1 -0 lines), 1 older text changes, 0 unchanged" in told
    assert corpus.article(".v1.").endswith("First.\n")
    assert len(corpus.files()) == 2
    assert corpus.rebuild() == "example: 1 article, 1 unchanged"


def test_older_text_that_was_a_fault_of_the_rules_is_put_aside(corpus: Corpus) -> None:
    second = Came(name="ferry", old=an("ferry", text=text("ferry", 10)), new=an("ferry"), hour=1)
    corpus.crawl([replace(FERRY, new=an("ferry")), second])
    assert len(corpus.files()) == 2
    assert "1 text changes (+2 -0 lines), 1 older text changes" in corpus.rebuild()
    assert len(corpus.files()) == 1
    [aside] = corpus.root.glob("removed/**/*.txt")
    assert aside.name.endswith(".v1.txt")
    assert corpus.rebuild() == "example: 1 article, 1 unchanged"


def test_versions_move_with_their_article(corpus: Corpus) -> None:
    second = replace(FERRY, old=an("ferry", text=text("ferry", 10)), hour=1)
    corpus.crawl([with_new(FERRY, title="A Ferry"), with_new(second, title="A Ferry")])
    corpus.rebuild()
    assert sorted(path.rpartition("/")[2][19:26] for path in corpus.files()) == ["a-ferry"] * 2
    assert not list(corpus.root.glob("removed/**/*"))


def test_hints_of_the_listing_are_used_as_in_the_crawl(corpus: Corpus) -> None:
    bare: Rules = {"title": "", "text": text("ferry"), "published": ""}
    link = Link(FERRY.url, dt.date(2024, 3, 2), "From the feed", "feed")
    corpus.crawl([replace(FERRY, old=bare, link=link)])
    assert corpus.rebuild() == "example: 1 article, 1 unchanged"
    assert "date_source: feed\n" in corpus.article("2024-03-02_example_from-the-feed")


def test_pages_of_an_article_are_joined_again(corpus: Corpus) -> None:
    second = f"{FERRY.url}?page=2"
    first_page = an("ferry", next_page=second)
    further = Came(name="ferry?page=2", old=an("ferry", text=text("quay")), hour=1)
    wall = Came(name="wall", old=LOGIN, hour=2)
    page = Came(name="ferry", old=an("ferry"), new=first_page, further=(further,))
    corpus.crawl([page, wall])
    assert "1 text changes (+12 -0 lines)" in corpus.rebuild()
    content = corpus.article("ferry")
    assert text("ferry") in content
    assert text("quay") in content
    assert "pages: 2\n" in content
    assert corpus.rebuild() == "example: 1 article, 1 unchanged"


def test_next_page_that_is_not_in_the_archive_makes_the_article_incomplete(
    corpus: Corpus,
) -> None:
    second = f"{FERRY.url}?page=2"
    corpus.crawl([with_new(FERRY, next_page=second)])
    assert corpus.rebuild() == "example: 1 article, 1 header changes, 0 unchanged"
    assert f"incomplete: true\nnext_page: {second}\n" in corpus.article("ferry")


def test_file_that_is_gone_comes_back(corpus: Corpus) -> None:
    corpus.crawl([FERRY, MILL])
    before = corpus.files()
    (corpus.root / next(path for path in before if "ferry" in path)).unlink()
    assert corpus.rebuild() == "example: 2 articles, 1 missing file comes back, 1 unchanged"
    assert corpus.files() == before


def test_since_leaves_alone_what_was_fetched_before(corpus: Corpus) -> None:
    late = replace(with_new(MILL, section="Mill"), hour=48)
    corpus.crawl([with_new(FERRY, section="Quay"), late])
    told = corpus.rebuild(since=dt.date(2024, 5, 8))
    assert told == "example: 1 article, 1 header changes, 0 unchanged"
    assert "section" not in corpus.article("ferry")
    assert "1 header changes, 1 unchanged" in corpus.rebuild()


def test_article_that_is_not_in_the_archive_stays(corpus: Corpus) -> None:
    corpus.crawl([with_new(FERRY, section="Quay")])
    [file] = corpus.root.glob("archive/*/*")
    corpus.crawl([with_new(MILL, section="Mill")])
    file.unlink()
    before = corpus.article("ferry")
    told = corpus.rebuild()
    assert told == (
        "example: 2 articles, 1 header changes, 1 left as they are (not in the archive),"
        " 0 unchanged"
    )
    assert corpus.article("ferry") == before


def test_article_that_only_the_index_remembers_stays(corpus: Corpus) -> None:
    corpus.crawl([FERRY])
    (corpus.root / "state.db").unlink()
    corpus.crawl([MILL, Came(name="copy", old=an("ferry"))])
    before = corpus.tree()
    told = corpus.rebuild()
    assert "1 left as they are (not in the archive), 1 unchanged" in told
    assert corpus.tree() == before


def test_older_text_whose_page_is_lost_keeps_its_article_as_it_is(corpus: Corpus) -> None:
    corpus.crawl([FERRY])
    (corpus.root / "state.db").unlink()
    second = replace(FERRY, old=an("ferry", text=text("ferry", 10)), hour=1)
    corpus.crawl([with_new(second, section="Quay")])
    before = corpus.tree()
    # the crawl that lost its state did not know the link, and asked again
    assert len(corpus.files()) == 2
    assert "1 left as they are (not in the archive), 0 unchanged" in corpus.rebuild()
    assert corpus.tree() == before


def test_article_of_a_damaged_record_stays_and_the_record_is_named(corpus: Corpus) -> None:
    corpus.crawl([with_new(FERRY, section="Quay"), with_new(MILL, section="Mill")])
    damage(only_archive(corpus.root), 0)
    with corpus.site(cleaner("new")) as site:
        site.write()
        line, [fault] = site.report.line(), site.faults()
    assert line == (
        "example: 2 articles, 1 header changes, 1 left as they are (damaged), 0 unchanged"
    )
    assert fault.startswith(f"damaged: {FERRY.url}: {corpus.root}/archive/example/")
    assert "section" not in corpus.article("ferry")


def test_article_with_a_damaged_record_in_its_history_stays(corpus: Corpus) -> None:
    second = replace(FERRY, old=an("ferry", text=text("ferry", 10)), hour=1)
    for number in (0, 1):
        root = corpus.root / str(number)
        one = Corpus(root)
        one.crawl([with_new(FERRY, section="Quay"), with_new(second, section="Quay")])
        damage(only_archive(root), number)
        before = one.tree()
        assert "1 left as they are (damaged), 0 unchanged" in one.rebuild()
        assert one.tree() == before


def test_later_page_of_an_article_that_stays_changes_nothing(corpus: Corpus) -> None:
    second = replace(FERRY, old=an("ferry", text=text("ferry", 10)), hour=1)
    third = replace(FERRY, old=an("ferry", text=text("ferry", 9)), hour=2)
    corpus.crawl([FERRY, with_new(second, section="Quay"), with_new(third, section="Quay")])
    damage(only_archive(corpus.root), 0)
    before = corpus.tree()
    assert "1 left as they are (damaged), 0 unchanged" in corpus.rebuild()
    assert corpus.tree() == before


def test_damaged_page_without_an_article_is_named_and_stays_refused(corpus: Corpus) -> None:
    corpus.crawl([replace(WALL, new=an("wall")), MILL])
    damage(only_archive(corpus.root), 0)
    with corpus.site(cleaner("new")) as site:
        site.write()
        assert site.report.line() == "example: 1 article, 1 unchanged"
        assert len(site.faults()) == 1
    assert corpus.state().ends[WALL.url].status == "refused"


def test_article_without_a_date_keeps_the_day_in_its_name(corpus: Corpus) -> None:
    undated = replace(FERRY, old=an("ferry", published=""))
    corpus.crawl([undated], rules="old")
    [path] = corpus.files()
    # its page was fetched the day before, too, by a crawl that was killed
    with closing(State(f"sqlite:///{corpus.root / 'state.db'}")) as state:
        [row] = state.archived("example")
        with state.transaction() as connection:
            earlier = row.fetched - dt.timedelta(days=1)
            connection.execute(update(fetches).values(fetched=earlier.isoformat()))
    assert corpus.rebuild() == "example: 1 article, 1 unchanged"
    assert list(corpus.files()) == [path]


def test_archive_without_links_takes_the_hints_of_the_state(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.record.LINK", "Other")
    bare: Rules = {"title": "", "text": text("ferry"), "published": ""}
    link = Link(FERRY.url, dt.date(2024, 3, 2), "From the feed", "feed")
    corpus.crawl([replace(FERRY, old=bare, link=link)])
    monkeypatch.undo()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawler.rebuild.pages.KillablePool", InTurn)
        assert corpus.rebuild() == "example: 1 article, 1 unchanged"


def test_page_that_takes_too_long_keeps_its_article(corpus: Corpus) -> None:
    corpus.crawl([FERRY])
    before = corpus.tree()
    with corpus.site(slow) as site:
        site.write()
        assert "1 left as they are (took too long), 0 unchanged" in site.report.line()
        assert site.faults() == [f"took too long: {FERRY.url}: over 60 s: {FERRY.url}"]
    assert corpus.tree() == before


def test_crawl_that_was_killed_before_the_file_was_written_is_completed(corpus: Corpus) -> None:
    corpus.crawl([MILL])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawler.pipelines.articles.write_all", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            corpus.crawl([FERRY])
    told = corpus.rebuild()
    assert told == "example: 1 article, 1 unfinished before is an article now, 1 unchanged"
    assert text("ferry") in corpus.article("ferry")


def test_diff_shows_header_and_text(corpus: Corpus) -> None:
    corpus.crawl(
        [with_new(FERRY, section="Quay", text=text("ferry", 11)), replace(MILL, new=LOGIN)]
    )
    with corpus.site(cleaner("new")) as site:
        told = "".join(site.diffs())
    assert "\n+section: Quay\n" in told
    assert f"\n-{text('ferry').splitlines()[-1]}\n" in told
    assert "\n+++ /dev/null\n" in told
    assert told.startswith("--- a/articles/example/2024/05/2024-05-04_example_news-of-the-ferry")
