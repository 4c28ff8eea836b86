import re

import pytest

from cleaners.lookup import Index, Rule
from cleaners.rules import (
    EDGES,
    MAX_LINE,
    credit_rule,
    cut_inline,
    cut_notes,
    line_rule,
    read_rules,
    tail_rule,
)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("© Sputnik / Anna Example", "credit/any"),
        ("Photo: Jane Doe/Example Agency", "credit/en"),
        ("(Foto: Erika Muster/dpa)", "credit/de"),
        ("写真：共同通信社", "credit/ja"),
        ("Читайте также: Мост открыли заново", "related/ru"),
        ("Lesen Sie auch: Brücke wieder offen", "related/de"),
        ("READ MORE: Ferry sold to a museum", "related/en"),
        ("Sign up for our daily newsletter", "newsletter/en"),
        ("Download on the App Store", "app/en"),
        ("Push-Nachrichten", "push/de"),
        ("Facebook Twitter WhatsApp", "share/any"),
        ("Condividi su Facebook", "share/it"),
        ("Please enter your comment!", "comment/en"),
        ("Deja un comentario", "comment/es"),
        ("A user comment will be deleted if it:", "rules/en"),
        ("Nous utilisons des cookies pour mesurer l’audience.", "consent/fr"),
        ("Forgot your password?", "login/en"),
        ("By Jane Doe and John Q. Public", "byline/en"),
        ("Example Press writer Jane Doe contributed to this report.", "byline/en"),
        ("(Reporting by Jane Doe and John Roe; editing by Ann Poe)", "byline/en"),
        ("(jdo)", "byline/de"),
        ("mit dpa", "byline/de"),
        ("For more from the harbour, sign up to our weekly newsletter.", "newsletter/en"),
        ("Updated on March 3, 2020 at 4:15 pm", "date/en"),
        ("Vor 3 Stunden", "date/de"),
        ("Czas czytania: 3 min", "date/pl"),
        ("읽는 시간 3분", "date/ko"),
        ("Lue myös: Lautta myytiin museolle", "related/fi"),
        ("यह भी पढ़ें: नौका संग्रहालय को बेची गई", "related/hi"),
        ("A cikk a hirdetés után folytatódik", "ad/hu"),
        ("Distribuie pe Facebook", "share/ro"),
        ("{* #resendLink *}", "byline/any"),
        ("© 2021 Example Media. All rights reserved.", "copyright/any"),
        ("- Advertisement -", "ad/any"),
        ("* * *", "separator/any"),
        ("返回首页", "nav/zh"),
        ("سياسة الخصوصية", "consent/ar"),
    ],
)
def test_boilerplate_line_names_its_rule(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the river had fallen below the mark that the ferrymen painted in 1954.",
        "Read more books, the librarian told the children, and lend them to each other.",
        "The council asked residents to sign up for the night watch before Friday.",
        "Von Montag an gilt in der Altstadt Tempo 20, teilte die Stadt mit.",
        "The museum shared its catalogue, and 40 readers left comments within a day.",
        "What the bridge keepers said",
        "Мост открыли во вторник, спустя девять лет после бури.",
        "橋は火曜日に九年ぶりに開通した。",
        "",
        "   ",
    ],
)
def test_prose_and_headings_stay(line: str) -> None:
    assert line_rule(line) is None


def test_rule_ignores_bullets_arrows_and_final_punctuation() -> None:
    assert line_rule("• Read more »") == line_rule("read more") == "related/en"


def test_rule_of_a_byline_wants_capitals() -> None:
    assert line_rule("by the river bank") is None


def test_phrase_in_a_long_block_does_not_remove_it() -> None:
    block = "All rights reserved for the ferrymen, the treaty says. " * 10
    assert len(block) > MAX_LINE
    assert line_rule(block) is None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Related:", "related/en"),
        ("Tags:", "tags/en"),
        ("3 Comments", "comment/en"),
        ("Mehr zum Thema", "related/de"),
        ("Lo más leído", "related/es"),
        ("関連記事", "related/ja"),
        ("Читайте также", "related/ru"),
        ("เรื่องที่เกี่ยวข้อง", "related/th"),
        ("Tin cùng chuyên mục", "related/vi"),
        ("כתבות נוספות", "related/he"),
    ],
)
def test_heading_of_a_tail_section_is_known(line: str, rule: str) -> None:
    assert tail_rule(line) == rule


@pytest.mark.parametrize(
    "line", ["Related bridges were built of oak", "Commentary", "Tag der Arbeit"]
)
def test_ordinary_heading_opens_no_tail(line: str) -> None:
    assert tail_rule(line) is None


@pytest.mark.parametrize(
    ("caption", "rule"),
    [
        ("Walkers wait for the ribbon. Photo: Jane Doe", "credit/en"),
        ("Walkers wait for the ribbon (AP Photo/Jane Doe).", "credit/any"),
        ("Walkers wait for the ribbon. Jane Doe/Reuters", "credit/any"),
        ("Wanderer warten auf das Band. Foto: Erika Muster/dpa", "credit/any"),
        ("テープカットを待つ人たち（写真：見本花子）", "credit/ja"),
    ],
)
def test_caption_is_known_by_its_credit(caption: str, rule: str) -> None:
    assert credit_rule(caption) == rule


@pytest.mark.parametrize(
    "text",
    ["The ribbon was cut, the agency Reuters reported.", "She said: the photo shows it all."],
)
def test_sentence_about_a_picture_is_no_caption(text: str) -> None:
    assert credit_rule(text) is None


def test_promo_after_the_last_sentence_is_cut() -> None:
    text = "“It holds,” the engineer said. READ | Ferry sold to a museum in the north"
    assert cut_inline(text) == ("“It holds,” the engineer said.", ("read/en",))


@pytest.mark.parametrize(
    ("promo", "rule"),
    [
        ("ALSO READ: Ferry sold to a museum", "read/en"),
        ("Lesen Sie auch: Die Fähre steht im Museum", "read/de"),
        ("À lire aussi : le bac est au musée", "read/fr"),
        ("Читайте также: паром передали музею", "read/ru"),
        ("Läs också: Färjan såld till ett museum", "read/sv"),
        ("Xem thêm: Chiếc phà được bán cho bảo tàng", "read/vi"),
        ("PUBLICIDAD", "ad/es"),
    ],
)
def test_promo_is_cut_in_other_languages(promo: str, rule: str) -> None:
    assert cut_inline(f"The bridge holds. {promo}") == ("The bridge holds.", (rule,))


def test_paragraph_without_promo_is_returned_as_it_is() -> None:
    text = "The sign says READ | WRITE | COUNT over the school door. Nobody minds."
    assert cut_inline(text) == (text, ())


def test_paragraph_of_nothing_but_a_promo_becomes_empty() -> None:
    assert cut_inline("READ | Ferry sold to a museum in the north") == ("", ("read/en",))


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        ("(opens in a new tab)", "link/en"),
        ("(Öffnet im neuen Fenster)", "link/de"),
        ("(s’ouvre dans un nouvel onglet)", "link/fr"),
        ("(se abre en una nueva ventana)", "link/es"),
        ("(откроется в новом окне)", "link/ru"),
        ("(新しいタブで開く)", "link/ja"),
    ],
)
def test_note_on_where_a_link_opens_is_cut_out_of_the_sentence(note: str, rule: str) -> None:
    assert cut_notes(f"The harbour board {note} will meet.") == (
        "The harbour board will meet.",
        (rule,),
    )


def test_other_brackets_stay() -> None:
    text = "A window (new in March) opens in a new tab of the show."
    assert cut_notes(text) == (text, ())


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("jo.strand@example.com", "follow/any"),
        ("twitter.com/jostrand", "follow/any"),
        ("On ExampleNews.com: Ferry sold to a museum", "related/en"),
        ("Click here for the timetable.", "related/en"),
        ("Klicken Sie hier, um den Fahrplan zu sehen.", "related/de"),
        ("Vergi takvimi için tıklayınız", "related/tr"),
        ("Get in touch with our news team by emailing us at news@example.com.", "follow/en"),
        ("Twelve boats in one magazine: 12 issues for £9.99. Order today.", "ad/en"),
        ("We may earn a commission from links on this page.", "copyright/en"),
        ("Additional reporting from PA", "byline/en"),
        ("Mit Agenturmaterial", "byline/de"),
        ("17:41 JST, October 13, 2024", "date/en"),
        ("Pictured from left: Jo Strand and Ada Moor", "caption/en"),
        ("Jo Strand (left) and Ada Moor (right) on the pier", "caption/en"),
    ],
)
def test_line_is_boilerplate_by_its_rule(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "She wrote to jo.strand@example.com and waited.",
        "On Monday: rain.",
        "The board earned a commission from each ticket.",
        "Jo Strand (left) spoke first.",
    ],
)
def test_sentence_with_words_of_a_rule_stays(line: str) -> None:
    assert line_rule(line) is None


def test_every_pattern_compiles_and_stands_once() -> None:
    rules = read_rules()
    assert all(re.compile(rule.pattern) for rule in rules)
    assert len({(rule.kind, rule.pattern) for rule in rules}) == len(rules)


def test_no_phrase_starts_or_ends_with_what_is_stripped_from_lines() -> None:
    phrases = [r.pattern for r in read_rules() if r.kind != "inline" and r.pattern.isalpha()]
    assert phrases == [phrase.strip(EDGES) for phrase in phrases]


def test_capital_after_a_backslash_makes_no_pattern_cased() -> None:
    assert not Rule("x/any", "line", r"\S+ \W").cased
    assert Rule("x/any", "line", r"By \S+").cased


def test_index_meets_a_pattern_by_how_its_lines_start() -> None:
    keys = ("^left", "^right bank")
    index = Index([Rule("x/any", "line", "left (?:bank|side)|right bank", keys)])
    assert index.match("right bank") == index.match("left side") == {"line": "x/any"}
    assert index.match("left hand") == {}


def test_index_finds_a_searched_pattern_by_its_longest_word() -> None:
    pattern = ".*on the (?:left|right) embankment.*"
    index = Index([Rule("x/any", "line", pattern, ("embankment",))])
    assert index.match("she lives on the left embankment now") == {"line": "x/any"}
    assert index.match("the embankment") == {}


def test_index_wants_both_halves_of_a_key() -> None:
    index = Index([Rule("x/any", "line", r"\d+ (?:boats|ferries)", ("^0…boats", "^0…ferries"))])
    assert index.match("12 boats") == index.match("12 Ferries") == {"line": "x/any"}
    assert index.match("no boats") == index.match("12 mills") == {}


def test_index_finds_a_key_inside_text_without_spaces() -> None:
    index = Index([Rule("x/ja", "line", ".*会員限定.*", ("会員限定",))])
    assert index.match("この記事は会員限定です") == {"line": "x/ja"}


def test_index_names_one_rule_of_each_kind() -> None:
    index = Index([Rule("a/en", "line", "related"), Rule("b/en", "tail", "related")])
    assert index.match("Related") == {"line": "a/en", "tail": "b/en"}


def test_index_tries_a_rule_without_keys_of_its_own_on_every_line() -> None:
    index = Index([Rule("x/any", "line", r"\W{2}.*", ("*",))])
    assert index.match("§§ 12") == {"line": "x/any"}
