"""The newsroom's articles are worth reading, and their source files say what they mean."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.newsroom.publisher import NewsroomMissingError, Publisher, read_newsroom
from crawler.newsroom.story import Story, entries, mapping, moment, read_parts

PUBLISHERS = read_newsroom()
MERIDIAN = PUBLISHERS[1]
STORIES = [story for publisher in PUBLISHERS for story in publisher.stories]


def words(story: Story) -> list[str]:
    return re.findall(r"\w+", story.text.lower())


@pytest.mark.parametrize("publisher", PUBLISHERS, ids=lambda one: one.name)
def test_every_publisher_brings_eleven_articles_or_more(publisher: Publisher) -> None:
    assert len(publisher.stories) >= 11


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.slug)
def test_article_has_the_length_of_a_news_story(story: Story) -> None:
    assert 180 <= len(words(story)) <= 450


def test_no_two_articles_open_alike() -> None:
    openings = Counter(tuple(words(story)[:5]) for story in STORIES)
    assert max(openings.values()) == 1


def test_no_two_articles_share_eight_words_in_a_row() -> None:
    runs = Counter(
        run
        for story in STORIES
        for run in {tuple(words(story)[at : at + 8]) for at in range(len(words(story)) - 7)}
    )
    assert [run for run, count in runs.items() if count > 1] == []


def test_one_publisher_has_editions_in_german_french_and_spanish() -> None:
    languages = Counter(story.language for story in MERIDIAN.stories)
    assert all(languages[language] >= 2 for language in ("en", "de", "fr", "es"))


def test_missing_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(NewsroomMissingError, match="nowhere"):
        read_newsroom(tmp_path / "nowhere")


def test_source_file_parts_text_from_noise() -> None:
    parts = list(read_parts("One\ntwo.\n\n- a\n- b\n\n| x | y |\n\n> Q\n\n!card A | B | C\n\n!ad"))
    kinds = [(part.kind, part.fields) for part in parts]
    assert kinds == [
        ("p", ("One two.",)),
        ("li", ("a",)),
        ("li", ("b",)),
        ("row", ("x", "y")),
        ("quote", ("Q",)),
        ("card", ("A", "B", "C")),
        ("ad", ("",)),
    ]


def test_time_without_a_zone_is_no_time() -> None:
    with pytest.raises(ValueError, match="no time with a zone"):
        moment(dt.datetime(2026, 11, 18, 7, 15))  # noqa: DTZ001  # what the test is about


def test_front_matter_of_another_shape_is_refused() -> None:
    with pytest.raises(TypeError, match="no list"):
        entries("tags")
    with pytest.raises(TypeError, match="no mapping"):
        mapping(["hero"])
