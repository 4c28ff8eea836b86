import subprocess
import sys

LOOK = """
import sys
import cleaners
from cleaners.language import identifier
from cleaners.scorer import booster
from tests.cleaners.pages import URL, article

heavy = {"lightgbm", "trafilatura"}
assert not heavy & sys.modules.keys(), "an import of the package loads them"
cleaners.warm_up()
assert heavy <= sys.modules.keys()
assert identifier.cache_info().currsize == booster.cache_info().currsize == 1
before = set(sys.modules)
cleaners.clean(article(), URL)
assert set(sys.modules) == before, sorted(set(sys.modules) - before)
"""


def test_first_page_after_warming_up_loads_nothing_more() -> None:
    ended = subprocess.run(  # noqa: S603  # the text above
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
