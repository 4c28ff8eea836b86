from hypothesis import given
from hypothesis import strategies as st

from cleaners.fingerprint import (
    mark,
    words,
)
from tests.cleaners.pages import PROSE


def test_text_without_spaces_is_split_into_characters() -> None:
    assert words("桥今天开通。The END") == ["桥", "今", "天", "开", "通", "the", "end"]


@given(text=st.text())
def test_words_are_the_same_beside_other_scripts(text: str) -> None:
    thai = "\u0e01"
    assert words(f"{text} {thai}") == [*words(text), thai]


def test_vowel_signs_stay_inside_their_word() -> None:
    assert words("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


def test_fingerprint_has_64_bits() -> None:
    assert 0 <= mark(PROSE[0]).fingerprint < 1 << 64


def test_fingerprint_stays_what_it_was() -> None:
    # a state keeps it for years
    assert mark("The tram to the harbour runs again.").fingerprint == 0x42934257D3940A2F


def test_mark_counts_words() -> None:
    assert [mark(text).words for text in ("", "!", "one", "One, two", "桥今天 x")] == [
        0,
        0,
        1,
        2,
        4,
    ]
