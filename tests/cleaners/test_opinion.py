from cleaners.opinion import region_text, tree_of
from cleaners.page import open_page
from tests.cleaners.pages import PROSE, page, paragraphs


def test_blocks_keep_the_elements_around_them() -> None:
    body = "<main class=story><ul><li>one<li>two</ul></main><p><a href=/x>Read this too</a></p>"
    root = tree_of(open_page(page(body), "u").blocks)
    assert [item.text for item in root.findall("body/main/ul/li")] == ["one", "two"]
    assert root.xpath("string(body/main/@class)") == "story"
    assert root.findtext("body/p/a") == "Read this too"


def test_row_of_a_table_is_one_cell() -> None:
    root = tree_of(open_page(page("<table><tr><th>Year<td>Boats</table>"), "u").blocks)
    assert [cell.text for cell in root.iter("td")] == ["Year | Boats"]


def test_division_that_is_all_of_another_is_one_with_it() -> None:
    body = "<div class=page id=a><section class=story><p>one<p>two</section></div>"
    root = tree_of(open_page(page(body), "u").blocks)
    assert [text.text for text in root.findall("body/div/p")] == ["one", "two"]
    assert [dict(each.attrib) for each in root.iter("div")] == [{"class": "page story", "id": "a"}]


def test_division_beside_a_text_stays() -> None:
    root = tree_of(open_page(page("<div>one<div><p>two</div></div>"), "u").blocks)
    assert root.findtext("body/div/div/p") == "two"


def test_text_between_elements_keeps_its_place() -> None:
    root = tree_of(open_page(page("<div>one<p>two</p>three</div>"), "u").blocks)
    assert [text.strip() for text in root.itertext()] == ["one", "two", "three"]


def test_element_of_an_odd_name_is_a_division() -> None:
    root = tree_of(open_page(page("<my:box class='a\x01'><p>one</p></my:box>"), "u").blocks)
    assert root.findtext("body/div/p") == "one"


def test_page_nested_too_deeply_has_no_other_opinion() -> None:
    body = f"{'<ul><li>Pier' * 400}{paragraphs(*PROSE)}"
    assert region_text(open_page(page(body), "u").blocks, "") == ""


def test_trafilatura_finds_the_paragraphs() -> None:
    blocks = open_page(page(f"<article>{paragraphs(*PROSE)}</article>"), "u").blocks
    assert region_text(blocks, "").splitlines() == list(PROSE)
