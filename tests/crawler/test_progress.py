import io
from collections.abc import Iterator

import pytest

from cleaners import Article
from crawler.cleaning.batch import Outcome
from crawler.cleaning.pages import RawPage, Refusal
from crawler.cleaning.progress import Extent, Tally, watch
from tests.crawler.terminal import Terminal

PAGE = RawPage(name="a", body=b"")
CLEANED: Outcome = (PAGE, Article(url="", source="", title="", text="x"))


def refused(reject: str) -> Outcome:
    return (PAGE, Refusal(name="a", reject=reject, why="why"))


def tally(*outcomes: Outcome) -> str:
    counted = Tally()
    for outcome in outcomes:
        counted.add(outcome)
    return str(counted)


def test_tally_names_the_reasons_the_most_frequent_first() -> None:
    said = tally(refused("B"), CLEANED, refused("A"), refused("A"))
    assert said == "1 cleaned, 3 refused (2 A, 1 B)"


def test_tally_without_refusals_names_none() -> None:
    assert tally(CLEANED, CLEANED) == "2 cleaned, 0 refused"


def clock(*readings: float) -> Iterator[float]:
    return iter(readings)


def test_line_is_written_once_a_minute() -> None:
    stream = io.StringIO()
    ticks = clock(0, 59, 60, 60, 61, 119)
    list(watch([CLEANED] * 4, 9, stream, clock=lambda: next(ticks)))
    assert stream.getvalue() == "2 of 9 pages\n"


def test_line_tells_the_share_of_bytes_where_nobody_knows_the_pages() -> None:
    stream = io.StringIO()
    ticks = clock(0, 60, 60, 120, 120)
    extent = Extent(size=200, position=lambda: 68)
    list(watch([CLEANED] * 2, extent, stream, clock=lambda: next(ticks)))
    assert stream.getvalue() == "1 pages, 34 %\n2 pages, 34 %\n"


def test_line_tells_the_pages_alone_where_nothing_is_known() -> None:
    assert Extent(size=None, position=lambda: 68).told(7) == "7 pages"


def test_bar_of_bytes_is_drawn_on_a_terminal() -> None:
    stream = Terminal()
    list(watch([CLEANED] * 2, Extent(size=4000, position=lambda: 2000), stream))
    assert "4.00k" in stream.getvalue()


def test_bar_is_drawn_on_a_terminal() -> None:
    stream = Terminal()
    list(watch([CLEANED, CLEANED], 2, stream))
    assert "2/2" in stream.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_outcomes_pass_through(stream: io.StringIO) -> None:
    assert list(watch([CLEANED, refused("A")], 2, stream)) == [CLEANED, refused("A")]
