from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
from scrapy.resolver import dnscache
from scrapy.utils.test import get_crawler
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.resolver import PublicResolver, proxies

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase

NAME = "rebound.example"
REACTOR = cast("ReactorBase", object())  # what is in the cache needs no reactor


@pytest.fixture(autouse=True)
def no_names() -> Iterator[None]:
    yield
    dnscache.clear()


def resolver(allowed: str = "") -> PublicResolver:
    crawler = get_crawler(settings_dict={"ALLOW_INTERNAL": allowed})
    return PublicResolver.from_crawler(crawler, REACTOR)


def look_up(made: PublicResolver, name: str = NAME) -> object:
    found: list[object] = []
    made.getHostByName(name).addBoth(found.append)
    return found[0].value if isinstance(found[0], Failure) else found[0]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "0.0.0.0"),  # noqa: S104
        *("::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1", "ff02::1"),
    ],
)
def test_internal_answer_is_refused_with_its_reason(address: str) -> None:
    made = resolver()
    dnscache[NAME] = address
    error = look_up(made)
    assert isinstance(error, DNSLookupError)
    assert str(error).endswith(f"{NAME} is {address}, an internal address.")
    assert made.refused == {NAME: address}


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_answer_of_the_internet_is_given_out(address: str) -> None:
    made = resolver()
    dnscache[NAME] = address
    assert look_up(made) == address
    assert not made.refused


def test_host_that_may_be_reached_is_given_out_and_no_other() -> None:
    made = resolver(allowed=f"{NAME}:8000")
    dnscache.update({NAME: "10.0.0.1", "other.example": "10.0.0.1"})
    assert look_up(made) == "10.0.0.1"
    assert isinstance(look_up(made, "other.example"), DNSLookupError)


def test_proxy_is_the_choice_of_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("https_proxy", "other.example:3128")
    assert {"proxy.example", "other.example"} <= proxies()


def test_resolver_without_a_cache_is_made() -> None:
    crawler = get_crawler(settings_dict={"DNSCACHE_ENABLED": False, "DNS_TIMEOUT": 3})
    assert PublicResolver.from_crawler(crawler, REACTOR).timeout == 3
