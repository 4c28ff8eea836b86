import subprocess
import sys

import pytest

import cleaners

LOOK = """
import sys
import cleaners
import crawler.spiders.news

heavy = {"lightgbm", "trafilatura"}
assert not heavy & sys.modules.keys(), "the process of a crawl loads them"
cleaners.warm_up()
assert "trafilatura" in sys.modules

from cleaners.language import identifier
from cleaners.scorer import booster
from trafilatura import external
from tests.cleaners.pages import URL, article

assert booster.cache_info().currsize == 1
assert not identifier.cache_info().currsize, "few pages need it"
assert not external.JT_STOPLIST, "few pages need them"
before = set(sys.modules)
cleaners.clean(article(), URL)
assert set(sys.modules) == before, sorted(set(sys.modules) - before)
"""


def test_first_page_after_warming_up_loads_nothing_more() -> None:
    ended = subprocess.run(  # noqa: S603  # the text above
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_package_has_every_name_that_it_lists_and_no_other() -> None:
    assert all(callable(getattr(cleaners, name)) for name in cleaners.__all__)
    with pytest.raises(AttributeError, match="no attribute 'cleen'"):
        _ = cleaners.cleen  # type: ignore[attr-defined]
