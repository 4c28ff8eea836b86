"""Training and scoring on dumps: labels, determinism, and weights that never saw a page's site."""

import json
from pathlib import Path

import pytest

from cleaners.dump.lines import read_lines
from evaluation import dump_train, dumps
from evaluation.dump_pages import Dump, example_of, find, read_dumps

BENCH = Path(__file__).parents[3] / "shared" / "bench"
needs_bench = pytest.mark.skipif(not BENCH.is_dir(), reason="the harness lies beside the checkout")

MENU = "Home\nNews\nSport\nLog in\nSearch\nWeather\nA ferry is sold to the museum"
PROSE = (
    "The rope bridge number {n} over the gorge opened to walkers on Tuesday, its keeper {m} said."
)


def body(page: int) -> str:
    return "\n\n".join(PROSE.format(n=page, m=m) for m in range(5))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of twenty small dumps of as many sites, with their gold."""
    (tmp_path / "newspaper4k").mkdir()
    for page in range(20):
        path = tmp_path / "newspaper4k" / f"{page}.txt"
        path.write_text(f"{MENU}\n\nBridge {page} opens\n\n{body(page)}\n\nRelated:\n{MENU}")
        gold = {"url": f"https://site{page}.example/a", "text": body(page), "variants": None}
        path.with_suffix(".json").write_text(json.dumps(gold))
    return tmp_path


def test_lines_of_the_gold_are_found_in_its_order() -> None:
    lines = read_lines(f"It held.\n{body(1)}\nIt held.\nNobody fell.", None)
    assert find(lines, f"{body(1)}\nIt held.").round().tolist() == [0, 1, 1, 1, 1, 1, 1, 0]


def test_line_that_shares_single_words_is_not_found() -> None:
    lines = read_lines("A keeper of the old ferry said the bridge will never open again.", None)
    assert find(lines, body(1))[0] == 0


def test_line_of_some_variants_is_wanted_in_part() -> None:
    golds = (body(1), f"{body(1)}\nNobody fell.")
    dump = Dump("fundus_eval", "a", f"{body(1)}\n\nNobody fell.", "", golds, "a.example")
    example = example_of(dump)
    assert example is not None
    assert example.share.tolist() == [1, 1, 1, 1, 1, 0.5]
    assert dump_train.weigh(example)[-1] == 0


def test_dense_dump_has_no_empty_lines() -> None:
    dump = Dump("wcxb", "a", body(1), "", (body(1),), "a.example")
    example = example_of(dump, dense=True)
    assert example is not None
    assert example.columns["gap"].sum() == 0


def test_dump_without_lines_is_no_example() -> None:
    assert example_of(Dump("wcxb", "a", "\n\n", "", ("",), "a.example")) is None


@needs_bench
def test_training_is_deterministic_and_written_whole(folder: Path, tmp_path: Path) -> None:
    files = [tmp_path / "first.json", tmp_path / "second.json"]
    for file in files:
        options = ["--folds", str(tmp_path / "folds"), "--rounds", "5"]
        assert dump_train.main([str(BENCH), str(folder), str(file), *options]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert {"trees", "features", "fingerprint"} <= json.loads(files[0].read_text()).keys()


@needs_bench
def test_scores_are_told_by_set(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dumps.main([str(BENCH), str(folder)]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["set", "pages", "F1"]
    assert row.split()[:2] == ["newspaper4k", "20"]


@needs_bench
def test_page_without_an_article_scores_nothing() -> None:
    dump = Dump("wcxb", "a", "Home\nNews", "", (body(1),), "a.example")
    assert next(dumps.score_each(BENCH, [dump]))[1]["f1"] == 0


@needs_bench
def test_reading_keeps_the_order_of_the_files(folder: Path) -> None:
    found = [dump.id for dump in read_dumps(BENCH, folder)]
    assert found == sorted(found)
    assert len(found) == 20
