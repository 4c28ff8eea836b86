"""Find the rules for a page: by its host, or by a platform's mark in its markup."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaners import platforms as platform_modules
from cleaners import sites as site_modules
from cleaners.site import Platform, Site
from cleaners.tree import select

if TYPE_CHECKING:
    from cleaners.page import Page


def site_for(url: str) -> Site | None:
    """Return the site that claims the host of *url*; None where no site does."""
    labels = host_of(url).split(".")
    suffixes = (".".join(labels[start:]) for start in range(len(labels)))
    return next((by_domain()[suffix] for suffix in suffixes if suffix in by_domain()), None)


def platform_of(page: "Page") -> Platform | None:
    """Return the platform whose mark *page* carries; None where there is none.

    To search the tree costs half a parse, for one mark as for all: they are looked for at once.
    """
    if not select(all_marks())(page.root):
        return None
    return next((platform for platform in platforms() if select(platform.mark)(page.root)), None)


@cache
def all_marks() -> str:
    """Return the selector that finds the mark of any platform."""
    return ", ".join(platform.mark for platform in platforms())


def source_of(url: str) -> str:
    """Return the publisher's name in file names: the site's, else the host with hyphens."""
    site = site_for(url)
    if site is not None:
        return site.name
    try:
        port = urlsplit(url).port
    except ValueError:
        port = None
    host = host_of(url) + (f"-{port}" if port else "")
    return "".join(letter if letter.isalnum() else "-" for letter in host).strip("-") or "unknown"


def host_of(url: str) -> str:
    """Return the lower-case host of *url* without ``www.``; empty where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


@cache
def sites() -> tuple[Site, ...]:
    """Return every site, by module name."""
    return tuple(module.SITE for module in modules_of(site_modules))


@cache
def platforms() -> tuple[Platform, ...]:
    """Return every platform, by module name."""
    return tuple(module.PLATFORM for module in modules_of(platform_modules))


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Import every module of *package*, by name."""
    names = sorted(module.name for module in iter_modules(package.__path__, f"{package.__name__}."))
    return [import_module(name) for name in names]


@cache
def by_domain() -> Mapping[str, Site]:
    """Map every claimed domain to its site.

    Raises:
        ValueError: two sites claim one domain.
    """
    return claim(sites())


def claim(claimants: tuple[Site, ...]) -> dict[str, Site]:
    """Map the domains of *claimants*.

    Raises:
        ValueError: two of them claim one domain.
    """
    domains: dict[str, Site] = {}
    for site in claimants:
        for domain in site.domains:
            if domain in domains:
                raise ValueError(f"{domain} is claimed by {domains[domain].name} and {site.name}")
            domains[domain] = site
    return domains


def registered(host: str) -> str:
    """Return about the domain that is registered: two labels, three where the last are short."""
    labels = host.lower().removeprefix("www.").split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2  # noqa: PLR2004 - as in co.uk
    return ".".join(labels[-3:] if short else labels[-2:])
