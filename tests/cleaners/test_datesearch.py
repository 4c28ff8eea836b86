import datetime as dt

from cleaners.datesearch import find_printed
from cleaners.page import open_page
from tests.cleaners.pages import PROSE, page, paragraphs

TITLE = "Morning boat to leave later"
DAY = dt.date(2024, 5, 2)


def printed(body: str, *, lang: str = "en") -> dt.date | None:
    markup = page(body, head=f"<title>{TITLE}</title>", lang=lang)
    found = find_printed(open_page(markup, "https://example.org/a"), "")
    return found[0].moment if found else None


def article(above: str = "", below: str = "", after: str = "") -> str:
    return f"{above}<h1>{TITLE}</h1>{below}{paragraphs(*PROSE)}{after}"


def test_day_below_the_headline_is_found() -> None:
    assert printed(article(below="<p>By Ana Ruiz</p><div>May 2, 2024 | 3 min read</div>")) == DAY


def test_day_above_the_headline_is_found() -> None:
    assert printed(article(above="<div>2 May 2024</div>")) == DAY


def test_clock_at_the_top_of_the_page_is_none() -> None:
    menu = "".join(f"<li>Section {number}</li>" for number in range(20))
    body = article(above=f"<p>Friday, May 10, 2024</p><ul>{menu}</ul>", below="<p>2 May 2024</p>")
    assert printed(body) == DAY


def test_day_of_a_comment_is_none() -> None:
    after = "<div class=comment-list><p>Tom</p><p>9 May 2024</p></div>"
    assert printed(article(after=after)) is None


def test_day_of_a_comment_gives_way_to_one_at_the_headline() -> None:
    after = "<div class=comments><time datetime=2024-05-09>9 May 2024</time></div>"
    assert printed(article(below="<p>2 May 2024</p>", after=after)) == DAY


def test_first_publication_goes_before_the_update() -> None:
    assert printed(article(below="<p>May 2, 2024 - Updated May 9, 2024</p>")) == DAY


def test_update_alone_is_better_than_none() -> None:
    assert printed(article(below="<p>Last updated: 2 May 2024</p>")) == DAY


def test_year_of_the_copyright_is_none() -> None:
    assert printed(article(after="<footer>© 2 May 2024 The Courier</footer>")) is None


def test_day_that_opens_the_first_paragraph_is_found() -> None:
    prose = f"2 May 2024 – {' '.join(PROSE)}"
    assert printed(f"<h1>{TITLE}</h1>{paragraphs(prose)}") == DAY


def test_time_element_goes_before_plain_text() -> None:
    below = "<p>Season 3 May 2024</p><p><time datetime='2024-05-02'>Thursday</time></p>"
    assert printed(article(below=below)) == DAY


def test_day_behind_a_label_far_below_is_found() -> None:
    assert printed(article(after=paragraphs(*PROSE * 8) + "<p>Published: 2 May 2024</p>")) == DAY


def test_only_day_in_a_line_of_its_own_is_found_far_below() -> None:
    assert printed(article(after=paragraphs(*PROSE * 3) + "<p>2 May 2024</p>")) == DAY


def test_digits_of_the_pages_own_script_are_read() -> None:
    assert printed(article(below="<p>۲ مه ۲۰۲۴</p>"), lang="fa") == DAY


def test_year_of_two_digits_counts_next_to_the_headline() -> None:
    assert printed(article(below="<div>Von: Ana Ruiz <span>|</span> 02.05.24</div>")) == DAY
    assert printed(article(above="<div>Stand: 2.5.24, 14:05 Uhr</div>")) == DAY


def test_year_of_two_digits_gives_way_to_a_whole_one() -> None:
    assert printed(article(above="<div>09.05.24</div>", below="<p>2 May 2024</p>")) == DAY


def test_other_numbers_are_no_day_with_a_short_year() -> None:
    far = paragraphs(*PROSE * 8) + "<p>02.05.24</p>"
    for line in ("02/05/24", "Version 2.5.24.1", "20.15.24", "Tel. 02.05.24.60"):
        assert printed(article(below=f"<div>{line}</div>", after=far)) is None
