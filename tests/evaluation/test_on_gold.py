"""On the gold pages themselves, where they lie beside the project."""

import json
from pathlib import Path

import pytest

from evaluation.gold import BENCH, QUICK, Gold, gold_pages, is_present
from evaluation.measure import resample, samples
from evaluation.pages import harness
from evaluation.run import Records, run
from evaluation.systems import TRAFILATURA

pytestmark = [
    pytest.mark.skipif(not is_present(BENCH), reason=f"no gold pages in {BENCH}"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves its files open
]
SET = "newspaper4k"


@pytest.fixture(name="out", scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evaluation")


@pytest.fixture(name="gold", scope="module")
def few_pages() -> Gold:
    return gold_pages(BENCH, (SET,), {SET: 4})


@pytest.fixture(name="records", scope="module")
def records_of_trafilatura(gold: Gold, out: Path) -> Records:
    return run(TRAFILATURA, gold, BENCH, out, processes=1)


def test_figures_are_those_of_the_harness(records: Records) -> None:
    scores = {key: record["scores"] for key, record in records[SET].items()}
    total = harness(BENCH, "score").summarise(SET, scores)
    found = samples("word", list(scores.values()), resample(4, SET, 0), partial=False)
    ours = [found[name][0] for name in ("f1", "p", "r", "exact", "title")]
    theirs = [total["word"][name] for name in ("f1", "p", "r")]
    assert ours == pytest.approx([*theirs, total["shingle"]["exact"], total["title"]])


def test_second_run_reads_what_the_first_wrote(records: Records, gold: Gold, out: Path) -> None:
    [path, *_] = sorted(out.glob(f"traf-*/{SET}/*.json"))
    path.write_text(json.dumps({**records[SET][path.stem], "cpu": -1.0}), encoding="utf-8")
    assert run(TRAFILATURA, gold, BENCH, out)[SET][path.stem]["cpu"] == -1.0


def test_sample_is_the_same_each_time_and_the_small_sets_are_whole() -> None:
    first, again = gold_pages(BENCH, limits=QUICK), gold_pages(BENCH, limits=QUICK)
    assert {n: [p.id for p in pages] for n, pages in first.items()} == {
        n: [p.id for p in pages] for n, pages in again.items()
    }
    assert len(first["scrapinghub"]) == 95
