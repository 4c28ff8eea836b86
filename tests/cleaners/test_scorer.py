import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from cleaners.blocks import Block
from cleaners.features import NAMES, Features, describe
from cleaners.page import open_page
from cleaners.scorer import doubt, score
from tests.cleaners.pages import PROSE, page, paragraphs

MENU = "<nav><ul>" + "".join(f"<li><a href=/{n}>Item {n}</a>" for n in range(20)) + "</ul></nav>"
TITLE = "Morning boat to leave later"
BODY = f"{MENU}<article><h1>{TITLE}</h1>{paragraphs(*PROSE, *PROSE[::-1])}</article>"


def features(body: str = BODY) -> tuple[Sequence[Block], Features]:
    opened = open_page(page(body, head=f"<title>{TITLE}</title>"), "u")
    blocks = opened.blocks
    return blocks, describe(opened, blocks, TITLE)


def test_prose_of_an_article_scores_high() -> None:
    blocks, found = features()
    scores = dict(zip(found.candidates.tolist(), score(found).tolist(), strict=True))
    prose = [scores[place] for place, block in enumerate(blocks) if block.text in PROSE[:4]]
    assert np.mean(prose) > 0.5


def test_score_is_the_same_every_time() -> None:
    _, found = features()
    assert score(found).tolist() == score(found).tolist()


def test_doubt_is_the_share_of_unsure_words() -> None:
    _, found = features()
    sure = np.zeros(len(found.candidates))
    assert doubt(found, sure) == 0
    assert doubt(found, sure + 0.5) == 1
    assert doubt(found, sure[:0]) == 1


def test_page_without_blocks_has_no_scores() -> None:
    _, found = features()
    empty = Features(found.rows[:0], found.candidates[:0], found.words[:0])
    assert score(empty).tolist() == []


def test_weights_name_their_features_and_origin() -> None:
    weights = json.loads((files("cleaners") / "data" / "blocks.json").read_text(encoding="utf-8"))
    assert tuple(weights["features"]) == NAMES
    assert {"command", "fingerprint", "out_of_fold", "pages"} <= weights.keys()
