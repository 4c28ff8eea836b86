import pytest

from cleaners.rules import read_rules
from evaluation.rule_keys import keys_of


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("read more", ()),
        ("read more: .+", ("^read more:",)),
        ("fotos? ?: .+", ("^foto :", "^foto:", "^fotos :", "^fotos:")),
        (r"\d+ (?:shares?|views)", ("^0…share", "^0…views")),
        (r"by [A-Z]\w+", ("^by",)),
        ("an? .+ commission", ("^a…commission",)),
        (".*privacy policy.*", ("privacy policy",)),
        ("(?!no).{1,9} (?:reuters|dpa)", ("dpa", "reuters")),
        ("[*•–].{0,80}", ("^*", "^–", "^•")),
        ("[a-z]+", ("*",)),
        ("写真[:：].+", ("^写真:", "^写真：")),
    ],
)
def test_keys_stand_in_every_line_of_a_pattern(pattern: str, keys: tuple[str, ...]) -> None:
    assert keys_of("line", pattern) == keys


def test_promo_is_known_by_how_it_starts() -> None:
    assert keys_of("inline", "ALSO READ ?[:–] ?.{8,200}") == ("ALSO READ",)


def test_many_keys_are_shortened() -> None:
    pattern = "follow (?:us|me|him|her) (?:on|at) (?:rivergram|quaybook)"
    assert keys_of("line", pattern) == ("^follow",)


def test_bracket_before_a_word_stays_where_keys_are_shortened() -> None:
    pattern = r"\(?(?:ferry|harbour) (?:of|from|at|by|off|near|under) (?:rivergram|quaybook)"
    assert keys_of("line", pattern) == ("^(ferry", "^(harbour", "^ferry", "^harbour")


def test_pattern_that_cannot_be_spelt_out_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot spell out"):
        keys_of("line", "(?P<name>boat)+")


def test_every_rule_of_the_data_file_has_the_keys_of_its_pattern() -> None:
    stale = [r.pattern for r in read_rules() if r.keys != keys_of(r.kind, r.pattern)]
    assert stale == [], "run python -m evaluation.count_rules"


def test_no_rule_for_lines_is_tried_on_every_line() -> None:
    assert [r.pattern for r in read_rules() if "*" in r.keys and r.kind != "end"] == []
