import pytest

from cleaners.surroundings import BITS, mask_of, own_mask
from cleaners.tree import parse_tree, select


def groups(mask: int) -> set[str]:
    return {group for group, bit in BITS.items() if mask & bit}


def mask(markup: str) -> int:
    [node] = select("body > *")(parse_tree(markup.encode()))
    return own_mask(str(node.tag), node.attributes)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("related-articles", {"related"}),
        ("commentlist", {"comment"}),
        ("ArticleBody", {"article", "body"}),
        ("newsletterBox", {"letter", "quote"}),
        ("x7f3a", set()),
        ("", set()),
    ],
)
def test_words_of_a_class_say_what_it_holds(marks: str, expected: set[str]) -> None:
    assert groups(mask_of(marks)) == expected


@pytest.mark.parametrize(
    ("markup", "group"),
    [
        ("<aside>x</aside>", "side"),
        ("<div id=footer>x</div>", "foot"),
        ("<p hidden>x</p>", "hidden"),
        ("<p style='display: none'>x</p>", "hidden"),
        ("<p aria-hidden=true>x</p>", "hidden"),
        ("<div data-testid=share-bar>x</div>", "share"),
    ],
)
def test_element_says_by_name_or_attribute_what_it_is(markup: str, group: str) -> None:
    assert group in groups(mask(markup))


def test_plain_element_says_nothing() -> None:
    assert mask("<p>x</p>") == 0
