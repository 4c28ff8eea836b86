import dataclasses

from cleaners import Article, NoContentError
from cleaners.paging import MAX_PAGES
from crawler.chain import Chain
from crawler.fetch import Fetch
from tests.crawler.storing import a_fetch

URL = "https://example.org/harbour"


def address(number: int) -> str:
    return f"{URL}?page={number}" if number > 1 else URL


def a_page(number: int, following: str | None = None, whole: str = "") -> Article:
    return Article(
        url=address(number),
        source="example",
        title="Harbour",
        text=f"What stands on page {number} of the story.",
        next_page=address(number + 1) if following is None else following,
        whole_page=whole,
    )


def began(article: Article) -> Chain:
    return Chain.of(a_fetch(article, url=article.url), article)


def came(chain: Chain, article: Article) -> Chain:
    return chain.add(a_fetch(article, url=article.url))


def made(fetch: Fetch) -> Article:
    assert isinstance(fetch.outcome, Article)
    return fetch.outcome


def test_next_page_is_asked_for() -> None:
    assert began(a_page(1)).next_address == address(2)


def test_last_page_ends_the_chain() -> None:
    chain = came(began(a_page(1)), a_page(2, ""))
    assert chain.next_address == ""
    assert (made(chain.fetch()).pages, made(chain.fetch()).incomplete) == (2, False)


def test_further_pages_go_with_the_first() -> None:
    chain = came(began(a_page(1)), a_page(2, ""))
    assert [page.url for page in chain.fetch().further] == [address(2)]


def test_page_that_did_not_come_leaves_the_article_incomplete() -> None:
    chain = began(a_page(1)).without(address(2))
    assert (chain.next_address, made(chain.fetch()).next_page) == ("", address(2))


def test_page_without_article_leaves_the_article_incomplete() -> None:
    chain = began(a_page(1)).add(a_fetch(NoContentError("nothing"), url=address(2)))
    assert chain.next_address == ""
    assert made(chain.fetch()).incomplete


def test_way_back_to_an_earlier_page_is_the_end() -> None:
    chain = came(began(a_page(1)), a_page(2, address(1)))
    assert chain.next_address == ""
    assert not made(chain.fetch()).incomplete


def test_no_more_than_so_many_pages_are_joined() -> None:
    chain = began(a_page(1))
    for number in range(2, MAX_PAGES + 1):
        chain = came(chain, a_page(number))
    assert chain.next_address == ""
    assert (made(chain.fetch()).pages, made(chain.fetch()).incomplete) == (MAX_PAGES, True)


def test_pages_come_one_by_one_where_the_whole_page_brings_nothing() -> None:
    whole = f"{URL}?page=all"
    chain = began(a_page(1, whole=whole))
    assert chain.next_address == whole
    same = dataclasses.replace(a_page(1), url=whole)
    assert came(chain, same).next_address == address(2)
    assert chain.without(whole).next_address == address(2)
