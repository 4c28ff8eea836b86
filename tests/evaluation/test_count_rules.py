from pathlib import Path

import pytest

from cleaners.blocks import Block
from cleaners.page import open_page
from cleaners.placing import letters
from evaluation.count_rules import GoldPage, count, main, recount
from tests.cleaners.pages import PROSE, page

HEAD = "category\tlanguage\tkind\tpattern\toutside\tinside\tkeys\n"


def blocks_of(body: str) -> list[Block]:
    return list(open_page(page(body), "u").blocks)


def test_rule_is_counted_once_a_domain_where_the_gold_leaves_the_block_out() -> None:
    blocks = blocks_of(f"<p>{PROSE[0]}</p><p>Read more</p>")
    pages = [GoldPage(domain, blocks, [True, False], "") for domain in ("a.example", "a.example")]
    found = count(iter(pages))["line", "read more"]
    assert (found.outside, found.inside) == ({"a.example"}, set())


def test_rule_that_matches_article_text_is_counted_inside() -> None:
    blocks = blocks_of("<p>Read more</p>")
    found = count(iter([GoldPage("a.example", blocks, [True], "")]))["line", "read more"]
    assert (found.outside, found.inside) == (set(), {"a.example"})


def test_block_that_the_gold_says_nothing_of_is_not_counted() -> None:
    blocks = blocks_of("<p>Read more</p>")
    assert not count(iter([GoldPage("a.example", blocks, [None], "")]))


def test_promo_is_outside_where_the_gold_holds_its_paragraph_without_it() -> None:
    text = "The boat sailed."
    blocks = blocks_of(f"<p>{text} ALSO READ: Ferry sold to a museum</p>")
    found = count(iter([GoldPage("a.example", blocks, [True], letters(text))]))
    [outside] = [c.outside for (kind, _), c in found.items() if kind == "inline"]
    assert outside == {"a.example"}


def test_counts_replace_those_of_the_row() -> None:
    blocks = blocks_of("<p>Read more</p>")
    counts = count(iter([GoldPage("a.example", blocks, [False], "")]))
    row = ["related", "en", "line", "read more", "7", "8", ""]
    assert recount(row, counts) == ["related", "en", "line", "read more", "1", "0", ""]


def test_new_row_is_given_its_keys(tmp_path: Path) -> None:
    table = tmp_path / "lines.tsv"
    table.write_text(HEAD + "app\ten\tline\tget the .{1,9} app\n", encoding="utf-8")
    assert main(["--output", str(table)]) == 0
    assert table.read_text(encoding="utf-8").splitlines()[1].endswith("\t0\t0\t^get the…app")


@pytest.mark.parametrize("rows", ["share\ten\tline\tpin it\t3\t0\t\n"])
def test_second_run_changes_nothing(tmp_path: Path, rows: str) -> None:
    table = tmp_path / "lines.tsv"
    table.write_text(HEAD + rows, encoding="utf-8")
    main(["--output", str(table)])
    assert table.read_text(encoding="utf-8") == HEAD + rows
