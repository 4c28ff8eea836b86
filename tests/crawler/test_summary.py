import pytest

from crawler.summary import ERROR, INTERRUPTED, NOTHING, OK, UNHEALTHY, Summary


def of(stats: dict[str, object]) -> Summary:
    return Summary.of({"finish_reason": "finished", **stats})


def test_counts_stand_in_one_line_with_reasons() -> None:
    made = of(
        {
            "articles/written": 12,
            "articles/known": 214,
            "articles/refused/NotAnArticleError": 2,
            "articles/refused/NoContentError": 1,
            "articles/failed/timeout": 1,
        }
    )
    assert made.counts() == (
        "12 new, 214 known, 3 refused (2 NotAnArticleError, 1 NoContentError), 1 failed (timeout)"
    )


def test_what_is_rare_is_told_only_where_it_happened() -> None:
    made = of(
        {
            "articles/version": 1,
            "articles/unchanged": 2,
            "articles/duplicate": 3,
            "articles/out_of_range": 4,
            "articles/closed": 5,
            "listings/failed/HTTP 404": 1,
            "listings/unchanged": 1,
            "listings/settled": 2,
            "listings/not_due": 1,
            "items/errors": 1,
        }
    )
    assert made.counts() == (
        "0 new, 0 known, 1 changed, 2 unchanged, 3 duplicate, 4 out of range, "
        "5 closed by robots.txt, 3 listings unchanged, 1 listing not due, "
        "1 listing lost (HTTP 404), 1 error"
    )
    assert made.done == 15


@pytest.mark.parametrize(
    ("stats", "code"),
    [
        ({"articles/written": 1}, OK),
        ({"articles/known": 214}, OK),
        ({"articles/known": 214, "articles/failed/timeout": 1}, OK),
        ({"articles/written": 1, "articles/failed/HTTP 403": 9}, OK),
        ({"links/out_of_range": 9}, OK),
        ({}, NOTHING),
        ({"articles/failed/timeout": 1}, NOTHING),
        ({"articles/refused/NoContentError": 1}, NOTHING),
        ({"articles/known": 214, "articles/failed/HTTP 403": 1}, OK),
        ({"articles/known": 214, "listings/failed/robots.txt": 1}, OK),
        ({"articles/known": 214, "articles/closed": 1}, OK),
        ({"articles/closed": 1}, OK),
        ({"articles/closed": 1, "articles/failed/timeout": 1}, NOTHING),
        ({"articles/closed": 1, "articles/refused/NoContentError": 1}, NOTHING),
        ({"articles/closed": 1, "listings/failed/robots.txt": 1}, NOTHING),
        ({"articles/known": 214, "articles/failed/blocked": 9}, NOTHING),
        ({"listings/failed/robots.txt": 1}, NOTHING),
        ({"articles/written": 1, "spider_exceptions/count": 1}, ERROR),
        ({"articles/written": 1, "items/errors": 1}, ERROR),
        ({"articles/written": 1, "finish_reason": "storage_failed"}, ERROR),
        ({"articles/written": 1, "finish_reason": "memusage_exceeded"}, ERROR),
        ({"articles/written": 1, "finish_reason": "closespider_itemcount"}, OK),
        ({"articles/written": 1, "finish_reason": "shutdown"}, INTERRUPTED),
        ({"articles/written": 9, "faults/count": 1}, ERROR),
        ({"articles/written": 9, "articles/layout_changed": 9}, UNHEALTHY),
        ({"articles/written": 9, "articles/guarded": 4}, OK),
        ({"pages/received": 9, "articles/refused/NoContentError": 9}, UNHEALTHY),
        (
            {
                "pages/received": 9,
                "articles/refused/NotAnArticleError": 9,
                "articles/failed/blocked": 1,
            },
            NOTHING,
        ),
        ({"listings/asked": 1, "links/known_before": 9}, UNHEALTHY),
        ({"listings/asked": 1, "links/known_before": 9, "listings/unchanged": 1}, OK),
        ({"listings/asked": 1, "links/known_before": 9, "listings/settled": 1}, OK),
        ({"links/known_before": 9, "listings/not_due": 1}, OK),
    ],
)
def test_exit_code_tells_how_the_crawl_went(stats: dict[str, object], code: int) -> None:
    assert of(stats).exit_code() == code


@pytest.mark.parametrize(
    ("stats", "reason"),
    [
        ({"articles/written": 1}, ""),
        ({"items/errors": 1}, "1 error; the log has more"),
        ({"finish_reason": "memusage_exceeded"}, "memusage_exceeded"),
        ({"finish_reason": "storage_failed", "storage/error": "disk full"}, "disk full"),
        ({"articles/failed/blocked": 1}, "the site refuses every request"),
        ({"articles/failed/timeout": 1}, "nothing came"),
        ({"finish_reason": "shutdown"}, "interrupted"),
    ],
)
def test_reason_is_told_in_words(stats: dict[str, object], reason: str) -> None:
    assert of(stats).verdict()[1] == reason
