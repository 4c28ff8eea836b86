import pytest

from cleaners import Layout, Site
from cleaners.page import open_page
from cleaners.text import key
from cleaners.trim import Trimmed, trim
from tests.cleaners.pages import PROSE, page

SITE = Site(
    name="ferrynews",
    domains=("ferry.example",),
    layouts=(Layout(body="p"),),
    drop_lines=(r"Subscribe to the .{1,20} letter",),
    cut_inline=(r" READ \| .*",),
    cut_after=(r"From the archive",),
)


def trimmed(body: str, *, title: str = "", site: Site | None = None) -> list[Trimmed]:
    titles = {key(title)} if title else set()
    return trim(open_page(page(body), "u").blocks, titles, site)


def fates(body: str, *, title: str = "", site: Site | None = None) -> list[tuple[str, str]]:
    return [(line.text, line.rule) for line in trimmed(body, title=title, site=site)]


def test_line_equal_to_the_title_is_dropped() -> None:
    assert fates("<h2>Boat, late!</h2><p>Boat late again.</p>", title="Boat late") == [
        ("", "title"),
        ("Boat late again.", "text"),
    ]


def test_paragraph_that_stands_twice_is_kept_once() -> None:
    assert fates(f"<p>{PROSE[0]}</p><p>{PROSE[0]}</p>")[1] == ("", "repeat")


def test_short_line_may_stand_twice() -> None:
    assert [rule for _, rule in fates("<p>Boom!</p><p>Boom!</p>")] == ["text", "text"]


def test_site_line_names_the_site() -> None:
    assert fates("<p>Subscribe to the Friday letter</p>", site=SITE) == [("", "line:ferrynews")]


def test_site_pattern_must_match_the_whole_line() -> None:
    text = "Subscribe to the Friday letter, she told readers."
    assert fates(f"<p>{text}</p>", site=SITE) == [(text, "text")]


def test_nothing_follows_the_line_that_ends_the_article() -> None:
    body = f"<p>{PROSE[0]}</p><p>From the archive</p><p>{PROSE[1]}</p>"
    assert [rule for _, rule in fates(body, site=SITE)] == [
        "text",
        "end:ferrynews",
        "end:ferrynews",
    ]


def test_line_without_a_word_goes() -> None:
    assert fates("<p>Boats sail daily</p><p>),</p>") == [
        ("Boats sail daily", "text"),
        ("", "wordless"),
    ]


def test_inline_promo_is_cut_and_told() -> None:
    [line] = trimmed("<p>The boat sailed. READ | Another story</p>", site=SITE)
    assert (line.text, line.cuts) == ("The boat sailed.", (r"inline: READ \| .*",))


def test_block_that_was_only_a_promo_goes() -> None:
    [line] = trimmed("<p>Boat. READ | Another story</p>", site=SITE)
    assert line.text == "Boat."
    [line] = trimmed("<p>© Harbour Pictures / A. Ruiz</p>")
    assert (line.text, line.rule.startswith("line:")) == ("", True)


def test_time_that_heads_an_entry_is_kept() -> None:
    assert fates("<h3>05:38</h3>") == [("05:38", "text")]


def test_boilerplate_line_inside_a_paragraph_is_cut() -> None:
    [line] = trimmed(f"<p>{PROSE[0]}<br>Advertisement<br>{PROSE[1]}</p>")
    assert line.text == f"{PROSE[0]}\n{PROSE[1]}"


@pytest.mark.parametrize("sign", [" #", "¶", " 🔗", "#section2", " §"])
def test_sign_that_links_to_a_heading_goes(sign: str) -> None:
    lines = trimmed(f"<h2>The pier{sign}</h2><p>The boat sailed at noon.</p>")
    assert (lines[0].text, lines[0].cuts) == ("The pier", ("inline:link sign",))


def test_other_signs_at_the_end_of_a_line_stay() -> None:
    lines = trimmed("<h2>Boats in C#</h2><h2>#section2</h2><p>The boat is number #</p>")
    assert [line.text for line in lines] == ["Boats in C#", "#section2", "The boat is number #"]


def test_heading_with_nothing_under_it_goes_at_the_end() -> None:
    lines = trimmed(
        "<h2>The pier</h2><p>The boat sailed at noon.</p><h2>The fare</h2><h3>For two</h3>"
    )
    assert [(line.text, line.rule) for line in lines] == [
        ("The pier", "text"),
        ("The boat sailed at noon.", "text"),
        ("", "heading"),
        ("", "heading"),
    ]


@pytest.mark.parametrize(("opening", "number"), [("The boats.", 5), ("The boats:", 2)])
def test_list_of_headings_stays(opening: str, number: int) -> None:
    headings = "".join(f"<h3>Boat {n}</h3>" for n in range(number))
    assert all(line.text for line in trimmed(f"<p>{opening}</p>{headings}"))


def test_last_section_of_headlines_goes_with_its_heading() -> None:
    body = (
        f"<p>{PROSE[0]}</p><h3>Related articles</h3><p>Ferry sold to a museum</p><p>Boat late</p>"
    )
    assert fates(body)[1:] == [("", "tail")] * 3


def test_heading_of_a_tail_section_over_a_paragraph_takes_nothing_with_it() -> None:
    body = f"<p>{PROSE[0]}</p><h3>Related articles</h3><p>Ferry sold</p><p>{PROSE[1]}</p>"
    assert [text for text, _ in fates(body)][2:] == ["Ferry sold", PROSE[1]]


def test_contact_for_the_press_goes_with_its_heading() -> None:
    body = f"<p>{PROSE[0]}</p><h3>Media contact</h3><p>Jo Strand</p><p>+44 20 7946 0000</p>"
    assert fates(body)[1:] == [("", "tail")] * 3


def test_short_lines_of_a_second_copy_of_the_text_go() -> None:
    copy = f"<p>{PROSE[0]}</p><h3>The noon boat</h3><p>{PROSE[1]}</p>"
    assert [text for text, _ in fates(copy + copy) if text] == [
        PROSE[0],
        "The noon boat",
        PROSE[1],
    ]


def test_short_line_stays_beside_a_paragraph_that_is_new() -> None:
    body = (
        f"<p>{PROSE[0]}</p><h3>The noon boat</h3><p>{PROSE[1]}</p>"
        f"<p>{PROSE[0]}</p><h3>The noon boat</h3><p>{PROSE[2]}</p>"
    )
    assert [text for text, _ in fates(body)].count("The noon boat") == 2
