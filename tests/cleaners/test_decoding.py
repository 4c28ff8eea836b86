import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import NoContentError, NotHtmlError, PageTooLargeError
from cleaners.decoding import MAX_PAGE, decode, transcode, web_codec

URL = "https://example.org/a"


def test_byte_order_mark_wins_over_the_declaration() -> None:
    page = "<meta charset=latin-1>Größe".encode("utf-8-sig")
    assert decode(page, URL).endswith("Größe")


def test_utf16_page_is_read_by_its_mark() -> None:
    assert decode("<p>žlutý".encode("utf-16"), URL) == "<p>žlutý"


def test_utf8_page_that_claims_latin1_is_utf8() -> None:
    page = "<meta charset='iso-8859-1'><p>Žižkov café".encode()
    assert "Žižkov café" in decode(page, URL)


def test_one_stray_byte_does_not_garble_a_utf8_page() -> None:
    page = ("<p>naïve café – élan " * 10).encode() + b"\xe9 end"
    assert "naïve café – élan" in decode(page, URL)


def test_declared_latin1_is_read_as_browsers_read_it() -> None:
    page = b"<meta charset=iso-8859-1><p>\x93quoted\x94 caf\xe9"
    assert "“quoted” café" in decode(page, URL)


def test_undeclared_cyrillic_is_detected() -> None:
    text = "Вчера вечером в городе открыли новый мост через реку, сообщили власти. " * 20
    assert text in decode(text.encode("cp1251"), URL)


def test_a_declared_lie_is_not_believed() -> None:
    text = "Вчера вечером в городе открыли новый мост через реку, сообщили власти. " * 20
    page = b"<meta charset=shift_jis>" + text.encode("cp1251")
    assert "мост через реку" in decode(page, URL)


@pytest.mark.parametrize("label", ["rot13", "zlib_codec", "unicode_escape", "no-such-codec"])
def test_codec_that_no_page_may_name_is_refused(label: str) -> None:
    assert web_codec(label) == ""


@pytest.mark.parametrize(
    "page", [b"%PDF-1.7 ...", b"\x89PNG\r\n", b"PK\x03\x04abc", bytes(range(32)) * 40]
)
def test_binary_data_is_named(page: bytes) -> None:
    with pytest.raises(NotHtmlError, match=URL):
        decode(page, URL)


@pytest.mark.parametrize("page", [b"", b" \n\t "])
def test_empty_page_is_named(page: bytes) -> None:
    with pytest.raises(NoContentError, match=URL):
        decode(page, URL)


def test_page_over_the_limit_is_named() -> None:
    with pytest.raises(PageTooLargeError, match=str(MAX_PAGE)):
        decode(b"x" * (MAX_PAGE + 1), URL)


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    assert decode(f"<p>{text}</p>".encode(), URL) == f"<p>{text}</p>"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_parser_gets_the_text_in_utf8(codec: str) -> None:
    text, utf8 = transcode("<meta charset=cp1252><p>café".encode(codec), URL)
    assert utf8.decode() == text == "<meta charset=cp1252><p>café"
