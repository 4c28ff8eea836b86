"""Fixture pages give exactly their golden text and metadata."""

from functools import cache

from cleaners import Article
from crawler.formats import fields
from crawler.goldens import golden_folders
from tests.golden import FIXTURES, Golden

OTHER_FOLDERS = {"newsroom", "dumps"}


@cache
def cleaned(golden: Golden) -> Article:
    return golden.clean()


def test_text_is_golden(golden: Golden) -> None:
    assert cleaned(golden).text == golden.text


def test_metadata_is_golden(golden: Golden) -> None:
    found = fields(cleaned(golden))
    assert {name: found[name] for name in golden.metadata} == golden.metadata


def test_boilerplate_is_gone(golden: Golden) -> None:
    text = cleaned(golden).text
    assert [phrase for phrase in golden.without if phrase in text] == []


def test_banned_phrases_stand_on_the_page(golden: Golden) -> None:
    page = golden.body.decode()
    assert [phrase for phrase in golden.without if phrase not in page] == []


def test_every_folder_of_fixtures_is_read() -> None:
    folders = {path.name for path in FIXTURES.iterdir() if path.is_dir()}
    assert folders <= {*golden_folders(), *OTHER_FOLDERS}


def test_no_golden_is_without_its_page() -> None:
    files = [path for name in golden_folders() for path in (FIXTURES / name).glob("[!.]*")]
    # an editor's copy or a note beside them is nobody's golden
    parts = {path for path in files if path.suffix in {".html", ".txt", ".json"}}
    pages = {path.with_suffix("") for path in parts if path.suffix == ".html"}
    assert {path for path in parts if path.with_suffix("") not in pages} == set()
