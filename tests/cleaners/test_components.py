import re
from importlib.resources import files

import pytest

from cleaners import NoContentError, NotAnArticleError, clean
from cleaners.components import components_around, kind_of
from cleaners.page import open_page
from tests.cleaners.pages import PROSE, URL, article, page, paragraphs


def kinds(html: bytes) -> dict[str, str]:
    blocks = open_page(html, "u").blocks
    found = components_around(blocks, [True] * len(blocks))
    return {block.text: kind for block, kind in zip(blocks, found, strict=True) if kind}


@pytest.mark.parametrize(
    ("classes", "name", "kind"),
    [
        ("", "onetrust-consent-sdk", "consent"),
        ("col CybotCookiebotDialogBody", "", "consent"),
        ("saboxplugin-wrap", "", "author"),
        ("elementor-element elementor-hidden-desktop", "", "hidden"),
        ("visible-xs", "", "hidden"),
        ("article__factbox--green", "", "facts"),
        ("story-pullquote", "", "quote"),
        ("article-body", "author", ""),
        ("has-author-box", "", ""),  # a theme's setting on the body of the page
        ("hidden", "section-2", ""),  # what a reader can unfold
    ],
)
def test_kind_is_known_by_whole_names(classes: str, name: str, kind: str) -> None:
    assert kind_of(classes, name) == kind


ABOUT = "Ana Roe has reported from the islands for twelve years and keeps two goats near the pier."


def test_component_is_left_out_whole_and_named() -> None:
    html = article(f"<div class=saboxplugin-wrap><h4>Ana Roe</h4><div><p>{ABOUT}</p></div></div>")
    assert kinds(html) == {"Ana Roe": "author", ABOUT: "author"}
    told = clean(html, URL, trace=True)
    assert told.text == "\n\n".join(PROSE)
    assert told.trace is not None
    assert "drop:author" in {decision.rule for decision in told.trace.decisions}


def test_component_around_most_of_the_text_is_the_frame_of_the_page() -> None:
    assert kinds(page(f"<div class=comments-area>{paragraphs(*PROSE)}</div><p>One more.</p>")) == {}


def test_dialog_of_consent_goes_even_where_it_is_longer_than_the_text() -> None:
    policy = paragraphs(
        *(f"We and our partners store cookies for purpose {n}, as you let us." for n in range(30))
    )
    html = article(f"<div id=onetrust-consent-sdk>{policy}</div>")
    assert clean(html, URL).text == "\n\n".join(PROSE)


def test_page_of_nothing_but_consent_is_refused() -> None:
    policy = paragraphs(
        *(f"We and our partners store cookies for purpose {n}, as you let us." for n in range(30))
    )
    with pytest.raises((NoContentError, NotAnArticleError)):
        clean(page(f"<div id=onetrust-consent-sdk>{policy}</div>"), URL)


def test_every_row_of_the_table_finds_its_own_kind() -> None:
    table = (files("cleaners") / "data" / "components.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    assert len(rows) == len({name for _, name in rows})
    for kind, name in rows:
        assert re.fullmatch(r"\*?[a-z][\w:-]*\*?", name), name
        assert kind_of(name.replace("*", "Any"), "") == kind
