import pytest

from cleaners import clean
from cleaners.page import open_page
from cleaners.pictures import under_pictures
from tests.cleaners.pages import PROSE, article


def captions(html: str) -> list[str]:
    blocks = open_page(article(html), "u").blocks
    found = under_pictures(blocks, [True] * len(blocks))
    return [block.text for block, is_caption in zip(blocks, found, strict=True) if is_caption]


@pytest.mark.parametrize(
    "box",
    [
        "<p><img src=a.jpg><br>The ferry at its new pier</p>",
        "<div align=center><div class=pic><img src=a.jpg></div>The ferry at its new pier</div>",
        "<div><iframe src=a></iframe><span>The ferry at its new pier</span></div>",
    ],
)
def test_line_alone_with_a_picture_is_its_caption(box: str) -> None:
    assert captions(box) == ["The ferry at its new pier"]


@pytest.mark.parametrize(
    "box",
    [
        "<p><img src=a.jpg>The ferry has come to its new pier.</p>",
        "<p><img src=a.jpg>What the council says:</p>",
        "<p><img src=a.jpg>1. Pier of the ferry</p>",
        "<p><img src=a.jpg>Pros</p>",
        "<h3><img src=a.jpg>The ferry at its new pier</h3>",
        "<p><img src=a.jpg></p><p>The ferry at its new pier</p>",
        "<div><img src=a.jpg>The ferry at its new pier<p>It came late.</p></div>",
    ],
)
def test_what_may_be_text_under_a_picture_stays(box: str) -> None:
    assert captions(box) == []


@pytest.mark.parametrize(
    "text",
    [
        "The ferry at its new pier. © Jo Strand/Harbour Pictures",
        "The ferry at its new pier. | Photo by Jo Strand",
        "Die Fähre am neuen Pier. Foto: Jo Strand",
        "Le bac au nouveau quai (Photo : Jo Strand)",
        "Паром у нового причала. Фото: Жо Странд",
    ],
)
def test_text_that_ends_in_a_credit_is_a_caption(text: str) -> None:
    assert captions(f"<p>{text}</p>") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry company said so in March. © 2024 The Quay Bugle",
        "She showed him a photo of the ferry: it was red.",
        "They took one photo. It shows the ferry at its new pier.",
        "Photo: Jo Strand",
    ],
)
def test_sentence_that_speaks_of_pictures_is_no_caption(text: str) -> None:
    assert captions(f"<p>{text}</p>") == []


def test_caption_goes_where_captions_belong() -> None:
    box = "<p><img src=a.jpg>The ferry at its new pier</p>"
    found = clean(
        article(f"<p>{PROSE[0]}</p>{box}<p>{PROSE[1]}</p><p>{PROSE[2]}</p>"), "http://e.com/a"
    )
    assert "new pier" not in found.text
    assert "The ferry at its new pier" in found.captions
