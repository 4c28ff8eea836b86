"""What many tests of the crawler take: a crawl with its storage open, a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from sqlalchemy import create_engine

from crawler.state import State
from crawler.state.schema import metadata
from crawler.storage import storage_of
from tests.crawler import postgres
from tests.crawler.postgres import Server
from tests.crawler.spiders import OPEN
from tests.crawler.storing import a_crawler


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    """Return a crawl that stores below ``tmp_path``."""
    made = a_crawler(tmp_path)
    yield made
    storage_of(made).close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Return a PostgreSQL server."""
    why = postgres.missing()
    if why:
        pytest.skip(why)
    with postgres.server() as made:
        yield made


@pytest.fixture
def postgres_url(postgres_server: Server) -> str:
    """Return the address of an empty database of a PostgreSQL server."""
    address = postgres_server.address
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    metadata.drop_all(engine)
    engine.dispose()
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def state_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def state(state_url: str) -> Iterator[State]:
    """Return an empty state, in a database of each kind."""
    opened = State(state_url)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _closing() -> Iterator[None]:
    """Close the spiders that a test made."""
    yield
    while OPEN:
        spider = OPEN.pop()
        spider.closed("finished")
        storage_of(spider.crawler).close()
