import gzip
from pathlib import Path

import pytest

from cleaners import NotHtmlError, PageTooLargeError
from crawler.cleaning import pages
from crawler.cleaning.pages import OtherLanguageError, PageFile, RawPage, clean_raw, read_bytes
from tests.golden import FIXTURES

PAGE = (FIXTURES / "generic" / "plain-article.html").read_bytes()
URL = "https://bugle.example/2025/05/12/tram-line-four-returns.html"
CYRILLIC = """<html><head><title>Трамвай снова ходит</title></head><body><article>
<h1>Трамвай снова ходит</h1>
<p>Трамвай снова ходит вдоль набережной после двух лет ремонта, сообщил городской совет.</p>
<p>Вагоны стали длиннее и ходят каждые девять минут, а днём ещё реже, чем прежде.</p>
<p>Первый рейс прошёл без опозданий, хотя дождь лил с самого раннего утра до обеда.</p>
</article></body></html>"""


def raw(body: bytes = PAGE, *, url: str = "", content_type: str = "") -> RawPage:
    return RawPage(name="page.html", body=body, url=url, content_type=content_type)


def test_page_without_address_is_cleaned_under_the_one_it_states() -> None:
    assert clean_raw(raw()).url == URL


def test_page_that_states_no_address_is_cleaned_without_one() -> None:
    assert clean_raw(raw((FIXTURES / "generic" / "bare-text.html").read_bytes())).url == ""


def test_given_address_beats_the_stated_one() -> None:
    assert clean_raw(raw(url="https://mirror.example/a")).url == "https://mirror.example/a"


def test_charset_of_the_header_is_used_where_the_page_declares_none() -> None:
    page = raw(CYRILLIC.encode("koi8-r"), content_type="text/html; charset=koi8-r")
    assert clean_raw(page).title == "Трамвай снова ходит"


def test_charset_of_the_header_may_be_quoted_and_followed_by_more() -> None:
    page = raw(CYRILLIC.encode("cp1251"), content_type='text/html; Charset="windows-1251"; v=1')
    assert clean_raw(page).title == "Трамвай снова ходит"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_utf_8_and_byte_order_marks_beat_the_header(codec: str) -> None:
    page = raw(CYRILLIC.encode(codec), content_type="text/html; charset=windows-1251")
    assert clean_raw(page).title == "Трамвай снова ходит"


def test_unknown_charset_of_the_header_is_not_used() -> None:
    assert clean_raw(raw(content_type="text/html; charset=klingon")).url == URL


@pytest.mark.parametrize("kind", ["application/pdf", "image/png; charset=utf-8"])
def test_type_that_is_no_page_is_refused_by_name(kind: str) -> None:
    with pytest.raises(NotHtmlError, match=r"page\.html"):
        clean_raw(raw(content_type=kind))


def test_page_called_plain_text_by_its_server_is_a_page_all_the_same() -> None:
    assert clean_raw(raw(content_type="text/plain")).title == "Tram Line Four Returns to the Quay"


DUMP = """Tram Line Four Returns to the Quay

Trams run along the Marlow quay again from Monday, after a burst main washed out the track bed.

The city replaced the rail and raised the drains by half a metre, said the transport board.

Night trams follow in the autumn, if enough drivers are found to take them to the customs house.
"""


@pytest.mark.parametrize(
    "page",
    [
        RawPage(name="a", body=DUMP.encode(), content_type="text/plain"),
        RawPage(name="a", body=DUMP.encode(), is_dump=True),
        RawPage(name="a", body=DUMP.encode("cp1252"), content_type="text/plain; charset=latin-1"),
    ],
)
def test_text_without_tags_is_cleaned_as_a_dump(page: RawPage) -> None:
    assert "raised the drains by half a metre" in clean_raw(page).text


def test_binary_data_is_refused_whatever_charset_the_header_claims() -> None:
    with pytest.raises(NotHtmlError):
        clean_raw(raw(b"%PDF-1.7\xff\xfe\x80", content_type="text/html; charset=koi8-r"))


def test_page_in_another_language_is_refused_by_name() -> None:
    with pytest.raises(OtherLanguageError, match="language is en, not de"):
        clean_raw(raw(), language="de")


def test_page_in_the_wanted_language_is_kept() -> None:
    assert clean_raw(raw(), language="en").language == "en"


def test_page_that_states_no_language_has_that_of_its_text() -> None:
    assert clean_raw(raw(CYRILLIC.encode()), language="ru").language == "ru"
    with pytest.raises(OtherLanguageError, match="language is ru, not de"):
        clean_raw(raw(CYRILLIC.encode()), language="de")


def test_gzipped_file_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(PAGE))
    assert PageFile(name="page.html.gz", path=path).read().body == PAGE


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(PAGE, mtime=0)[:200]])
def test_damaged_gzip_file_is_an_error_of_reading(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(body)
    with pytest.raises(OSError, match="gzip"):
        read_bytes(path)


def test_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_FILE", 10)
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    with pytest.raises(PageTooLargeError, match=r"page\.html"):
        read_bytes(path)
