from pathlib import Path

import pytest

from evaluation.peers import best_published

PEERS = """
**scrapinghub** (shingle)

| system | n | F1 | P |
|---|---|---|---|
| ORACLE(own runs) | 95 | 99.0 | 98.7 |
| pub_Quill | 95 | 97.9 | 98.1 |
| partial | 4 | 99.9 | 98.0 |

**fundus_parser** (word)

| system | n | F1 | P |
|---|---|---|---|
| fundus | 162 | 100.0 | 100.0 |
| traf | 162 | 95.2 | 93.8 |

**fundus_parser** metadata (n: title 162)

| system | title |
|---|---|
| other | 99 | 99.8 | 1 |
"""


@pytest.fixture(name="best")
def best_of_peers(tmp_path: Path) -> dict[str, tuple[str, float]]:
    path = tmp_path / "PEERS.md"
    path.write_text(PEERS)
    return best_published(path)


def test_best_is_no_pick_page_by_page_and_answers_every_page(
    best: dict[str, tuple[str, float]],
) -> None:
    assert best["scrapinghub"] == ("Quill", 0.979)


def test_system_whose_output_is_the_gold_does_not_count(best: dict[str, tuple[str, float]]) -> None:
    assert best["fundus_parser"] == ("trafilatura", 0.952)
