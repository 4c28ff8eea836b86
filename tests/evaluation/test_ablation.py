from evaluation.ablation import NAMES, added, alone, combinations, section, table
from evaluation.measure import resample, samples
from evaluation.systems import OURS
from tests.evaluation.scoring import word


def test_each_part_is_switched_off_alone() -> None:
    assert [off for _, off in alone()] == [(), *((name,) for name in NAMES)]


def test_parts_are_added_until_all_are_on() -> None:
    offs = [off for _, off in added()]
    assert (offs[0], offs[-1]) == (NAMES, ())
    assert [len(off) for off in offs] == list(range(len(NAMES), -1, -1))


def test_no_combination_is_run_twice() -> None:
    assert len(set(combinations())) == len(combinations()) == 2 * len(NAMES)


def test_run_is_shown_as_its_difference_to_its_base() -> None:
    weights = resample(2, "wcxb")
    all_parts, fewer = (
        {"wcxb": samples("word", [word(f1)] * 2, weights, partial=False)} for f1 in (0.9, 0.8)
    )
    shown = table({(): all_parts, ("a",): fewer}, [("all", ()), ("without a", ("a",))], [(), ()])
    assert shown.splitlines()[2:] == [
        "| all | 90.0 (90.0–90.0) |",
        "| without a | -10.0 (-10.0 to -10.0) |",
    ]


def test_section_has_both_tables() -> None:
    figures = {"wcxb": samples("word", [word(0.9)], resample(1, "wcxb"), partial=False)}
    text = section(dict.fromkeys(combinations(), figures), OURS, "1 page")
    assert text.count("| parts | wcxb |") == 2
