import io
from collections.abc import Iterator

import pytest

from cleaners import Article
from crawler.cleaning.batch import Outcome
from crawler.cleaning.pages import RawPage, Refusal
from crawler.cleaning.progress import Tally, watch
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


def test_bar_is_drawn_on_a_terminal() -> None:
    stream = Terminal()
    list(watch([CLEANED, CLEANED], 2, stream))
    assert "2/2" in stream.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_outcomes_pass_through(stream: io.StringIO) -> None:
    assert list(watch([CLEANED, refused("A")], 2, stream)) == [CLEANED, refused("A")]
