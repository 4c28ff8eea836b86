from cleaners.blocks import Block, path_of
from cleaners.page import open_page
from cleaners.tree import Node, select
from cleaners.walk import walk
from tests.cleaners.pages import page


def texts(body: str) -> list[str]:
    return [block.text for block in open_page(page(body), "u").blocks]


def zoned(root: Node, zones: dict[str, str]) -> tuple[Block, ...]:
    return walk(root, {select(css)(root)[0].mem_id: zone for css, zone in zones.items()}).blocks


def test_bare_text_between_paragraphs_is_a_block() -> None:
    assert texts("<div>one<p>two</p>three</div>") == ["one", "two", "three"]


def test_text_behind_a_script_belongs_to_the_paragraph() -> None:
    assert texts("<p>one <script>x()</script>two</p>") == ["one two"]


def test_break_is_a_line_feed_and_two_breaks_end_the_paragraph() -> None:
    assert texts("<p>one<br>two<br> <br>three</p>") == ["one\ntwo", "three"]


def test_table_row_is_one_block() -> None:
    assert texts("<table><tr><th>Year</th><td>Boats</td></tr></table>") == ["Year | Boats"]


def test_layout_table_with_paragraphs_is_not_one_block() -> None:
    assert texts("<table><tr><td><p>one</p><p>two</p></td></tr></table>") == ["one", "two"]


def test_list_items_are_blocks() -> None:
    assert texts("<ul><li>one<li>two <b>and</b> more</ul>") == ["one", "two and more"]


def test_invisible_elements_are_left_out() -> None:
    body = (
        "<p>seen</p><noscript>no</noscript><template><p>t</p></template><svg><text>s</text></svg>"
    )
    assert texts(body) == ["seen"]


def test_link_share_tells_teasers_from_prose() -> None:
    markup = page("<p><a href=a>All of it</a></p><p>none of it</p>")
    [teaser, prose] = open_page(markup, "u").blocks
    assert (teaser.link_share, prose.link_share) == (1.0, 0.0)


def test_zone_holds_down_to_the_next_marked_element() -> None:
    root = open_page(page("<main><p>a</p><aside><p>b</p></aside></main>"), "u").root
    zones = {"main": "body", "aside": "drop:aside"}
    assert [(b.text, b.zone) for b in zoned(root, zones)] == [("a", "body"), ("b", "drop:aside")]


def test_dropped_part_of_a_paragraph_does_not_split_it() -> None:
    root = open_page(page("<p>one <span class=ad>buy</span>two</p>"), "u").root
    zones = {"span.ad": "drop:span.ad"}
    assert [(b.text, b.zone) for b in zoned(root, zones)] == [
        ("buy", "drop:span.ad"),
        ("one two", ""),
    ]


def test_deep_nesting_is_walked() -> None:
    assert texts("<div>" * 900 + "deep" + "</div>" * 900) == ["deep"]


def test_path_names_tags_and_classes() -> None:
    [block] = open_page(page("<div class='a b'><p>x</p></div>"), "u").blocks
    assert path_of(block.element) == "html > body > div.a.b > p"


def test_dropped_link_around_a_card_drops_the_whole_card() -> None:
    root = open_page(
        page("<p>one</p><a class=card><div>picture</div><h3>Headline</h3></a>"), "u"
    ).root
    zones = {"a.card": "drop:a.card"}
    assert [b.zone for b in zoned(root, zones)] == ["", "drop:a.card", "drop:a.card"]
