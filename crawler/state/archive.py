"""What the state knows of the archive: which record lies where.

Every function runs in the transaction of the connection it is given.
"""

from sqlalchemy import Connection, or_, select

from crawler.state.articles import archived_row
from crawler.state.rows import ArchivedFetch
from crawler.state.schema import fetches


def files(connection: Connection) -> list[str]:
    """Return the places of all files below ``DATA_DIR``, sorted."""
    query = select(fetches.c.file).distinct().order_by(fetches.c.file)
    return list(connection.scalars(query))


def records_of(connection: Connection, file: str) -> dict[int, ArchivedFetch]:
    """Return the records of *file* by their offset, in its order."""
    query = select(fetches).where(fetches.c.file == file).order_by(fetches.c.offset)
    return {row.offset: archived_row(row) for row in connection.execute(query)}


def fetches_of(connection: Connection, url: str) -> list[ArchivedFetch]:
    """Return the fetches of a page, by its own address or by the link that led there."""
    is_of = or_(fetches.c.url == url, fetches.c.link == url)
    query = select(fetches).where(is_of).order_by(fetches.c.id)
    return [archived_row(row) for row in connection.execute(query)]


def sources(connection: Connection) -> list[str]:
    """Return the names of the sites that have pages in the archive, sorted."""
    query = select(fetches.c.source).distinct().order_by(fetches.c.source)
    return list(connection.scalars(query))
