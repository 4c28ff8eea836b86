import pytest

from cleaners.decoding import encoded
from cleaners.mojibake import MAX_TEXT, mended


def twice(text: str, codec: str) -> str:
    return text.encode("utf-8").decode(codec)


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
@pytest.mark.parametrize(
    "text",
    ["“The boat’s late” – again…", "Für die Fähre", "Le bac a été réparé", "5 °C, £3 and café"],
)
def test_what_was_encoded_twice_is_read(text: str, codec: str) -> None:
    broken = "".join(
        twice(sign, codec if codec == "latin-1" or sign not in "”à" else "latin-1") for sign in text
    )
    found = mended(encoded(f"<p>{broken}</p>"))
    assert found.text == f"<p>{text}</p>"
    assert found.utf8.decode() == found.text


def test_page_that_would_take_seconds_is_left() -> None:
    page = encoded("FÃ¼r " * (MAX_TEXT // 4))
    assert mended(page) == page


@pytest.mark.parametrize(
    "text",
    [
        "A page’s apostrophe – “â€™” – was encoded twice.",
        "SÃO PAULO: “AMANHÔ, DIZ A IRMÃ»",
        "L’Âge d’or : « Bonjour »",
        "ÂM NHẠC VÀ CÂU CHUYỆN",
        "Plain ASCII.",
    ],
)
def test_other_text_stays(text: str) -> None:
    page = encoded(text)
    assert mended(page) == page
