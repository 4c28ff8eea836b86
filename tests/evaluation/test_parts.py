import pytest

from cleaners import clean, generic
from evaluation.parts import PARTS, STAGES, Part, found, replaced, switched_off
from tests.cleaners.pages import URL, article

PLACES = {place for part in PARTS for place in part.switches} | {
    place for stage in STAGES for place in stage.places
}
REPEATED = article("<p>Morning boat to leave later</p>")


@pytest.mark.parametrize("place", sorted(PLACES))
def test_place_is_in_the_cleaners(place: str) -> None:
    found(place)


def test_place_that_is_gone_is_named() -> None:
    with pytest.raises(AttributeError, match=r"cleaners\.generic:absent, which is gone"):
        found("cleaners.generic:absent")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_page_is_cleaned_without_the_part(part: Part) -> None:
    with switched_off([part.name]):
        assert "cargo boat" in clean(article(), URL).text


def test_line_rules_do_nothing_while_they_are_off() -> None:
    text = clean(REPEATED, URL).text
    with switched_off(["line rules"]):
        assert len(clean(REPEATED, URL).text) > len(text)


def test_part_is_on_again_afterwards() -> None:
    before = generic.DOUBT
    with replaced({"cleaners.generic:DOUBT": 2.0}):
        assert generic.DOUBT == 2.0
    assert before == generic.DOUBT
