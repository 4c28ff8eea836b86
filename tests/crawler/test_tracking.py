import pytest

from crawler.discovery.addresses import clean_address
from crawler.identity import normal
from crawler.tracking import without_tracking

TAGGED = "https://ex.com/a?id=3&wbraid=x&at_medium=y&_hsenc&tab=2"
BARE = "https://ex.com/a?id=3&tab=2"


def test_what_tells_of_a_visit_goes_and_the_rest_stays_in_order() -> None:
    assert without_tracking("b=2&utm_source=rss&&a=1&fbclid&a=2") == "b=2&a=1&a=2"


@pytest.mark.parametrize("query", ["", "id=3", "fbclidx=1", "q=utm_source"])
def test_other_parameters_stay(query: str) -> None:
    assert without_tracking(query) == query


def test_links_and_identities_lose_the_same_parameters() -> None:
    assert clean_address(TAGGED) == normal(TAGGED) == BARE
