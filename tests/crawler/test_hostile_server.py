"""Crawls of the hostile server: some behaviours of each kind; all of them: `make hostile`."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.hostile_behaviour import Behaviour, page
from evaluation.hostile_crawl import ALL, run
from evaluation.hostile_judge import Verdict, harm_in, trouble_in
from evaluation.hostile_run import Ended
from evaluation.hostile_server import HostileServer

CHOSEN = (
    *("pdf-as-html", "json-as-html", "rss-as-html", "svg-as-html", "noise-as-html"),
    *("page-as-octets", "page-as-no-type", "page-as-json", "page-as-download"),
    *("gzip-cut", "raw-deflate-page", "br-cut", "zstd-cut", "gzip-twice", "br-cut-in-gzip"),
    *("gzip-bomb", "nested-bomb", "gzip-ten-times", "gzip-members"),
    *("length-too-long", "length-too-short", "length-in-characters", "no-length", "no-length-cut"),
    *("html-cut", "html-without-end", "whole-at-second", "part-of-page", "endless-page"),
    *("chunks-cut", "chunks-endless", "status-999", "early-hints", "retry-after-huge"),
    *("resets", "resets-in-body", "two-answers", "speaks-ssh", "chunk-is-huge"),
    *("headers-10000", "header-of-1-mb", "headers-endless", "continues-endless"),
    *("header-of-20-kb", "header-with-nul", "bare-line-feeds"),
    *("redirect-to-itself", "redirect-to-octal", "redirect-to-six-mapped", "redirect-to-percents"),
    *("redirect-to-name", "redirect-to-name-of-metadata", "redirect-to-file"),
    *("redirect-to-other-port", "redirect-to-user-trick", "redirect-to-open-bracket"),
    *("redirect-circle", "redirect-to-self", "redirect-5", "redirect-to-login", "refresh-inside"),
    *("latin-lie-umlaut", "utf8-lie-cyrillic", "rot13", "utf16-bare-cyrillic", "utf7-meta"),
    *("title-slashes", "title-nul", "title-long", "title-line-ends", "title-yaml"),
    *("log-in-status", "log-in-location", "log-in-canonical", "log-in-page"),
    *("robots-500", "robots-403", "robots-html", "robots-endless", "robots-endless-closed"),
    *("robots-circle", "robots-inside-name", "robots-stars", "robots-delay-nan", "robots-cut"),
    *("feed-laughs", "feed-file-entity", "feed-inside", "feed-moved-inside", "feed-titles"),
    *("sitemap-laughs", "sitemap-network-entity", "sitemap-itself", "sitemap-inside"),
    "site-resetting",
)
"""None of them waits for a time to run out."""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    chosen = [one for one in ALL if one.name in CHOSEN]
    made = run(chosen, tmp_path_factory.mktemp("hostile"))
    return {one.behaviour.name: one for one in made}


@pytest.mark.parametrize("name", CHOSEN)
def test_hostile_behaviour_is_survived_and_its_property_holds(
    name: str, verdicts: dict[str, Verdict]
) -> None:
    assert verdicts[name].right, verdicts[name].end


def test_behaviours_are_many_and_bear_names_of_their_own() -> None:
    assert len({one.name for one in ALL}) == len(ALL) >= 120


def ended(folder: Path) -> Ended:
    return Ended(
        folder=folder, code=0, seconds=1.0, peak=100.0, log="", told={}, healthy=("http://x/a-1",)
    )


def test_crawl_that_loses_a_healthy_page_has_not_survived(tmp_path: Path) -> None:
    whole = {"http://x/a-1": page("a-1").decode()}
    half = {"http://x/a-1": page("a-1").decode()[:1500]}
    assert trouble_in(ended(tmp_path), whole) == ""
    assert trouble_in(ended(tmp_path), half).startswith("lost 1 healthy pages")
    assert trouble_in(replace(ended(tmp_path), code=None), whole).startswith("had to be killed")
    assert trouble_in(replace(ended(tmp_path), code=1), whole) == "exit code 1"
    assert trouble_in(replace(ended(tmp_path), peak=2000.0), whole) == "2000 MB"


@pytest.mark.parametrize(
    "log",
    ["2026-01-01 00:00:00 CRITICAL: forged by the server", "x", "    \x1b[2J", "    root:x:0:0"],
)
def test_line_that_a_server_wrote_into_the_log_is_seen(log: str, tmp_path: Path) -> None:
    assert harm_in(replace(ended(tmp_path), log=log), HostileServer(()))


def test_request_inside_is_seen(tmp_path: Path) -> None:
    server = HostileServer(())
    server.asked["inside", "/secret"] += 1
    assert harm_in(ended(tmp_path), server) == "asked a server inside for /secret"


def test_behaviour_on_a_port_of_its_own_counts_all_requests_there() -> None:
    [behaviour] = [one for one in ALL if one.name == "resets"]
    server = HostileServer((behaviour,))
    server.asked.update({("resets", "/robots.txt"): 1, ("resets", "/article/resets"): 2})
    assert server.requests(behaviour) == 3
    assert isinstance(behaviour, Behaviour)
