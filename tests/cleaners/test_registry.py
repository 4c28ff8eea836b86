import pytest

from cleaners import Layout, Platform, Site
from cleaners.page import open_page
from cleaners.registry import claim, host_of, platform_of, platforms, site_for, sites, source_of
from tests.cleaners.pages import page

LAYOUTS = (Layout(body="p"),)


def test_subdomain_belongs_to_the_site() -> None:
    [domain, *_] = sites()[0].domains
    assert site_for(f"https://m.{domain}/a") is sites()[0]
    assert site_for(f"https://www.{domain}/a") is sites()[0]


def test_host_that_only_ends_like_a_domain_is_another() -> None:
    [domain, *_] = sites()[0].domains
    assert site_for(f"https://not{domain}/a") is None


@pytest.mark.parametrize("url", ["", "mailto:a@b", "http://[broken/a", "https://example.org/a"])
def test_url_of_no_site_has_none(url: str) -> None:
    assert site_for(url) is None


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.Example.org/a", "example-org"),
        ("http://127.0.0.1:8471/a", "127-0-0-1-8471"),
        ("http://example.org:99999/a", "example-org"),
        ("", "unknown"),
    ],
)
def test_source_is_the_host_with_hyphens(url: str, source: str) -> None:
    assert source_of(url) == source


def test_source_of_a_site_is_its_name() -> None:
    assert source_of(f"https://{sites()[0].domains[0]}/a") == sites()[0].name


def test_broken_address_has_no_host() -> None:
    assert host_of("http://[broken") == ""


def test_two_sites_may_not_claim_one_domain() -> None:
    one = Site(name="one", domains=("x.org",), layouts=LAYOUTS)
    two = Site(name="two", domains=("x.org",), layouts=LAYOUTS)
    with pytest.raises(ValueError, match=r"x\.org is claimed by one and two"):
        claim((one, two))


def test_page_without_a_mark_is_of_no_platform() -> None:
    assert platform_of(open_page(page("<p>x</p>"), "u")) is None


def test_names_are_unique() -> None:
    names = [rules.name for rules in (*sites(), *platforms())]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("field", ["body", "lead", "title", "author", "date"])
def test_malformed_selector_fails_on_declaration(field: str) -> None:
    with pytest.raises(Exception, match="malformed selector"):
        Layout(**{"body": "p", field: "div["})  # type: ignore[arg-type]  # every value is a str


def test_malformed_pattern_fails_on_declaration() -> None:
    with pytest.raises(Exception, match="unterminated"):
        Platform(name="x", mark="p", layouts=LAYOUTS, drop_lines=("(",))


def test_unknown_time_zone_fails_on_declaration() -> None:
    with pytest.raises(Exception, match="Mars"):
        Site(name="x", domains=(), layouts=LAYOUTS, timezone="Mars/Olympus")
