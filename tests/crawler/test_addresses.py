import datetime as dt

import pytest

from crawler.addresses import is_internal
from crawler.discovery.addresses import clean_address, day_in, is_on, registered_domain

INSIDE = (
    *("127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0", "100.64.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0", "224.0.0.1"),
    *("fec0::1", "64:ff9b:1::1", "5f00::1", "::7f00:1", "::ffff:0:10.0.0.1", "fd00::1", "ff02::1"),
    *("2001:0:0:0:0:0:80ff:fffe", "169.254.169.254", "192.0.2.1", "192.88.99.1", "255.255.255.255"),
    *("１２７.０.０.１", "127。0。0。1", "%31%32%37.0.0.1", "127.0.0.1.", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"),
    *("local\u00adhost", "intranet-server", "", "printer.local", "metadata.internal"),
)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("/a/b?id=3&utm_source=x&fbclid=y#top", "https://www.ex.com/a/b?id=3"),
        ("//cdn.ex.com/z", "https://cdn.ex.com/z"),
        ("HTTP://Ex.com/a b", "http://ex.com/a%20b"),
        ("?page=2", "https://www.ex.com/news/?page=2"),
        ("?a=1&a=2&_ga=9", "https://www.ex.com/news/?a=1&a=2"),
        (" \nx\t", "https://www.ex.com/news/x"),
        ("/a?PHPSESSID=0f3a&id=3&sessionid=9", "https://www.ex.com/a?id=3"),
        ("/a;jsessionid=0F3A.node1?id=3", "https://www.ex.com/a?id=3"),
    ],
)
def test_address_is_absolute_without_fragment_and_tracking(found: str, expected: str) -> None:
    assert clean_address(found, "https://www.ex.com/news/") == expected


@pytest.mark.parametrize(
    "found",
    [
        "javascript:void(0)",
        "mailto:a@ex.com",
        "ftp://ex.com/a",
        "http://[::1",
        "http://ex.com:99999/",
        "http://ex.com:0/",
        "http://me:secret@ex.com/",
        "http://",
        "/a/b" * 5,
        "/" + "/".join(map(str, range(30))),
        "/" + "x" * 3000,
    ],
)
def test_what_is_no_page_or_a_trap_has_no_address(found: str) -> None:
    assert clean_address(found, "https://ex.com/") == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2025/11/03/bridge", dt.date(2025, 11, 3)),
        ("/2025-11-3-bridge", dt.date(2025, 11, 3)),
        ("/world/202104061082554961-x/", dt.date(2021, 4, 6)),
        ("/1234520251103", None),
        ("/20251399/20251103", dt.date(2025, 11, 3)),
        ("/2025/11/bridge", None),
        ("/bridge", None),
    ],
)
def test_day_is_read_out_of_the_path(path: str, expected: dt.date | None) -> None:
    assert day_in(f"https://ex.com{path}") == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("paper.blogspot.com", "paper.blogspot.com"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_registered_domain_is_what_one_can_buy(host: str, expected: str) -> None:
    assert registered_domain(host) == expected


def test_subdomain_is_on_the_domain_and_a_longer_name_is_not() -> None:
    assert is_on("https://news.ex.com/a", ["ex.com"])
    assert not is_on("https://notex.com/a", ["ex.com"])
    assert is_on("https://any.org/", [])


@pytest.mark.parametrize("host", ["localhost", "a.localhost.", "router.lan", "[::1]", *INSIDE])
def test_internal_address_is_seen_in_every_notation(host: str) -> None:
    assert is_internal(host)


@pytest.mark.parametrize(
    "host",
    [
        "8.8.8.8",
        "2001:4860:4860::8888",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "ex.com",
        "bücher.example",
    ],
)
def test_address_of_the_internet_is_not_internal(host: str) -> None:
    assert not is_internal(host)
