import datetime as dt
import json
from zoneinfo import ZoneInfo

from cleaners import Layout, Site
from cleaners.page import open_page
from cleaners.published import Dating, date_page
from tests.cleaners.pages import page

FETCHED = dt.datetime(2024, 5, 10, 12, tzinfo=dt.UTC)
KOLKATA = Site(name="x", domains=("x.org",), layouts=(Layout(body="p"),), timezone="Asia/Kolkata")


def dating(
    head: str = "", body: str = "", *, url: str = "https://x.org/a", site: Site | None = None,
    layout: Layout | None = None,
) -> Dating:  # fmt: skip
    return date_page(open_page(page(body, head=head), url), layout, site, FETCHED)


def linked(**node: object) -> str:
    text = json.dumps({"@type": "NewsArticle", **node})
    return f"<script type='application/ld+json'>{text}</script>"


def test_json_ld_is_believed_before_meta() -> None:
    head = linked(datePublished="2024-05-03T10:00:00+02:00", dateModified="2024-05-04")
    head += "<meta property='article:published_time' content='2024-05-01'>"
    found = dating(head)
    assert found.published == dt.datetime.fromisoformat("2024-05-03T10:00:00+02:00")
    assert (found.modified, found.source) == (dt.date(2024, 5, 4), "json-ld")


def test_meta_is_believed_before_the_page() -> None:
    head = "<meta property='article:published_time' content='2024-05-01'>"
    assert dating(head, "<time datetime=2024-05-02>x</time>").source == "meta"


def test_time_element_is_read_where_the_head_says_nothing() -> None:
    found = dating(body="<article><time datetime=2024-05-02>Thursday</time></article>")
    assert (found.published, found.source) == (dt.date(2024, 5, 2), "page")


def test_url_is_read_where_the_page_says_nothing() -> None:
    found = dating(url="https://x.org/2024/05/02/a")
    assert (found.published, found.source) == (dt.date(2024, 5, 2), "url")


def test_text_is_searched_last() -> None:
    found = dating(body="<div><p>Published on 2 May 2024 in print</p></div>")
    assert (found.published, found.source) == (dt.date(2024, 5, 2), "search")


def test_page_without_a_date_is_undated() -> None:
    assert dating(body="<p>No day is named.</p>") == Dating(None, None, "")


def test_date_after_the_fetch_is_passed_over() -> None:
    head = linked(datePublished="2031-01-01")
    head += "<meta property='article:published_time' content='2024-05-01'>"
    assert dating(head).published == dt.date(2024, 5, 1)


def test_zone_of_the_site_completes_a_time_without_one() -> None:
    found = dating(linked(datePublished="2024-05-03T10:00:00"), site=KOLKATA)
    assert found.published == dt.datetime(2024, 5, 3, 10, tzinfo=ZoneInfo("Asia/Kolkata"))


def test_layouts_selector_wins_over_json_ld() -> None:
    head = linked(datePublished="2024-05-09")
    layout = Layout(body="p", date="span.day")
    found = dating(head, "<span class=day>2 May 2024</span>", layout=layout)
    assert (found.published, found.source) == (dt.date(2024, 5, 2), "page")


def test_meta_called_published_is_believed() -> None:
    found = dating("<meta name=published content='May 3, 2024'>")
    assert (found.published, found.source) == (dt.date(2024, 5, 3), "meta")


def test_date_that_the_page_marks_as_that_of_its_creation_is_read() -> None:
    body = "<span property='schema:dateCreated' content='2024-05-03T12:45:46+02:00'>3.5.24</span>"
    found = dating(body=body)
    assert found.published == dt.datetime.fromisoformat("2024-05-03T12:45:46+02:00")
    assert found.source == "page"


def test_date_in_escaped_data_of_a_script_is_found() -> None:
    found = dating(
        body="<div data-page='{&quot;datePublished&quot;:&quot;2024-05-03&quot;}'></div>"
    )
    assert (found.published, found.source) == (dt.date(2024, 5, 3), "search")
