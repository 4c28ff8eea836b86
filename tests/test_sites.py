"""Every site is complete: fixtures that show each rule, a spider, and nothing but data."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from scrapy import Spider
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

import cleaners.platforms
import cleaners.sites
from cleaners import Decision, Layout, Platform, Site, clean
from cleaners.page import open_page
from cleaners.registry import platforms, sites
from cleaners.tree import Node, select
from tests.golden import GOLDENS, Golden

RULES: tuple[Site | Platform, ...] = (*sites(), *platforms())
WITHOUT_SITE = {"news", "urls"}  # spiders for pages of any publisher

MODULES = [
    path
    for package in (cleaners.sites, cleaners.platforms)
    for folder in package.__path__
    for path in sorted(Path(folder).glob("*.py"))
    if path.name != "__init__.py"
]


def selectors(layout: Layout) -> Iterator[str]:
    yield from filter(None, (layout.body, layout.lead, layout.title, layout.author, layout.date))
    yield from filter(None, (layout.next_page,))
    yield from (*layout.drop, *layout.captions)


def rule_values(rules: Site | Platform, kind: str) -> tuple[str, ...]:
    if kind == "selector":
        return tuple(selector for layout in rules.layouts for selector in selectors(layout))
    patterns = {
        "drop_lines": rules.drop_lines,
        "cut_inline": rules.cut_inline,
        "cut_after": rules.cut_after,
    }
    return patterns[kind]


def named(kind: str) -> list[ParameterSet]:
    """Return the values of one kind with the rules they belong to, as test parameters."""
    return [
        pytest.param(rules, value, id=f"{rules.name}-{value}")
        for rules in RULES
        for value in dict.fromkeys(rule_values(rules, kind))
    ]


def goldens_of(rules: Site | Platform) -> list[Golden]:
    return [golden for golden in GOLDENS if golden.site == rules.name]


@cache
def root(golden: Golden) -> Node:
    return open_page(golden.body, golden.url).root


@cache
def decisions(golden: Golden) -> tuple[Decision, ...]:
    trace = clean(golden.body, golden.url, trace=True).trace
    return trace.decisions if trace else ()


def removed_by(rules: Site | Platform, rule: str) -> list[str]:
    return [
        " ".join(decision.text.split())
        for golden in goldens_of(rules)
        for decision in decisions(golden)
        if decision.rule == rule and not decision.kept
    ]


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.name)
def test_every_site_has_a_fixture(rules: Site | Platform) -> None:
    assert goldens_of(rules)


@pytest.mark.parametrize(("rules", "selector"), named("selector"))
def test_every_selector_matches_in_a_fixture(rules: Site | Platform, selector: str) -> None:
    assert any(select(selector)(root(golden)) for golden in goldens_of(rules))


@pytest.mark.parametrize(("rules", "pattern"), named("drop_lines"))
def test_every_dropped_line_is_shown_by_a_fixture(rules: Site | Platform, pattern: str) -> None:
    lines = removed_by(rules, f"line:{rules.name}")
    assert any(re.fullmatch(pattern, line) for line in lines)


@pytest.mark.parametrize(("rules", "pattern"), named("cut_inline"))
def test_every_inline_cut_is_shown_by_a_fixture(rules: Site | Platform, pattern: str) -> None:
    assert removed_by(rules, f"inline:{pattern}")


@pytest.mark.parametrize(("rules", "pattern"), named("cut_after"))
def test_every_end_of_the_text_is_shown_by_a_fixture(rules: Site | Platform, pattern: str) -> None:
    lines = removed_by(rules, f"end:{rules.name}")
    assert any(re.fullmatch(pattern, line) for line in lines)


@pytest.mark.parametrize("platform", platforms(), ids=lambda platform: platform.name)
def test_platform_is_marked_on_its_own_fixtures_alone(platform: Platform) -> None:
    marked = {golden.site for golden in GOLDENS if select(platform.mark)(root(golden))}
    assert marked - {site.name for site in sites()} == {platform.name}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_site_is_nothing_but_data(module: Path) -> None:
    code = ast.parse(module.read_text(encoding="utf-8"))
    doing = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If)
    assert not [node for node in ast.walk(code) if isinstance(node, doing)]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_site_is_called_like_its_module(module: Path) -> None:
    assert module.stem in {rules.name for rules in RULES}


@cache
def spiders() -> dict[str, type[Spider]]:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    loader = SpiderLoader.from_settings(settings)
    return {name: loader.load(name) for name in loader.list()}


def test_sites_and_spiders_go_together() -> None:
    assert spiders().keys() - WITHOUT_SITE == {site.name for site in sites()}


@pytest.mark.parametrize("site", sites(), ids=lambda site: site.name)
def test_spider_stays_on_the_domains_of_its_site(site: Site) -> None:
    domains = getattr(spiders()[site.name], "allowed_domains", None)
    assert domains
    assert set(domains) <= set(site.domains)
