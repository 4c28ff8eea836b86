"""What is compiled does the same as what it stands for, to the last bit."""

import dataclasses
import json
import subprocess
import sys
import warnings
from collections.abc import Sequence
from importlib.resources import files
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cleaners import clean, fingerprint, mojibake, popups, standing, text, tree, walk, wording
from cleaners.compiled import compiled
from cleaners.page import Page, open_page
from cleaners.rules import index_of, read_rules
from cleaners.surroundings import BITS
from cleaners.tags import actions
from cleaners.trees import LightGBMTrees, trees_of
from cleaners.walk import Walked
from tests.cleaners.pages import PROSE, URL, page, paragraphs
from tests.golden import TRAM, Golden

MODULES = (
    "_attributes",
    "_blocks",
    "_fingerprint",
    "_folding",
    "_walk",
    "_standing",
    "_text",
    "_wording",
    "_forest",
    "_lookup",
)
pytestmark = pytest.mark.skipif(
    not all(map(compiled, MODULES)), reason="the cleaners were not compiled here"
)

TAGS = (
    "p", "div", "h1", "h2", "ul", "li", "table", "tr", "td", "th", "a", "b", "em", "span", "time",
    "section", "article", "nav", "figure", "figcaption", "blockquote", "custom-tag", "svg", "label",
)  # fmt: skip
VOID = ("<br>", "<br><br>", "<img>", "<hr>", "<input>", "<script>x()</script>", "<!-- no -->",
        "<template><p>none</p></template>", "<iframe></iframe>")  # fmt: skip
MARKS = ("", " class='story body'", " class", " id=comments class='list'", " hidden",
         " role=navigation", " class='caf\u00e9'", " style='display: none'")  # fmt: skip
WORDS = ("the", "Harbour", "été", "読む", "\u00a0", " ", "\n\t", "“Two”", "e\u0301", "20:15",
         "@port", "©", "Ünder", "Share", "read more", "…",
         "\u200b", "a|b", "!", ". ", "»", "İ")  # fmt: skip


def leaf() -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
    return words | st.sampled_from((*VOID, *PROSE))


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.tuples(st.sampled_from(TAGS), st.sampled_from(MARKS), st.lists(inner, max_size=5))
    return parts.map(lambda part: f"<{part[0]}{part[1]}>{''.join(part[2])}</{part[0]}>")


MARKUP = st.recursive(leaf(), element, max_leaves=40)
KEYS = st.sampled_from([key.lstrip("^") for rule in read_rules() for key in rule.keys])
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=12).map("".join)


def flat(walked: Walked) -> object:
    blocks = [
        (
            (block.text, block.zone, block.link_share, block.stress_share, block.after_picture),
            [(step.tag, step.node.mem_id, step.zone) for step in block.element.chain()],
        )
        for block in walked.blocks
    ]
    return blocks, {n: [node.mem_id for node in some] for n, some in walked.gathered.items()}


def same(one: Sequence[NDArray[Any]], other: Sequence[NDArray[Any]]) -> bool:
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def compare(opened: Page, title: str) -> None:
    root = opened.root
    assert flat(walk.walk(root, {})) == flat(walk.walk_in_python(root, {}))
    blocks = opened.blocks
    if blocks:
        assert same(standing.stand(blocks, title), standing.stand_in_python(blocks, title))
    texts = [block.text for block in blocks]
    compared = wording.Comparison(opened, title)
    assert same(
        [wording.rows_of(texts, compared)],
        [wording.rows_in_python(texts, compared)],
    )


def test_pages_have_the_same_blocks_and_features(golden: Golden) -> None:
    opened = open_page(golden.body, "u")
    compare(opened, opened.headings[0] if opened.headings else opened.head_title)


@given(st.lists(MARKUP, max_size=8).map("".join), TEXTS)
def test_any_markup_has_the_same_blocks_and_features(body: str, title: str) -> None:
    # as text: bytes with many control characters are refused as binary data
    compare(open_page(page(f"<p>{title}</p>{body}").decode(), "u"), title)


@given(st.lists(st.sampled_from((
    "<a>", "<a href>", "<a href=''>", "<a HREF=/Ü?a=1&amp;b=2>", "<a class=b href='/x y' href=/z>",
    "<a rel='Next nofollow' href=/é>", "<a data-href=/no>", "<p href=/p rel>",
))))  # fmt: skip
def test_any_elements_have_the_same_values(tags: list[str]) -> None:
    elements = open_page(page("".join(f"{tag}x</a>" for tag in tags)), "u").root.css("a, p")
    for name in ("href", "rel"):
        assert tree.values(elements, name) == tree.values_in_python(elements, name)


def test_attributes_that_html_has_not_are_refused() -> None:
    with pytest.raises(ValueError, match="no attribute of HTML: data-x"):
        tree.values(open_page(page("<p>a"), "u").root.css("p"), "data-x")


ZONES = ("body", "lead", "caption", "drop:.x", "drop:aside")


@given(
    st.lists(MARKUP, min_size=1, max_size=8).map("".join),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ZONES)), min_size=1, max_size=12),
)
def test_any_zones_give_the_same_blocks(body: str, marked: list[tuple[int, str]]) -> None:
    root = open_page(page(body), "u").root
    nodes = list(root.traverse())
    zones = {nodes[place % len(nodes)].mem_id: zone for place, zone in marked}
    assert flat(walk.walk(root, zones)) == flat(walk.walk_in_python(root, zones))


@given(TEXTS)
def test_any_text_has_the_same_words(whole: str) -> None:
    assert text.key(whole) == text.key_in_python(whole)
    assert text.words_in(whole) == text.words_in_python(whole)
    assert text.count_words(whole) == text.count_words_in_python(whole)
    assert text.about_words(whole) == text.about_words_in_python(whole)
    assert popups.is_glued(whole) == popups.is_glued_in_python(whole)


@given(st.lists(st.sampled_from((b"\xc3", b"\xa2", b"\x83", b"\xc2", b"\xbf", b"a")), max_size=9))
def test_any_bytes_have_the_same_marks(parts: list[bytes]) -> None:
    whole = b"".join(parts)
    assert mojibake.has_marks(whole) == mojibake.has_marks_in_python(whole)


@given(st.lists(TEXTS | KEYS, max_size=4).map(" ".join))
def test_any_text_can_match_the_same_rules(whole: str) -> None:
    lower = whole.lower()
    if lower:
        index = index_of("line", "tail")
        assert index.places(lower) == index.places_in_python(lower)


@pytest.mark.parametrize("size", [1023, 1024, 1025, 5000])
def test_words_longer_than_any_buffer_are_whole(size: int) -> None:
    word = "x" * size
    assert text.words_in(f"a {word} b") == ["a", word, "b"]
    assert text.key(f"A {word}, B") == f"a {word} b"


def test_deep_markup_needs_no_recursion() -> None:
    body = "<div>" * 4_000 + "deep" + "</div>" * 4_000
    opened = open_page(page(f"{body}{paragraphs(*PROSE)}"), "u")
    compare(opened, "")


@pytest.mark.parametrize("name", ["blocks.json", "dump.json"])
@pytest.mark.parametrize("period", [0, 1, 20])
def test_trees_give_lightgbms_answers_to_the_last_bit(name: str, period: int) -> None:
    weights = json.loads((files("cleaners") / "data" / name).read_text(encoding="utf-8"))
    try:
        theirs = LightGBMTrees(weights["trees"])
    except OSError as error:  # libgomp is missing, which nothing that is compiled needs
        pytest.skip(f"LightGBM does not load: {error}")
    ours = trees_of(weights["trees"])
    assert ours.features == theirs.features == len(weights["features"])
    random = np.random.default_rng(4)
    numbers = random.normal(0, 30, (300, ours.features)) * random.integers(0, 2, (300, 1))
    rows = numbers.astype(np.float32)
    assert np.array_equal(ours.predict(rows, period, 4.0), theirs.predict(rows, period, 4.0))


def test_trees_of_another_kind_are_refused() -> None:
    native = compiled("_forest")
    assert native is not None
    with pytest.raises(ValueError, match="another kind"):
        native.Forest(["objective=regression", "is_linear=0", "max_feature_idx=3"])
    with pytest.raises(ValueError, match="plain numbers"):
        native.Forest(["objective=binary sigmoid:1", "is_linear=0", "decision_type=1 2"])


def test_rows_of_another_width_are_refused() -> None:
    weights = (files("cleaners") / "data" / "blocks.json").read_text(encoding="utf-8")
    trees = trees_of(json.loads(weights)["trees"])
    with pytest.raises(ValueError, match="3 columns for"):
        trees.predict(np.zeros((2, 3), np.float32))


IN_PYTHON = """
import sys

for name in sys.argv[1].split():
    sys.modules[f"cleaners.{name}"] = None

import dataclasses
from cleaners import clean, standing, walk
from tests.cleaners.pages import URL
from tests.golden import TRAM

assert walk._native is None and standing._native is None
print(dataclasses.asdict(clean(TRAM.body, URL)))
"""


def run_without(names: str) -> str:
    ended = subprocess.run(  # noqa: S603  # the text above
        [sys.executable, "-c", IN_PYTHON, names], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_nothing_compiled_gives_the_same_article() -> None:
    whole = dataclasses.asdict(clean(TRAM.body, URL))
    assert run_without(" ".join(MODULES)).strip() == str(whole)


def test_module_that_was_not_compiled_is_none() -> None:
    assert compiled("_nothing_of_this_name") is None


def test_module_for_other_libraries_is_not_used_and_warned_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(name: str) -> ModuleType:
        raise ImportError("lexbor has nodes of another layout")

    monkeypatch.setattr("cleaners.compiled.import_module", refuse)
    with pytest.warns(RuntimeWarning, match=r"cleaners\._walk is not used: lexbor"):
        assert compiled("_walk") is None


def test_module_that_lacks_another_fails() -> None:
    def halted(name: str) -> ModuleType:
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaners.compiled.import_module", halted)
        with pytest.raises(ModuleNotFoundError, match="numpy"):
            compiled("_walk")


def test_tags_and_groups_fit_what_is_compiled() -> None:
    assert max(actions()) < 512
    assert len(BITS) < 63


@given(st.lists(st.sampled_from(("the", "été", "读", "a" * 60, "b" * 130, "", "x_1")), max_size=40))
def test_fingerprints_are_the_same(found: list[str]) -> None:
    text = " ".join(found).encode()
    assert fingerprint.simhash(text) == fingerprint.simhash_in_python(text)


def test_every_letter_is_the_same_in_words_of_fingerprints() -> None:
    for number in (*range(0xD800), *range(0xE000, 0x11000), *range(0x1D400, 0x1F700)):
        word = f"A{chr(number)} {chr(number)}"
        assert fingerprint.joined_words(word) == fingerprint.joined_words_in_python(word)


@given(st.text() | st.text(st.characters(max_codepoint=0x2FF)))
def test_words_of_fingerprints_are_the_same(text: str) -> None:
    assert fingerprint.joined_words(text) == fingerprint.joined_words_in_python(text)
