"""The crawls: one row each, entered when it begins and completed when it ends.

Every function runs in the transaction of the connection it is given.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from crawler.state.schema import runs
from crawler.state.tallies import Run
from crawler.state.texts import now, time_of

COUNTS = ("new", "changed", "unchanged", "known", "refused", "failed", "bytes")


def begin(connection: Connection, source: str, spider: str) -> int:
    """Enter a crawl that begins and return its number."""
    values = {"source": source, "spider": spider, "began": now()}
    number: int = connection.execute(insert(runs).returning(runs.c.id), values).scalar_one()
    return number


def end(
    connection: Connection, number: int, exit_code: int, ending: str, counts: Mapping[str, int]
) -> None:
    """Complete a crawl."""
    values = {name: counts.get(name, 0) for name in COUNTS}
    values |= {"exit_code": exit_code}
    connection.execute(
        update(runs).where(runs.c.id == number).values(**values, ended=now(), ending=ending)
    )


def last(connection: Connection, source: str, number: int) -> list[Run]:
    """Return the last crawls of a source, the newest first."""
    query = select(runs).where(runs.c.source == source).order_by(runs.c.id.desc()).limit(number)
    return [_run(row) for row in connection.execute(query)]


def last_success(connection: Connection, source: str) -> dt.datetime | None:
    """Return when the last crawl with exit code 0 ended; None without one."""
    query = (
        select(runs.c.ended)
        .where(runs.c.source == source, runs.c.exit_code == 0)
        .order_by(runs.c.id.desc())
        .limit(1)
    )
    return time_of(connection.execute(query).scalar_one_or_none() or "")


def _run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        source=row.source,
        spider=row.spider,
        began=dt.datetime.fromisoformat(row.began),
        ended=time_of(row.ended),
        exit_code=row.exit_code,
        ending=row.ending,
        counts={name: getattr(row, name) for name in COUNTS},
    )
