import numpy as np
import pytest

from evaluation.measure import difference, estimate, resample, samples
from tests.evaluation.scoring import segments, shingle, word


def test_f1_of_words_is_the_mean_over_pages() -> None:
    found = samples("word", [word(1.0), word(0.5)], resample(2, "s", 0), partial=False)
    assert found["f1"].tolist() == [0.75]


def test_f1_of_shingles_is_made_of_the_means_of_precision_and_recall() -> None:
    pages = [shingle(1.0, 0.5), shingle(0.5, 0.5)]
    found = samples("shingle", pages, resample(2, "s", 0), partial=False)
    assert found["f1"].tolist() == [pytest.approx(2 * 0.75 * 0.5 / 1.25)]


def test_page_without_precision_counts_in_no_mean_of_precision() -> None:
    pages = [shingle(None, 0.0), shingle(0.5, 1.0)]
    found = samples("shingle", pages, resample(2, "s", 0), partial=False)
    assert (found["p"].tolist(), found["r"].tolist()) == ([0.5], [0.5])


def test_segments_are_counted_over_all_pages() -> None:
    pages = [segments(9, 1, 0), segments(1, 0, 1)]
    found = samples("segments", pages, resample(2, "s", 0), partial=False)
    assert found["f1"].tolist() == [pytest.approx(2 * 10 / (2 * 10 + 1 + 1))]


def test_title_that_the_gold_does_not_state_is_not_counted() -> None:
    pages = [word(1.0, title=1.0), word(1.0)]
    assert samples("word", pages, resample(2, "s", 0), partial=False)["title"].tolist() == [1.0]


def test_figure_that_no_page_has_is_none() -> None:
    found = samples("word", [word(1.0)], resample(1, "s"), partial=False)
    assert estimate(found["date"]) is None


def test_partial_system_is_scored_on_the_text_it_gives() -> None:
    pages = [word(0.8), {**word(0.0), "empty": True}]
    assert samples("word", pages, resample(2, "s", 0), partial=True)["f1"].tolist() == [0.8]


def test_interval_holds_the_figure_and_narrows_with_more_pages() -> None:
    few, many = (
        estimate(
            samples("word", [word(1.0), word(0.5)] * n, resample(2 * n, "s"), partial=False)["f1"]
        )
        for n in (5, 500)
    )
    assert few
    assert many
    assert few.low < many.low < 0.75 < many.high < few.high


def test_resamples_are_the_same_each_time() -> None:
    assert np.array_equal(resample(9, "a", 20), resample(9, "a", 20))


def test_resamples_of_two_sets_differ() -> None:
    assert not np.array_equal(resample(9, "a", 20), resample(9, "b", 20))


def test_every_resample_draws_as_many_pages_as_there_are() -> None:
    assert set(resample(9, "a", 20).sum(axis=1).tolist()) == {9.0}


def test_difference_is_paired() -> None:
    weights = resample(50, "s")
    theirs = [word(n / 50) for n in range(50)]
    ours = [word(n / 50 + 0.1) for n in range(50)]
    found = difference(
        samples("word", ours, weights, partial=False),
        samples("word", theirs, weights, partial=False),
    )
    assert found
    assert [found.low, found.value, found.high] == [pytest.approx(0.1)] * 3
