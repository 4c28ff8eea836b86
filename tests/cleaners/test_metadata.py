import json

import pytest

from cleaners.access import find_access
from cleaners.language import language_of
from cleaners.metadata import canonical_of, describe
from cleaners.page import Page, open_page
from cleaners.topics import find_section, find_tags
from tests.cleaners.pages import PROSE, page

URL = "https://example.org/a"
TEASER = "The ferry company said on Monday that the boat would leave an hour later …"
GERMAN = (
    "Die Fähre legt im Winter eine Stunde später ab, wie die Reederei am Montag mitteilte. Das ist"
    " für die Pendler auf der Insel nicht gut, aber sie haben sich darauf eingestellt und werden"
    " mit dem Frachtschiff fahren, das auch am Morgen noch einige Plätze hat."
)


def opened(head: str = "", body: str = "", lang: str = "", url: str = URL) -> Page:
    return open_page(page(body, head=head, lang=lang), url)


def linked(**node: object) -> str:
    text = json.dumps({"@type": "NewsArticle", **node})
    return f"<script type='application/ld+json'>{text}</script>"


def canonical(href: str, url: str) -> str:
    return canonical_of(opened(f"<link rel=canonical href='{href}'>", url=url))


@pytest.mark.parametrize(
    ("head", "lang", "expected"),
    [
        ("", "de-AT", ("de", "html")),
        ("", "EN_us", ("en", "html")),
        (linked(inLanguage="fr-FR"), "", ("fr", "json-ld")),
        ("<meta property='og:locale' content='es_MX'>", "", ("es", "meta")),
        ("", "", ("", "")),
    ],
)
def test_language_is_the_two_letter_code(head: str, lang: str, expected: tuple[str, str]) -> None:
    assert language_of(opened(head, lang=lang), "") == expected


def test_language_that_the_page_does_not_state_is_read_from_its_text() -> None:
    assert language_of(opened(), " ".join(PROSE)) == ("en", "detected")
    assert language_of(opened(), GERMAN) == ("de", "detected")


def test_stated_language_that_the_text_contradicts_gives_way() -> None:
    assert language_of(opened(lang="en-US"), GERMAN) == ("de", "detected")
    assert language_of(opened(lang="de"), GERMAN) == ("de", "html")


def test_too_short_a_text_contradicts_nothing() -> None:
    assert language_of(opened(lang="en"), "Die Fähre ist da.") == ("en", "html")


def test_language_with_a_script_of_its_own_is_known_by_it() -> None:
    assert language_of(opened(), "港の浚渫が春に始まると市は月曜日に発表した。") == (
        "ja",
        "detected",
    )


def test_language_that_few_detectors_know_is_told_from_its_words() -> None:
    text = "Umasipala uthe umsebenzi wokulungisa ibhuloho uzoqala ngoMsombuluko ekuseni edolobheni."
    assert language_of(opened(), text) == ("zu", "detected")


NORWEGIAN = (
    "Fergen går en time senere om vinteren, opplyste rederiet mandag. Det er ikke bra for dem som"
    " pendler fra øya, men de har vent seg til det og skal reise med lastebåten."
)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("", " ".join(PROSE), ("en", "detected")),
        ("de", GERMAN, ("de", "html")),
        (
            "en",
            "Boat dredging harbour ferries timetable and slip: Marlin, the pilot.",
            ("en", "html"),
        ),
        ("ja", "港の浚渫が春に始まると市は月曜日に発表した。", ("ja", "html")),
        (
            "en",
            "Palm Harbour 70, Rock Bay 44; Odd Marlin 12, Ann Writer 9, Jo Strand 7",
            ("en", "html"),
        ),
        ("", "港の浚渫が春に始まると市は月曜日に発表した。", ("ja", "detected")),
        ("", "市政府星期一宣布，港口的疏浚工程将于春天开始。", ("zh", "detected")),
        ("zh-CN", "市政府星期一宣布，港口的疏浚工程将于春天开始。", ("zh", "html")),
        ("zh", "港の浚渫が春に始まると市は月曜日に発表した。", ("ja", "detected")),
        ("en", "항구 준설 작업이 봄에 시작된다고 시가 월요일에 밝혔다.", ("ko", "detected")),
        ("no", NORWEGIAN, ("no", "html")),
    ],
)
def test_words_and_letters_that_tell_the_language_leave_the_model_unloaded(
    monkeypatch: pytest.MonkeyPatch, lang: str, text: str, expected: tuple[str, str]
) -> None:
    monkeypatch.delattr("cleaners.language.identifier")
    assert language_of(opened(lang=lang), text) == expected


def test_text_without_words_is_in_no_language() -> None:
    assert language_of(opened(), "12 345 - 67 890 - 12:30 - 45 % - 2026-11-25") == ("", "")


def test_related_language_does_not_contradict() -> None:
    text = "Det er ikke mange som har fått nei, men vi må si at det var for alle som vil ha det,"
    assert language_of(opened(lang="no"), f"{text} {text}")[1] == "html"


def test_section_and_tags_come_from_json_ld() -> None:
    page = opened(linked(articleSection=["Harbour", "News"], keywords="dredging, ferry;boats"))
    assert find_section(page) == ("Harbour", "json-ld")
    assert find_tags(page) == (("dredging", "ferry", "boats"), "json-ld")


def test_article_tags_win_over_keywords() -> None:
    head = "<meta property='article:tag' content='ferry'><meta name='keywords' content='x,y'>"
    assert find_tags(opened(head)) == (("ferry",), "meta")


@pytest.mark.parametrize(
    "word",
    [
        "26157981-b4f7-4929-adc1-e860c6f03636",
        "NLP Category: General",
        "Page Type: Article",
        "WC: 1000-1999",
        "editors_pick",
        "example.org",
        "The Courier",
        "Uncategorized",
        "Harbour board votes to dredge the outer channel in spring and at what cost for all",
    ],
)
def test_word_for_machines_alone_is_no_tag(word: str) -> None:
    site = "<meta property='og:site_name' content='The Courier'>"
    head = f"{site}<meta name=keywords content='Ferry,Category: Boats,Ferry_Line X,{word}'>"
    assert find_tags(opened(head))[0] == ("Ferry", "Boats", "Ferry_Line X")


def test_codes_of_an_agency_are_no_tags_among_topics() -> None:
    codes = "AER,AERO,MTVID,AIRS08,CRSH,TOPCMB,NEWS1"
    assert find_tags(opened(linked(keywords=f"{codes},Ferry")))[0] == ("Ferry",)
    assert find_tags(opened(linked(keywords="NATO,ICJ,Ferry")))[0] == ("NATO", "ICJ", "Ferry")


def test_first_of_a_list_of_sections_counts_and_none_where_nobody_gave_one() -> None:
    assert find_section(opened(linked(articleSection="Ferries,Boats,News"))) == (
        "Ferries",
        "json-ld",
    )
    assert find_section(opened(linked(articleSection="Food, Drink")))[0] == "Food, Drink"
    head = linked(articleSection="Uncategorized") + "<meta name=section content=Harbour>"
    assert find_section(opened(head)) == ("Harbour", "meta")


def trail(*steps: tuple[str, str | None]) -> str:
    items = [
        {"@type": "ListItem", "position": number, "name": name}
        | ({"item": {"@id": address}} if number % 2 else {"item": address} if address else {})
        for number, (name, address) in enumerate(steps, start=1)
    ]
    node = {"@type": "BreadcrumbList", "itemListElement": items}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize("home", ["Startseite", "Example", "The Courier", "トップ"])
def test_section_is_the_first_step_behind_the_home_page(home: str) -> None:
    site = "<meta property='og:site_name' content='The Courier'>"
    steps = ((home, "https://example.org/home"), ("Harbour", "https://example.org/harbour/"))
    here = ("Boat to leave later", "https://example.org/a")
    assert find_section(opened(site + trail(*steps, here))) == ("Harbour", "json-ld")
    assert find_section(opened(linked(articleSection="News") + trail(*steps)))[0] == "News"


def test_trail_of_home_page_and_article_alone_names_no_section() -> None:
    steps = (("Start page of ours", "https://example.org/index.html"), ("Boat to leave", None))
    assert find_section(opened(trail(*steps), body="<h1>Boat to leave</h1>")) == ("", "")
    broken = '<script type=\'application/ld+json\'>{"@type": "BreadcrumbList"}</script>'
    assert find_section(opened(broken)) == ("", "")


def test_tag_counts_once_whatever_its_case() -> None:
    head = "<meta name=keywords content='Ferry, ferry,boats, type:article, 1234'>"
    assert find_tags(opened(head))[0] == ("Ferry", "boats")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(isAccessibleForFree=False), "paid"),
        (linked(isAccessibleForFree="http://schema.org/True"), "free"),
        ("<meta property='article:content_tier' content='locked'>", "paid"),
        (
            linked(
                hasPart={
                    "@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".p"
                }
            ),
            "paid",
        ),
        (
            linked(isAccessibleForFree=False)
            + "<meta property='article:content_tier' content='free'>",
            None,
        ),
        ("", None),
    ],
)  # fmt: skip
def test_access_is_what_the_page_states(head: str, expected: str | None) -> None:
    assert find_access(opened(head), "")[0] == expected


WALL = "<div class='paywall-box'>Subscribe to continue reading</div>"


def test_wall_below_a_text_that_is_cut_off_is_paid() -> None:
    assert find_access(opened(body=WALL), TEASER) == ("paid", "wall")


def test_wall_beside_a_whole_text_says_nothing() -> None:
    assert find_access(opened(body=WALL), " ".join(PROSE))[0] is None


def test_text_much_shorter_than_json_ld_counts_is_cut_off() -> None:
    assert find_access(opened(linked(wordCount=900), WALL), PROSE[0])[0] == "paid"


@pytest.mark.parametrize(
    "wall",
    [
        "<div class='paywall' hidden>Subscribe to continue reading</div>",
        "<div class='paywall' style='display: none'>Subscribe to continue reading</div>",
        "<div class='no-paywall'>Subscribe to continue reading</div>",
        "<div class='paywall'>The boat leaves later.</div>",
        "<div>Subscribe to continue reading</div>",
    ],
)
def test_unseen_wall_and_one_that_asks_for_nothing_say_nothing(wall: str) -> None:
    assert find_access(opened(body=wall), TEASER)[0] is None


def test_section_is_read_from_microdata() -> None:
    assert find_section(opened(body="<a itemprop=articleSection>Harbour</a>")) == (
        "Harbour",
        "page",
    )


def test_canonical_address_on_the_same_site_is_believed() -> None:
    assert canonical("https://www.example.org/b", "https://m.example.org/a?x=1") == (
        "https://www.example.org/b"
    )


def test_canonical_home_page_is_none() -> None:
    assert canonical("https://example.org/", "https://example.org/a") == "https://example.org/a"


def test_canonical_of_another_site_is_believed_for_the_same_article_alone() -> None:
    here = "https://copy.net/news/boat-leaves-later-17"
    assert canonical("https://example.org/boat-leaves-later-17", here) == (
        "https://example.org/boat-leaves-later-17"
    )
    assert canonical("https://example.org/other", here) == here


def test_sources_name_the_evidence_of_each_field_that_was_found() -> None:
    head = linked(author={"name": "Ana Ruiz"}, articleSection="Harbour")
    told = describe(opened(head), None, None, " ".join(PROSE))
    assert dict(told.sources) == {
        "authors": "json-ld",
        "section": "json-ld",
        "language": "detected",
    }
