"""The parts of cleaning a dump: lines, captions, extent, headline, verdicts."""

import pytest

from cleaners.dump.captions import CAPTION, CARD, find_captions
from cleaners.dump.extent import Weights, best_run, run_from
from cleaners.dump.keep import Verdicts
from cleaners.dump.lines import Line, read_lines
from cleaners.dump.title import can_head, common, locate, named_lines, slug_words

PROSE = "The rope bridge over the gorge opened to walkers on Tuesday after nine years of work"
CREDIT = "© Example / Jane Doe"
SLUG = "https://news.example/2021/rope-bridge-opens-at-last.html"


def paragraphs(count: int) -> str:
    return "\n\n".join(f"{PROSE}, keeper number {n} said." for n in range(count))


def lines(text: str) -> list[Line]:
    return read_lines(text, None)


def fates(text: str, url: str = "") -> dict[str, str]:
    """Return what became of each line of *text*."""
    found = lines(text)
    captions = find_captions(found)
    _, run = locate(found, Weights(found, captions), url)
    verdicts = Verdicts(found, captions, run).all()
    return {line.text: rule for line, (_, rule) in zip(found, verdicts, strict=True)}


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (f"{PROSE}.", True),
        (PROSE, False),
        (f"{PROSE} {PROSE}", True),
        ("Yes, he did.", False),
        ("“It holds,” the engineer said.”", True),
        ("橋は火曜日に九年ぶりに歩行者に開放された。", True),
        ("Мост открыли для пешеходов во вторник.", True),
        ("افتتح الجسر أمام المشاة يوم الثلاثاء.", True),
        ("पुल मंगलवार को पैदल यात्रियों के लिए खोला गया।", True),
        ("Sign up for our daily newsletter.", False),
    ],
)
def test_prose_has_the_shape_of_a_sentence(text: str, prose: bool) -> None:
    assert Line(text, gap=True).is_prose is prose


def test_lines_between_comment_rules_are_rules() -> None:
    text = (
        "Comments may be deleted by the team of moderators.\nBe kind to the ferrymen.\n"
        "• no shouting;\nThe moderators’ decision is final: comments will be removed.\nBridge opens"
    )
    rules = [line.rule for line in lines(text)]
    assert rules == ["line:rules/en"] * 4 + [""]


def test_far_rules_do_not_join() -> None:
    between = "\n".join(f"Keeper number {n} spoke." for n in range(8))
    text = f"Comments will be deleted.\n{between}\nComments will be deleted."
    assert sum(line.category == "rules" for line in lines(text)) == 2


def test_photo_block_is_three_captions() -> None:
    found = find_captions(lines(f"{PROSE}\n{CREDIT}\n{PROSE}"))
    assert found == {0: CAPTION, 1: CAPTION, 2: CAPTION}


def test_card_is_picture_credit_and_another_headline() -> None:
    found = find_captions(lines(f"A ferry in dry dock\n{CREDIT}\nMuseum bids for the old ferry"))
    assert found == {0: CARD, 1: CARD, 2: CARD}


def test_paragraph_before_a_credit_stays() -> None:
    assert find_captions(lines(f"{PROSE}.\n{CREDIT}\nIt held, he said.")) == {1: CAPTION}


def test_line_before_a_credit_at_the_end_is_a_caption() -> None:
    assert find_captions(lines(f"A ferry in dry dock\n{CREDIT}")) == {0: CAPTION, 1: CAPTION}


def test_credit_at_the_top_stands_alone() -> None:
    assert find_captions(lines(f"{CREDIT}\n\n{PROSE}")) == {0: CAPTION}


def test_alternative_text_and_caption_with_credit_are_one_picture() -> None:
    text = "A ferry in dry dock by the gorge\n\nA ferry in dry dock by the gorge (left), 2021"
    assert find_captions(lines(text)) == {0: CAPTION, 1: CAPTION}


def test_line_that_ends_in_a_credit_is_a_caption() -> None:
    text = f"{PROSE}. Photo: Jane Doe/Reuters\n\n{PROSE}, the council said."
    assert find_captions(lines(text)) == {0: CAPTION}


def test_run_is_the_part_with_prose() -> None:
    found = lines(f"Home\nNews\nSport\n\n{paragraphs(3)}\n\nRelated:\nHome\nNews")
    run = best_run(found, Weights(found, {}))
    assert (run.start, run.stop) == (3, 6)


def test_run_of_nothing_is_empty() -> None:
    found = lines("Home\nNews")
    assert best_run(found, Weights(found, {})).worth == 0


def test_run_crosses_a_small_widget() -> None:
    found = lines(
        f"{paragraphs(5)}\n\nRead more\nFerry sold\n\n{paragraphs(4).replace('rope', 'oak')}"
    )
    assert run_from(found, Weights(found, {}), 0).stop == len(found)


def test_paragraph_behind_an_advert_belongs_to_the_run() -> None:
    found = lines(
        f"{PROSE}, she said.\n\nAdvertisement\n\n{paragraphs(3)}\n\n"
        "Advertisement\n\nIt held until Friday night."
    )
    run = best_run(found, Weights(found, {}))
    assert (run.start, run.stop) == (0, len(found))


def test_run_starts_anew_after_much_that_is_no_article() -> None:
    teasers = "\n".join(f"A ferry is sold to museum number {n}" for n in range(12))
    note = "Your subscription is used on another device of yours."
    found = lines(f"{note}\n\n{note} Yes.\n{teasers}\n\n{paragraphs(4)}")
    assert run_from(found, Weights(found, {}), 0).start > 2


def test_slug_is_the_longest_part_of_the_path() -> None:
    assert slug_words(SLUG) == ["rope", "bridge", "opens", "at", "last"]
    assert slug_words("http://[broken") == []


def test_common_words_keep_their_order() -> None:
    assert common(list("abcd"), list("xacydb")) == 3


def test_address_without_words_names_no_line() -> None:
    assert named_lines(lines("Rope bridge opens at last"), "https://news.example/12345") == []


def test_headline_is_the_line_that_the_address_repeats() -> None:
    text = f"Ferry sold to a museum in the north\n\nRope bridge opens at last\n\n{paragraphs(3)}"
    found = lines(text)
    title, run = locate(found, Weights(found, {}), SLUG)
    assert (title, run.start) == (1, 2)


def test_headline_below_the_article_is_not_its_headline() -> None:
    found = lines(f"{paragraphs(5)}\n\nRope bridge opens at last")
    title, run = locate(found, Weights(found, {}), SLUG)
    assert (title, run.stop) == (None, 5)


def test_headline_far_above_comments_still_counts() -> None:
    found = lines(f"Rope bridge opens\n\nBy Jane Doe\n\n{paragraphs(3)}")
    assert locate(found, Weights(found, {}), "")[0] == 0


@pytest.mark.parametrize("text", ["Bridge", "See https://a.example/b here", "Related:", PROSE * 4])
def test_line_cannot_be_a_headline(text: str) -> None:
    assert not can_head(Line(text, gap=True))


def test_heading_and_short_sentence_between_paragraphs_stay() -> None:
    text = f"{paragraphs(2)}\n\nThree tonnes\n\n{PROSE}, he said.\n\nIt held.\n\n{PROSE}, she said."
    found = fates(text)
    assert (found["Three tonnes"], found["It held."]) == ("heading", "sentence")


def test_items_after_a_colon_stay() -> None:
    found = fates(
        f"{paragraphs(2)}\n\nThe council counts:\n\n• ropes\n• knots\n\n{PROSE}, he said."
    )
    assert (found["The council counts:"], found["• ropes"]) == ("sentence", "item")


def test_list_of_links_goes() -> None:
    found = fates(f"{paragraphs(2)}\n\n• Ferry sold\n• Fog ahead\n\n{PROSE}, he said.")
    assert found["• Ferry sold"] == "short"


def test_second_copy_of_a_paragraph_goes() -> None:
    first = paragraphs(6).partition("\n")[0]
    found = lines(f"{paragraphs(6)}\n\n{first}\n\n{PROSE}, he said.")
    run = run_from(found, Weights(found, {}), 0)
    assert Verdicts(found, {}, run).all()[6] == (False, "repeat")


def test_sentence_that_clings_to_another_line_is_a_caption() -> None:
    picture = "Walkers wait on the eastern bank.\nWalkers and dogs, seen from the tower."
    found = fates(f"{paragraphs(9)}\n\n{picture}\n\n{PROSE}, he said.")
    assert found["Walkers wait on the eastern bank."] == "caption"
    assert found["Walkers and dogs, seen from the tower."] == "caption"


def test_paragraph_after_a_card_stays() -> None:
    card = f"A ferry in dry dock\n{CREDIT}\nMuseum bids for the old ferry"
    text = f"{paragraphs(9)}\n\n{card}\n{PROSE}, the museum said.\n\n{PROSE}, he said."
    assert fates(text)[f"{PROSE}, the museum said."] == "prose"


def test_lines_outside_say_so() -> None:
    found = fates(f"Home\nValley news\n\n{paragraphs(3)}\n\nRelated:\n\nFerry sold")
    assert (found["Valley news"], found["Home"]) == ("outside", "line:nav/en")
