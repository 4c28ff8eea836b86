"""A site rebuilt with today's rules is what a fresh crawl of the same bytes gives."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.crawler.rebuilding import LOGIN, Came, Corpus, Rules, an, corpus, text

__all__ = ["corpus"]

NAMES = ("ferry", "mill", "m/ferry")
OUTCOMES: tuple[Rules, ...] = (
    LOGIN,
    an("ferry"),
    an("ferry", text=text("ferry", 10)),
    an("mill"),
    an("mill", title="The Old Mill"),
    an("mill", published=""),
    an("quay", canonical_url="https://example.org/ferry"),
    an("ferry", canonical_url="https://example.org/ferry", published="2024-02-03"),
)


@st.composite
def crawls(draw: st.DrawFn) -> list[Came]:
    outcomes = st.sampled_from(OUTCOMES)
    count = draw(st.integers(1, 6))
    return [
        Came(
            name=draw(st.sampled_from(NAMES)),
            old=draw(outcomes),
            new=draw(outcomes),
            hour=number,
        )
        for number in range(count)
    ]


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller example takes minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pages=crawls())
def test_rebuilt_site_is_what_a_fresh_crawl_gives(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory, pages: Sequence[Came]
) -> None:
    rebuilt = Corpus(tmp_path_factory.mktemp("rebuilt"))
    rebuilt.crawl(pages, "old")
    rebuilt.rebuild("new")
    fresh = Corpus(tmp_path_factory.mktemp("fresh"))
    fresh.crawl(pages, "new")
    assert rebuilt.files() == fresh.files()
    assert rebuilt.index() == fresh.index()
    assert rebuilt.state().articles == fresh.state().articles
    assert rebuilt.state().ends == fresh.state().ends
    assert rebuilt.state().aliases >= fresh.state().aliases
    assert_unchanged(rebuilt)


def assert_unchanged(site: Corpus) -> None:
    before = site.tree(), site.state()
    site.rebuild("new")
    assert (site.tree(), site.state()) == before
