import pytest

from cleaners.text import has_key, in_ascii, in_nfc, key, tidy, words_in


@pytest.mark.parametrize(
    "text",
    ["The Pier’s “new” boat – late…", "THE PIER'S «NEW» BOAT, LATE", "the pier s new boat late"],
)
def test_spellings_of_one_sentence_have_one_key(text: str) -> None:
    assert key(text) == "the pier s new boat late"


def test_letters_of_other_scripts_stay_in_the_key() -> None:
    assert key("Größe – ﬁnal") == "grösse final"


def test_key_is_known_by_its_first_letter() -> None:
    assert has_key("“Pier” closed!", "pier closed")
    assert not has_key("Boat closed", "pier closed")


def test_words_are_parted_by_signs_in_any_script() -> None:
    assert words_in("Two_boats, 3 piers—don’t") == ["two_boats", "3", "piers", "don", "t"]
    assert words_in("Öl—und Brot") == ["öl", "und", "brot"]


def test_text_with_letters_beyond_ascii_is_not_taken_as_ascii() -> None:
    assert in_ascii("a – b") == b"a ? b"
    assert in_ascii("à – b") == b""


def test_composed_letters_are_one() -> None:
    assert in_nfc("e\u0301") == "\u00e9"


@pytest.mark.parametrize("text", ["a  b", "a\tb", " a b ", "a\u00a0b", "a\u00ad b", "a b"])
def test_spaces_are_single_ones(text: str) -> None:
    assert tidy(text) == "a b"
