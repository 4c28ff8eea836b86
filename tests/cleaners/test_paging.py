import pytest

from cleaners.paging import following, is_whole, places

STORY = "https://www.bugle.example/town/harbour-opens"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (STORY, f"{STORY}?page=2"),
        (f"{STORY}?page=2", f"{STORY}?page=3"),
        (STORY, f"{STORY}/2"),
        (f"{STORY}/", f"{STORY}/2/"),
        (f"{STORY}/2/", f"{STORY}/3/"),
        (STORY, f"{STORY}/page/2/"),
        (STORY, f"{STORY}/seite-2"),
        (f"{STORY}.html", f"{STORY}-2.html"),
        (f"{STORY}-2.html", f"{STORY}-3.html"),
        (f"{STORY}.html", f"{STORY}-p2.html"),
        (f"{STORY}.html", f"{STORY}.html/2"),
        (f"{STORY}/index.html", f"{STORY}/index2.html"),
        ("https://bugle.example/a.php?id=7", "https://bugle.example/a.php?page=2&id=7"),
    ],
)
def test_next_number_of_the_same_address_is_the_next_page(here: str, there: str) -> None:
    assert following(places(here), there) is not None


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (STORY, "https://www.bugle.example/town/harbour-closes"),
        (STORY, f"{STORY}-2"),
        (STORY, f"{STORY}?page=3"),
        (f"{STORY}?page=2", f"{STORY}?page=2"),
        (STORY, "https://other.example/town/harbour-opens?page=2"),
        (STORY, f"{STORY}/comment-page-2"),
        (STORY, f"{STORY}?cpage=2"),
        ("https://bugle.example/2024/03/11", "https://bugle.example/2024/03/12"),
        ("https://bugle.example/tale-part-1.html", "https://bugle.example/tale-part-2.html"),
        ("https://bugle.example/", "https://bugle.example/?page=2"),
        ("https://bugle.example/?p=12", "https://bugle.example/?p=13"),
        ("https://bugle.example/a/4711", "https://bugle.example/a/4712"),
        (STORY, "http://[broken/2"),
    ],
)
def test_any_other_address_is_not(here: str, there: str) -> None:
    assert following(places(here), there) is None


@pytest.mark.parametrize(
    "address", [f"{STORY}?page=all", f"{STORY}/komplettansicht", f"{STORY}?singlepage=true"]
)
def test_address_may_say_that_it_shows_all_pages(address: str) -> None:
    assert is_whole(address, places(STORY))


def test_all_pages_of_another_story_are_another_story() -> None:
    assert not is_whole("https://www.bugle.example/town?page=all", places(STORY))
