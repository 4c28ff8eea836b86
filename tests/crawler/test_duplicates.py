import pytest

from cleaners.fingerprint import mark
from crawler.duplicates import is_near, is_similar
from crawler.state import Stored
from tests.crawler.storing import EDITED, OTHER, TEXT


def stored(text: str) -> Stored:
    found = mark(text)
    return Stored(
        id=1,
        source="a",
        canonical="a",
        url="a",
        path="a",
        fingerprint=found.fingerprint,
        words=found.words,
    )


def near(first: str, second: str) -> bool:
    return is_near(stored(first), *mark(second))


def test_text_with_other_marks_and_spaces_is_near() -> None:
    assert near(TEXT, TEXT.upper().replace(".", " !").replace("\n\n", "\n"))


def test_text_with_one_word_changed_is_near() -> None:
    assert near(TEXT, EDITED)


def test_other_text_is_not_near() -> None:
    assert not near(TEXT, OTHER)


def test_report_with_other_figures_is_not_near() -> None:
    report = "Gold rose by {0} points to {1} and silver fell by {2} to {3} at the close. " * 5
    assert not near(report.format(11, 22, 33, 44), report.format(55, 66, 77, 88))


def test_text_without_its_end_is_similar_but_not_near() -> None:
    start = " ".join(TEXT.split()[:-30])
    assert is_similar(stored(TEXT), *mark(start))
    assert not near(TEXT, start)


def test_other_text_is_not_similar() -> None:
    assert not is_similar(stored(TEXT), *mark(OTHER))


def test_text_of_another_length_is_not_near() -> None:
    once = stored(TEXT)
    assert not is_near(once, once.fingerprint, once.words * 2)


@pytest.mark.parametrize("text", ["", "one", "one two", "one two three"])
def test_short_text_is_near_only_to_itself(text: str) -> None:
    assert near(text, text)
    assert not near(text, "four five six")
