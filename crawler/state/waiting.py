"""Which links of a source are asked for: unfinished ones, and those that changed.

Every function runs in the transaction of the connection it is given.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, false, func, or_, select, update

from crawler.link import Link
from crawler.state.rows import NEW, OUT_OF_RANGE, Asked
from crawler.state.schema import links
from crawler.state.texts import as_text, from_text, in_utc
from crawler.validators import Validators

MAX_RECHECKS = 3  # stated changes without one after which a page's listing is not believed
MAX_PARAMETERS = 500  # addresses in one query; databases limit the number of parameters

UNFINISHED = (NEW, OUT_OF_RANGE)
CHANGING = ("written", "refused")
"""Endings after which a page is asked for again when it changes."""


def pending(connection: Connection, source: str, asked: Asked) -> list[Link]:
    """Return what is to be fetched, the newest first, those without a date last."""
    query = (
        select(links)
        .where(links.c.source == source, or_(_is_unfinished(asked), _has_changed(asked)))
        .order_by(links.c.published.desc(), links.c.id)
    )
    return [_link(row) for row in connection.execute(query)]


def want(connection: Connection, source: str, found: Iterable[Link]) -> None:
    """Note that links which were out of range are asked for."""
    for part in parts_of([link.url for link in found]):
        at_links = (links.c.source == source, links.c.url.in_(part))
        connection.execute(
            update(links).where(*at_links, links.c.status == OUT_OF_RANGE).values(status=NEW)
        )


def _is_unfinished(asked: Asked) -> ColumnElement[bool]:
    day = func.substr(links.c.published, 1, 10)
    bounds = [links.c.status == OUT_OF_RANGE]
    if asked.since:
        bounds.append(or_(day == "", day >= asked.since.isoformat()))
    if asked.until:
        bounds.append(day <= asked.until.isoformat())
    return or_(links.c.status == NEW, and_(*bounds))


def _has_changed(asked: Asked) -> ColumnElement[bool]:
    if asked.updates_since is None:
        return false()
    day = case((links.c.published != "", links.c.published), else_=links.c.discovered)
    return and_(
        links.c.status.in_(CHANGING),
        links.c.modified > links.c.fetched,
        links.c.rechecks < MAX_RECHECKS,
        day >= asked.updates_since.isoformat(),
    )


def is_due(row: Row[Any], link: Link, asked: Asked) -> bool:
    """Tell of one row what `_has_changed` tells of all, with what *link* states by now."""
    if asked.updates_since is None or row.status not in CHANGING:
        return False
    day = row.published or as_text(link.published) or row.discovered
    is_later = max(row.modified, in_utc(link.modified)) > row.fetched
    return is_later and row.rechecks < MAX_RECHECKS and day >= asked.updates_since.isoformat()


def is_settled(row: Row[Any], asked: Asked) -> bool:
    """Whether a link need not be asked for: it is finished, or its page told a day out of range."""
    if row.status != OUT_OF_RANGE or not row.fetched or row.modified > row.fetched:
        return row.status not in UNFINISHED
    day = row.published[:10]
    is_early = asked.since is not None and day < asked.since.isoformat()
    return is_early or (asked.until is not None and day > asked.until.isoformat())


def parts_of(urls: Sequence[str]) -> Iterator[Sequence[str]]:
    """Divide addresses into as many as a query takes."""
    return (urls[at : at + MAX_PARAMETERS] for at in range(0, len(urls), MAX_PARAMETERS))


def _link(row: Row[Any]) -> Link:
    link = Link(
        row.url,
        from_text(row.published),
        row.title,
        row.origin,
        row.listing,
        from_text(row.modified),
    )
    return with_validators(link, row)


def with_validators(link: Link, row: Row[Any] | None) -> Link:
    """Return *link* with what its server is asked with whether the page has changed.

    Not where it said before that nothing had, against the word of a listing: it may be wrong.
    """
    if row is None or row.status != "written" or row.rechecks:
        return link
    return replace(link, validators=Validators(row.etag, row.last_modified))
