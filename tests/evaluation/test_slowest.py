from evaluation.slowest import slowest, table_of, time_page
from tests.evaluation.test_profile import Page


def test_slowest_pages_of_the_first_run_come_first() -> None:
    quick, slow = Page(), Page()
    slow.id = "slow"
    records = {"wcxb": {"ferry": {"cpu": 0.1}, "slow": {"cpu": 0.3}}}
    assert slowest({"wcxb": [quick, slow]}, records, 1) == [("wcxb", slow)]


def test_page_is_timed_with_what_came_of_it() -> None:
    seconds, result = time_page(Page())
    assert seconds > 0
    assert result.endswith(" characters")


def test_table_shows_size_and_result() -> None:
    row = (0.4321, "wcxb", "ferry", "9 characters", 2500)
    assert table_of([row]).splitlines()[-1] == "| 0.432 | 2 | wcxb | ferry | 9 characters |"
