import pytest

from cleaners import Layout, clean
from cleaners.multipage import next_page_of, whole_page_of
from cleaners.page import open_page
from tests.cleaners.pages import PROSE, article, page, paragraphs

STORY = "https://bugle.example/town/harbour-opens"
SECOND = f"{STORY}?page=2"


def found(body: str, *, head: str = "", url: str = STORY, layout: Layout | None = None) -> str:
    return next_page_of(open_page(page(body, head=head), url), layout)


@pytest.mark.parametrize(
    "label",
    ["2", "[2]", "Next", "Next page »", "Page 2 of 4", "2/4", "Seite 2: Der Kai", "Weiter",
     "Nächste Seite", "Page suivante", "Página siguiente", "次のページ", "下一页", "Следующая",
     "الصفحة التالية", "अगला पेज", "›"],
)  # fmt: skip
def test_link_that_says_next_leads_to_the_next_page(label: str) -> None:
    assert found(f"<p>{PROSE[0]}</p><a href='?page=2'>{label}</a>") == SECOND


@pytest.mark.parametrize("label", ["3", "1", "Share", "Page 3", "Harbour pictures"])
def test_link_that_says_something_else_does_not(label: str) -> None:
    assert found(f"<a href='?page=2'>{label}</a>") == ""


def test_picture_link_is_read_by_its_title() -> None:
    assert found("<a href='?page=2' title='Next page'><img src=a></a>") == SECOND


def test_head_names_the_next_page() -> None:
    assert found("", head="<link rel=next href='/town/harbour-opens/2'>") == f"{STORY}/2"


def test_next_story_of_a_blog_is_not_the_next_page() -> None:
    head = "<link rel=next href='/town/harbour-closes'>"
    assert found("<a rel=next href='/town/bridge-2.html'>Next</a>", head=head) == ""


@pytest.mark.parametrize("box", ["comments", "photo-gallery", "related-stories", "sidebar"])
def test_pages_of_other_things_are_left_alone(box: str) -> None:
    assert found(f"<div class={box}><ul><li><a href='?page=2'>2</a></ul></div>") == ""


def test_pager_of_many_pages_is_not_that_of_an_article() -> None:
    assert found("<a href='?page=2'>2</a> <a href='?page=23'>23</a>") == ""


def test_canonical_address_of_page_one_counts_as_its_own() -> None:
    head = f"<link rel=canonical href='{STORY}'>"
    assert found("<a href='?page=2'>2</a>", head=head, url=f"{STORY}?ref=rss") == SECOND


def test_second_page_leads_to_the_third_and_not_to_itself() -> None:
    pager = "<a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=3'>3</a>"
    assert found(pager, url=SECOND) == f"{STORY}?page=3"


def test_base_of_the_page_holds() -> None:
    head = "<base href='https://bugle.example/town/'>"
    assert found("<a href='harbour-opens?page=2'>2</a>", head=head) == SECOND


def test_page_without_an_address_has_no_next_one() -> None:
    assert found("<a href='?page=2'>2</a>", url="") == ""


def test_rule_of_the_site_comes_first() -> None:
    layout = Layout(body="article", next_page="div.on")
    body = "<a href='?page=2'>2</a><div class=on><a href='/town/b7'>The quay</a></div>"
    assert found(body, layout=layout) == "https://bugle.example/town/b7"


def test_rule_of_the_site_never_leads_to_another_host() -> None:
    layout = Layout(body="article", next_page="a")
    assert found("<a href='https://other.example/b7'>On</a>", layout=layout) == ""


def test_pager_far_below_the_text_is_that_of_the_comments() -> None:
    remarks = "".join(f"<p>{PROSE[n % 4]} I for one saw it {n} times.</p>" for n in range(8))
    box = f"<footer><h2>What readers say</h2>{remarks}<p><a href='?page=2'>2</a></p></footer>"
    opened = open_page(page(box), STORY)
    assert next_page_of(opened, None, opened.blocks) == ""
    assert next_page_of(opened) == SECOND


def test_article_says_where_it_goes_on() -> None:
    cleaned = clean(article("<p><a href='?page=2'>Next page</a></p>"), STORY)
    assert (cleaned.next_page, cleaned.incomplete, cleaned.pages) == (SECOND, True, 1)


def test_article_on_one_page_is_complete() -> None:
    assert not clean(article(), STORY).incomplete


@pytest.mark.parametrize(
    "link",
    ["<a href='?page=all'>Print</a>", "<a href='?page=0'>Auf einer Seite lesen</a>",
     "<a href='?page=0'>View as a single page</a>"],
)  # fmt: skip
def test_page_with_all_pages_is_found(link: str) -> None:
    opened = open_page(page(paragraphs(*PROSE) + link), STORY)
    assert whole_page_of(opened).startswith(f"{STORY}?page=")


def test_all_stories_are_not_all_pages() -> None:
    assert whole_page_of(open_page(page("<a href='/town?view=all'>View all</a>"), STORY)) == ""
