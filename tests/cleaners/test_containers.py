import numpy as np

from cleaners.containers import Containers
from cleaners.page import open_page
from tests.cleaners.pages import page

BODY = "<main class=a><p>one</p><p>two</p></main><aside><ul><li>three</li></ul></aside>"


def containers(body: str = BODY) -> Containers:
    return Containers(open_page(page(body), "u").blocks)


def test_totals_sum_up_to_the_root() -> None:
    totals = containers().totals(np.array([1.0, 2.0, 4.0]))
    assert totals[0] == 7
    assert sorted(totals.tolist()) == [1, 2, 3, 4, 4, 4, 7, 7]


def test_counts_are_totals() -> None:
    found, words = containers(), np.array([1.0, 2.0, 4.0])
    assert found.counts(words).tolist() == found.totals(words).tolist()


def test_two_paragraphs_of_one_place_are_alike() -> None:
    [one, two, three] = containers().marks(np.arange(3)).alike.tolist()
    assert one == two != three


def test_deepest_container_of_most_text_is_found() -> None:
    found = containers()
    place = found.deepest(found.totals(np.array([5.0, 5.0, 1.0])), 0.9)
    assert found.inside(place).tolist() == [True, True, False]


def test_shared_depth_tells_near_from_far() -> None:
    found = containers()
    shared = found.shared_depth(int(found.of_block[0]))[found.of_block].tolist()
    assert shared == [3, 2, 1]


def test_parents_are_one_level_up() -> None:
    found = containers()
    own = found.of_block
    assert (found.depths[own] - found.depths[found.parents[own]]).tolist() == [1, 1, 1]


def test_text_behind_a_paragraph_is_around_it() -> None:
    found = containers("<div><p>one</p>two</div><p>three</p>")
    assert found.inside(int(found.of_block[1])).tolist() == [True, True, False]
