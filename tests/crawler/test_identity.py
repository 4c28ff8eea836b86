import pytest

from crawler.identity import identity, normal
from tests.crawler.storing import URL, an_article


def test_canonical_address_is_the_identity() -> None:
    article = an_article(f"{URL}?print=1", canonical_url=URL)
    assert identity(article) == URL


def test_relative_canonical_address_is_joined() -> None:
    article = an_article(f"{URL}?print=1", canonical_url="bridge-opens.html")
    assert identity(article) == URL


@pytest.mark.parametrize("front", ["https://example.org", "https://example.org/", "/"])
def test_front_page_is_nobodys_identity(front: str) -> None:
    assert identity(an_article(canonical_url=front)) == URL


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a",
        "HTTPS://Example.ORG:443/a",
        "http://example.org:80/a#comments",
        "https://example.org/a?utm_source=rss&fbclid=1",
    ],
)
def test_spellings_of_one_address_are_one(url: str) -> None:
    assert normal(url) == "https://example.org/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org:8443/a?id=7&page=2",
        "https://[::1]:8443/a",
        "https://example.org/A/",
        "mailto:desk@example.org",
        "https://[bad/a",
        "https://example.org:port/a",
        "",
    ],
)
def test_other_addresses_stay_as_they_are(url: str) -> None:
    assert normal(url) == url
