from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from sqlalchemy import Connection, Engine, event

from cleaners.errors import NoContentError
from crawler.link import Link
from crawler.state.engine import open_engine
from crawler.storage import storage_of
from tests.crawler.storing import (
    EDITED,
    OTHER,
    SECOND,
    URL,
    a_crawler,
    a_fetch,
    an_article,
    drop,
    store,
)

Statement = tuple[str, object]


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Note every statement that is sent to any database."""
    found: list[Statement] = []

    def note(
        _connection: Connection, _cursor: object, statement: str, given: object, *_: object
    ) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            found.append((statement, given))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def plans(root: Path, statements: list[Statement]) -> Iterator[tuple[str, str]]:
    """Yield each statement with each step of how SQLite would find its rows."""
    engine = open_engine(f"sqlite:///{root / 'state.db'}")
    with engine.begin() as connection:
        for statement, given in statements:
            told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[arg-type]
            for row in told:
                yield statement, row.detail
    engine.dispose()


def a_new_page(crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))


def a_changed_page(crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    store(crawler, a_fetch(an_article(text=EDITED)))


def a_repeated_text(crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    drop(crawler, a_fetch(an_article(SECOND), url=SECOND))


def a_page_of_a_wrong_canonical(crawler: Crawler) -> None:
    store(crawler, a_fetch(an_article()))
    other = an_article(SECOND, text=OTHER, canonical_url=URL)
    store(crawler, a_fetch(other, url=SECOND))


def a_refused_page(crawler: Crawler) -> None:
    drop(crawler, a_fetch(NoContentError("nothing")))


def a_page_that_does_not_come(crawler: Crawler) -> None:
    state = storage_of(crawler).state
    state.discover("example", [Link(URL)])
    assert not state.is_last_attempt("example", URL)
    state.fail("example", URL, "timeout")


@pytest.mark.parametrize(
    "happens",
    [
        a_new_page,
        a_changed_page,
        a_repeated_text,
        a_page_of_a_wrong_canonical,
        a_refused_page,
        a_page_that_does_not_come,
    ],
)
def test_no_page_costs_a_look_at_all_others(
    tmp_path: Path, happens: Callable[[Crawler], None]
) -> None:
    crawler = a_crawler(tmp_path)
    with closing(storage_of(crawler)), recorded() as statements:
        happens(crawler)
    found = list(plans(tmp_path, statements))
    assert found
    slow = [
        (statement, step)
        for statement, step in found
        if step.startswith("SCAN") or step.endswith("(source=?)")
    ]
    assert not slow
