import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import responses
from lxml import etree

from tests.golden import FIXTURES, TRAM

PAGE = str(TRAM.page)
INDEX = "<html><head><title>Town</title></head><body><a href='/a'>One</a></body></html>"
Scrapy = Callable[..., int]
Output = pytest.CaptureFixture[str]


def test_file_gives_its_text(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", PAGE) == 0
    assert capsys.readouterr().out == f"{TRAM.text}\n"


def test_json_is_one_object(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "--json", "--url", TRAM.url, "--content-type", "text/html", PAGE) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["text"] == TRAM.text
    assert (found["title"], found["date"], found["authors"]) == (
        "Tram Line Four Returns to the Quay",
        "2025-05-12T06:40:00+01:00",
        ["Petra Quill", "Osric Bane"],
    )


def test_refused_page_is_an_object_too_and_exit_code_1(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    page = tmp_path / "index.html"
    page.write_text(INDEX, encoding="utf-8")
    assert scrapy("clean", "--json", "--url", "https://bugle.example/", str(page)) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["reject"] == "NoContentError"
    assert "https://bugle.example/" in found["why"]


def test_refused_page_is_named_on_the_error_stream(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "--content-type", "application/pdf", PAGE) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"refused {PAGE}: NotHtmlError: application/pdf: {PAGE}\n")


def test_missing_file_is_told_as_such(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "no-such.html") == 1
    assert capsys.readouterr().err == "no such file: no-such.html\n"


def test_standard_input_is_cleaned(
    scrapy: Scrapy, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = SimpleNamespace(isatty=lambda: False, buffer=io.BytesIO(TRAM.body))
    monkeypatch.setattr(sys, "stdin", pipe)
    assert scrapy("clean") == 0
    assert capsys.readouterr().out == f"{TRAM.text}\n"


@responses.activate
def test_address_is_fetched_and_cleaned(scrapy: Scrapy, capsys: Output) -> None:
    responses.get(TRAM.url, body=TRAM.body, content_type="text/html")
    assert scrapy("clean", "-u", TRAM.url) == 0
    assert capsys.readouterr().out == f"{TRAM.text}\n"


@responses.activate
def test_address_that_answers_with_an_error_is_refused(scrapy: Scrapy, capsys: Output) -> None:
    responses.get(TRAM.url, status=410)
    assert scrapy("clean", "--json", "-u", TRAM.url) == 1
    assert json.loads(capsys.readouterr().out)["reject"] == "StatusError"


def test_list_gives_a_line_of_json_a_page(scrapy: Scrapy, capsys: Output, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_text(f"{PAGE}\nno-such.html\n", encoding="utf-8")
    assert scrapy("clean", "--json", "-i", str(listed)) == 0
    out, err = capsys.readouterr()
    assert ["text" in json.loads(line) for line in out.splitlines()] == [True, False]
    assert err.endswith("1 cleaned, 1 refused (1 FileNotFoundError)\n")


def test_csv_of_several_pages_has_one_head(scrapy: Scrapy, capsys: Output) -> None:
    other = str(FIXTURES / "generic" / "bare-text.html")
    assert scrapy("clean", "--csv", PAGE, other) == 0
    assert capsys.readouterr().out.count("canonical_url") == 1


def fill(folder: Path) -> None:
    (folder / "town").mkdir(parents=True)
    (folder / "town" / "tram.html.gz").write_bytes(gzip.compress(TRAM.body))
    (folder / "index.htm").write_text(INDEX, encoding="utf-8")


def test_folder_gives_a_file_an_article_in_the_same_place(
    scrapy: Scrapy, capsys: Output, tmp_path: Path
) -> None:
    fill(tmp_path / "in")
    out = tmp_path / "out"
    assert scrapy("clean", "--input-dir", str(tmp_path / "in"), "-o", str(out)) == 0
    written = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert written == {"town/tram.txt"}
    assert (out / "town" / "tram.txt").read_text(encoding="utf-8") == f"{TRAM.text}\n"
    assert capsys.readouterr().err.endswith("1 cleaned, 1 refused (1 NoContentError)\n")


def test_folder_of_refused_pages_is_exit_code_1(scrapy: Scrapy, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(INDEX, encoding="utf-8")
    assert scrapy("clean", "--json", "--input-dir", str(tmp_path), "--parallel", "1") == 1


def test_tei_is_written_as_xml(scrapy: Scrapy, tmp_path: Path) -> None:
    assert scrapy("clean", "--xmltei", "-o", str(tmp_path), PAGE) == 0
    root = etree.parse(tmp_path / "plain-article.xml").getroot()
    assert root.tag == "{http://www.tei-c.org/ns/1.0}TEI"


def test_metadata_stand_above_the_text(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "--with-metadata", "--no-comments", PAGE) == 0
    assert capsys.readouterr().out.startswith("---\ntitle: Tram Line Four")


@pytest.mark.parametrize("form", ["json", "csv", "xml", "xmltei", "markdown"])
def test_half_a_sign_in_the_headline_ends_no_batch(
    scrapy: Scrapy, tmp_path: Path, form: str
) -> None:
    page = TRAM.body.replace(b"Tram Line Four", rb"Tram \ud83d Line \u0001 Four")
    (tmp_path / "tram.html").write_bytes(page)
    out = tmp_path / "out"
    assert scrapy("clean", f"--{form}", "-o", str(out), str(tmp_path / "tram.html")) == 0
    [written] = out.iterdir()
    assert "Shops on the quay" in written.read_text(encoding="utf-8")


def test_page_in_another_language_is_refused(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "--target-language", "de", PAGE) == 1
    assert "OtherLanguageError" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--precision", PAGE), "unknown option --precision"),
        ((PAGE, str(FIXTURES / "generic" / "bare-text.html")), "several pages need -o"),
        (("--input-dir", str(FIXTURES), "-o", str(FIXTURES / "out")), "lies in the input"),
        (("--parallel", "0", PAGE), "--parallel"),
        (("--output-format", "docx", PAGE), "docx"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    scrapy: Scrapy, capsys: Output, arguments: tuple[str, ...], why: str
) -> None:
    assert scrapy("clean", *arguments) == 2
    assert why in capsys.readouterr().err


def test_help_shows_examples(scrapy: Scrapy, capsys: Output) -> None:
    assert scrapy("clean", "--help") == 0
    assert "\n  scrapy clean -u https://" in capsys.readouterr().out
