"""The last line and the JSON object of a crawl."""

import json
from pathlib import Path

from crawler.outcome import Outcome
from crawler.summary import ENDS, INTERRUPTED, OK, UNHEALTHY, Summary

COUNTS = Summary.of(
    {
        "finish_reason": "finished",
        "articles/written": 3,
        "articles/known": 9,
        "articles/failed/timeout": 2,
        "articles/refused/NoContentError": 1,
        "listings/failed/HTTP 404": 1,
        "links/out_of_range": 4,
        "articles/out_of_range": 1,
        "listings/unchanged": 2,
        "listings/not_due": 1,
        "links/listed_in_range": 12,
    }
)


def an_outcome(code: int, reason: str = "") -> Outcome:
    return Outcome(
        code=code,
        reason=reason,
        spider="news",
        source="bugle",
        folder=Path("data/articles/bugle"),
        seconds=12.34567,
        summary=COUNTS,
    )


def test_object_has_every_count_with_its_reasons() -> None:
    assert json.loads(an_outcome(OK).json()) == {
        "spider": "news",
        "source": "bugle",
        "exit_code": 0,
        "end": "ok",
        "reason": "",
        "seconds": 12.346,
        "articles": "data/articles/bugle",
        "counts": COUNTS.counts(),
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "known": 9,
        "duplicate": 0,
        "incomplete": 0,
        "layout_changed": 0,
        "guarded": 0,
        "listed": 12,
        "listed_written": None,
        "listings_unchanged": 2,
        "listings_not_due": 1,
        "out_of_range": 5,
        "closed_by_robots": 0,
        "refused": {"NoContentError": 1},
        "failed": {"timeout": 2},
        "listings_lost": {"HTTP 404": 1},
        "errors": 0,
    }


def test_object_of_a_crawl_that_did_not_start_has_the_same_keys() -> None:
    ended = Outcome(code=2, reason="no", spider="nosuch", summary=Summary.of({}))
    assert json.loads(ended.json()).keys() == json.loads(an_outcome(OK).json()).keys()


def test_line_says_what_is_wrong_with_a_site() -> None:
    line = an_outcome(UNHEALTHY, "no layout fits 3 of 3 articles").line()
    assert line.endswith(", unhealthy (no layout fits 3 of 3 articles) · data/articles/bugle\n")


def test_line_says_that_a_crawl_was_interrupted() -> None:
    assert ", interrupted · data/" in an_outcome(INTERRUPTED, "interrupted").line()


def test_every_code_has_a_word() -> None:
    assert sorted(ENDS) == [0, 1, 2, 3, 4, 5, 11]
