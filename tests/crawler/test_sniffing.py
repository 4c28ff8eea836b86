import pytest

from crawler.sniffing import SIGNATURES, bare_utf16, foreign

MARKUP = "<p>One paragraph of many</p>"
PAGES = (
    "<!doctype html><html><body>x</body></html>",
    "<html><body>x",
    "\n <p>x</p>",
    "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html><body>x</body></html>",
    "<!-- rss --><html><svg></svg></html>",
    "{% if x %}<p>a template</p>",
    "[Advertisement] <p>x</p>",
    "Plain words about a boat",
    "",
)
FOREIGN = {
    '{"html": "<p>x</p>"}': "JSON",
    ' [\n{"html": "<p>x</p>"}]': "JSON",
    "[1, 2]": "JSON",
    "{}": "JSON",
    f"<rss version='2.0'>{MARKUP}</rss>": "a feed",
    f"\ufeff<?xml version='1.0'?>\n<!-- by a plug-in --><feed>{MARKUP}</feed>": "a feed",
    f"<rdf:RDF>{MARKUP}</rdf:RDF>": "a feed",
    f"<urlset>{MARKUP}</urlset>": "a sitemap",
    f"<!DOCTYPE svg PUBLIC 'x' 'y'><svg>{MARKUP}</svg>": "an SVG",
    f"<!DOCTYPE rss [<!ENTITY x 'y'>]><rss>{MARKUP}</rss>": "a feed",
}


@pytest.mark.parametrize("page", PAGES)
def test_page_is_taken_for_one(page: str) -> None:
    assert foreign(page.encode()) == ""


@pytest.mark.parametrize(("text", "kind"), FOREIGN.items())
def test_text_of_another_kind_is_named_though_it_holds_markup(text: str, kind: str) -> None:
    assert foreign(text.encode()) == kind


@pytest.mark.parametrize(("signature", "kind"), SIGNATURES)
def test_binary_file_is_named(signature: bytes, kind: str) -> None:
    assert foreign(signature + bytes(99)) == kind


def test_film_is_known_by_its_fifth_byte() -> None:
    assert foreign(b"\x00\x00\x00\x18ftypisom") == "an MP4 film or an AVIF, HEIC picture"


def test_utf16_without_a_mark_is_seen() -> None:
    assert bare_utf16("<html>".encode("utf-16-le")) == "utf-16-le"
    assert bare_utf16("<html>".encode("utf-16-be")) == "utf-16-be"
    assert bare_utf16(b"<html>") == ""
