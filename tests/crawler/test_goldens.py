import pytest

from crawler.goldens import Golden, find_goldens, named
from tests.golden import TRAM


def test_pages_of_other_folders_are_no_goldens(copy: Golden) -> None:
    fixtures = copy.page.parent.parent
    (fixtures / "newsroom").mkdir()
    (fixtures / "newsroom" / "a.html").touch()
    assert find_goldens(fixtures) == (copy,)


def test_stray_files_are_no_goldens(copy: Golden) -> None:
    for name in ("._plain-article.html", ".plain-article.html.swp", "plain-article.html~", "notes"):
        (copy.page.parent / name).touch()
    assert find_goldens(copy.page.parent.parent) == (copy,)


def test_goldens_are_named_by_site_or_page(copy: Golden) -> None:
    assert named([copy, TRAM], ["generic"]) == [copy, TRAM]
    assert named([copy], ["generic/plain-article"]) == [copy]
    assert named([copy], []) == [copy]


def test_unknown_name_is_an_error(copy: Golden) -> None:
    with pytest.raises(ValueError, match="no fixture generic/x"):
        named([copy], ["generic/x"])
