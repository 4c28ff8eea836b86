import pytest

from cleaners import clean
from cleaners.blocks import Block
from cleaners.page import open_page
from cleaners.popups import without_popups
from tests.cleaners.pages import PROSE, URL, article, page


def block(inner: str) -> Block:
    [found] = open_page(page(f"<p>{inner}</p>"), "u").blocks
    return found


CARD = "<span class='rollover-block'><a>Ana Ruiz</a><a>Ferry fares rise again</a></span>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            f"Mayor <a>Ana Ruiz</a><span class=rollover-card>{CARD}</span> spoke.",
            "Mayor Ana Ruiz spoke.",
        ),
        ("The tide<span class='note tooltip__content'>A rise.</span> came.", "The tide came."),
        ("The tide<span role=tooltip>A rise of the sea.</span> came.", "The tide came."),
        (
            "The <span class=tooltip>tide<span class=tooltiptext>A rise.</span></span> came.",
            "The tide came.",
        ),
    ],
)
def test_popup_in_a_sentence_is_cut_out(inner: str, text: str) -> None:
    assert without_popups(block(inner)) == (text, 1)


@pytest.mark.parametrize(
    "inner",
    [
        "The <a class=tooltip-link>tide.</a>Then it came.",  # the word that it pops up at
        "McDonald said iPhones came.",
        "The tide came.",
    ],
)
def test_what_pops_up_at_nothing_stays(inner: str) -> None:
    found = block(inner)
    assert without_popups(found) == (found.text, 0)


def test_cut_popup_is_told_in_the_trace() -> None:
    words = PROSE[0].replace(
        "ferry company", f"ferry company<span class=rollover-card>{CARD}</span>"
    )
    html = article().decode().replace(PROSE[0], words).encode()
    told = clean(html, URL, trace=True)
    assert told.text == "\n\n".join(PROSE)
    assert told.trace is not None
    assert "inline:pop-up" in {decision.rule for decision in told.trace.decisions}
