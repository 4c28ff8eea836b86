from pathlib import Path

from evaluation.measure import Estimate
from evaluation.tables import Row, markdown, percent, put_section, signed, table_of

HALF = Estimate(0.5, 0.456, 0.544)


def test_figure_is_in_percent_with_its_interval() -> None:
    assert percent(HALF) == "50.0 (45.6–54.4)"


def test_difference_has_its_sign() -> None:
    assert signed(Estimate(0.012, -0.004, 0.02)) == "+1.2 (-0.4 to +2.0)"


def test_absent_figure_is_an_empty_cell() -> None:
    assert (percent(None), signed(None)) == ("", "")


def test_row_has_a_cell_under_every_head() -> None:
    head, _, line = table_of([Row("wcxb", "ours", 2, {"f1": HALF, "title": HALF})]).splitlines()
    assert head.count("|") == line.count("|")
    assert line.startswith("| wcxb | ours | 2 | 50.0 (45.6–54.4) |  |")


def test_bar_in_a_cell_does_not_end_it() -> None:
    assert markdown(["a"], [["x|y"]]).splitlines()[-1] == "| x/y |"


def test_section_is_added_to_a_new_page(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "quality.md"
    put_section(page, "a", "text")
    assert page.read_text() == "# Quality\n\n<!-- a -->\ntext\n<!-- end of a -->\n"


def test_section_is_replaced_and_what_stands_around_it_stays(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text("before\n<!-- a -->\nold\n<!-- end of a -->\nafter\n")
    put_section(page, "a", r"new \1")
    assert page.read_text() == "before\n<!-- a -->\nnew \\1\n<!-- end of a -->\nafter\n"
