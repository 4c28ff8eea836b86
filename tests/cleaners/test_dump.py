"""Dumps of our own words give exactly their gold, and any text at all does no harm."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import Article, CleaningError, NoContentError, NotAnArticleError
from cleaners.dump import clean_dump

DUMPS = Path(__file__).parents[2] / "fixtures" / "dumps"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

FIRST = "The rope bridge over the gorge opened to walkers on Tuesday after nine years."
SECOND = "About four hundred people crossed it in the first hour, the parish council said."
THIRD = "Its keeper sold the ferry on Monday and was the first in the queue on Tuesday."
ARTICLE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"

FRAGMENTS = [
    *(FIRST, SECOND, THIRD, "", "", "Home", "Log in", "Related:", "Comments", "3 Comments"),
    *("© Example Agency", "By Jane Doe", "• an item of a list;", "Rope bridge opens at last"),
    *("date 2021-04-06", "READ | Ferry sold", "What the engineers did", "https://a.example/b-c-d"),
    *("橋は火曜日に九年ぶりに開通した。", "関連記事", "Read more", "Jane says:", "2 hours ago"),
]


def printed(article: Article) -> str:
    """Return *article* as the gold files have it: title, date, empty line, blocks."""
    head = [line for line in (article.title, str(article.published or "")) if line]
    return "\n".join([*head, *([""] if head else []), article.text]) + "\n"


@pytest.mark.parametrize("path", sorted(DUMPS.glob("*.dump")), ids=lambda path: path.stem)
def test_dump_gives_its_gold(path: Path) -> None:
    article = clean_dump(path.read_text(encoding="utf-8"))
    assert printed(article) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(DUMPS.glob("*.dump")), ids=lambda path: path.stem)
def test_gold_cleaned_again_stays(path: Path) -> None:
    text = clean_dump(path.read_text(encoding="utf-8")).text
    assert clean_dump(text).text == text


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds lie beside the checkout, not in it")
@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_seed_gives_its_gold(number: str) -> None:
    dump = next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    gold = (SEEDS / f"seed{number}.gold.txt").read_text(encoding="utf-8")
    assert printed(clean_dump(dump)).strip() == gold.strip()


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=40)), max_size=25))
@settings(deadline=None, max_examples=60)
def test_any_text_is_refused_or_stable(lines: list[str]) -> None:
    try:
        text = clean_dump("\n".join(lines)).text
    except CleaningError:
        return
    assert clean_dump(text).text == text


@given(st.text())
@settings(deadline=None, max_examples=60)
def test_arbitrary_characters_raise_nothing_but_a_cleaning_error(text: str) -> None:
    try:
        kept = clean_dump(text, "https://news.example/a-b-c-d").text
    except CleaningError:
        return
    assert kept.strip() == kept != ""


@pytest.mark.parametrize("dump", ["", " \n\n ", "Home\nLog in\nSearch\n© 2021 Example", "Hello."])
def test_dump_without_prose_holds_no_content(dump: str) -> None:
    with pytest.raises(NoContentError):
        clean_dump(dump)


def test_rules_for_comments_alone_are_no_article() -> None:
    dump = (
        "A user comment will be deleted if it:\n• is longer than the post that it answers;\n"
        "• is written in capital letters.\nTo contact the team of moderators, write a letter.\n"
    )
    with pytest.raises(NoContentError):
        clean_dump(dump)


def test_consent_text_alone_is_a_wall() -> None:
    dump = "We and our partners use cookies.\nAccept all\nReject all\nManage preferences\n"
    with pytest.raises(NotAnArticleError, match="consent or log-in wall"):
        clean_dump(dump, "https://news.example/a")


def test_long_consent_paragraph_is_not_kept() -> None:
    consent = " ".join(
        f"We use cookies for purpose number {n}, which our privacy policy explains."
        for n in range(9)
    )
    assert clean_dump(f"{ARTICLE}\n\n{consent}").text == ARTICLE


def test_site_is_named_by_the_address_in_the_dump() -> None:
    dump = f"https://sputnikglobe.com/20210406/bridge-1.html\n\n{ARTICLE}"
    article = clean_dump(dump)
    assert (article.source, article.url) == (
        "sputnik",
        "https://sputnikglobe.com/20210406/bridge-1.html",
    )


def test_site_ends_the_article_at_its_own_line() -> None:
    ending = "The fact of registration and authorization of users is agreed to by all."
    dump = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{ending}\n\n{FIRST.replace('rope', 'stone')}"
    assert clean_dump(dump, "https://sputnikglobe.com/1/a.html").text == ARTICLE


def test_site_drops_its_own_lines() -> None:
    dump = f"{FIRST}\n\nSputnik push notifications of the day\n\n{SECOND}\n\n{THIRD}"
    assert clean_dump(dump, "https://sputnikglobe.com/1/a.html").text == ARTICLE


def test_captions_are_kept_apart() -> None:
    caption = "Walkers wait for the ribbon to be cut on the eastern bank"
    photo = f"{caption}\n© Example / Jane Doe\n{caption}"
    article = clean_dump(f"{FIRST}\n\n{SECOND}\n\n{photo}\n\n{THIRD}")
    assert (article.text, article.captions) == (ARTICLE, (caption,))


def test_paragraph_between_headline_and_byline_is_the_lead() -> None:
    dump = f"Rope bridge opens at last\n\n{FIRST}\n\nBy Jane Doe\n\n{SECOND}\n\n{THIRD}"
    article = clean_dump(dump)
    assert (article.title, article.lead) == ("Rope bridge opens at last", FIRST)
    assert article.text == ARTICLE


def test_comments_do_not_follow_the_article() -> None:
    comments = "\n".join(
        f"Reader {n} says:\nApril {n}, 2021 at {n}:00 am\n"
        f"I crossed the bridge {n} times myself, and I would gladly go again with my dog."
        for n in range(2, 9)
    )
    assert clean_dump(f"{ARTICLE}\n\n8 Comments\n\n{comments}").text == ARTICLE


def test_about_the_author_does_not_end_the_article() -> None:
    bio = "Jane Doe is a reporter at the Valley Daily and writes about ropes."
    assert clean_dump(f"{ARTICLE}\n\n{bio}").text == ARTICLE


def test_date_under_the_headline_goes_before_the_one_above() -> None:
    dump = f"May 9, 2021\n\nRope bridge opens at last\n\nUpdated April 6, 2021\n\n{ARTICLE}"
    article = clean_dump(dump)
    assert (article.published, article.date_source) == (dt.date(2021, 4, 6), "page")


def test_time_of_the_visit_at_the_top_is_no_date() -> None:
    menu = "Listen\nSearch\nWorld\nValley\nSport"
    dump = f"15:59 GMT 06 April 2021\n{menu}\n\nRope bridge opens at last\n\n{ARTICLE}"
    assert clean_dump(dump).published is None


def test_date_after_the_crawl_is_no_date() -> None:
    fetched = dt.datetime(2021, 4, 1, tzinfo=dt.UTC)
    article = clean_dump(f" date 2021-05-06 {ARTICLE}", fetched=fetched)
    assert (article.published, article.date_source) == (None, "")


def test_date_line_that_comes_to_the_top_goes_too() -> None:
    dump = f"Rope bridge opens at last\n\ndate 2021-04-06 {ARTICLE}"
    assert clean_dump(dump).text == ARTICLE


def test_trace_tells_of_every_line_and_changes_nothing() -> None:
    promo = "Read more: ferry sold to a museum"
    dump = (
        f"Rope bridge opens at last\n\n{FIRST}\n\n{promo}\n\n{SECOND} READ | Ferry sold\n\n{THIRD}"
    )
    traced = clean_dump(dump, trace=True)
    assert traced.text == clean_dump(dump).text == ARTICLE
    assert traced.trace is not None
    assert [(d.kept, d.rule) for d in traced.trace.decisions] == [
        (False, "title"),
        (True, "prose"),
        (False, "line:related/en"),
        (True, "prose"),
        (False, "inline:read/en"),
        (True, "prose"),
    ]
