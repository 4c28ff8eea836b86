"""Everything a crawl keeps, opened once a crawl and shared by spider and pipelines."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from crawler.archive import Archive
from crawler.errors import DataDirError
from crawler.recovery import open_state
from crawler.state import State
from crawler.textfile import Header, as_header

FAILED = "storage_failed"  # reason of closing
ERROR = "storage/error"  # statistic with the first failure
FULL = "storage/full"  # statistic that says how little room is left

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Storage:
    """The open stores of one crawl."""

    root: Path
    """The setting ``DATA_DIR``."""

    state: State
    archive: Archive
    header: Header

    @classmethod
    def open(cls, settings: BaseSettings) -> Self:
        """Open the stores that the settings name.

        Raises:
            SettingError: ``TEXT_HEADER`` or ``STATE_URL`` cannot be used.
            DataDirError: ``DATA_DIR`` cannot be written to.
            StateError: the state cannot be used.
        """
        header = as_header(settings["TEXT_HEADER"])
        root = writable(Path(settings["DATA_DIR"]))
        archive = Archive(root, max_bytes=settings.getint("ARCHIVE_MAX_BYTES"))
        return cls(root, open_state(root, settings["STATE_URL"]), archive, header)

    def close(self) -> None:
        """Close the archive's files and the database."""
        self.archive.close()
        self.state.close()


def writable(root: Path) -> Path:
    """Return *root*, which is a folder that takes files.

    Raises:
        DataDirError: it is none.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=root):
            return root
    except OSError as error:
        why = "it is no folder" if root.is_file() else error.strerror
        raise DataDirError(f"DATA_DIR: cannot write to {root}: {why}") from error


_OPEN: WeakKeyDictionary[Crawler, Storage] = WeakKeyDictionary()


def storage_of(crawler: Crawler) -> Storage:
    """Return the storage of a crawl; opened at the first call, closed with the spider."""
    if crawler not in _OPEN:
        storage = _OPEN[crawler] = Storage.open(crawler.settings)
        crawler.signals.connect(storage.close, signal=signals.spider_closed)
    return _OPEN[crawler]


@contextmanager
def ending_crawl_on_failure(crawler: Crawler) -> Iterator[None]:
    """End the crawl when its storage fails: a full or read-only disk, a lost database.

    Nothing is lost by it: what is not finished in the state comes again in the next run.
    """
    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        end_crawl(crawler, error)
        raise


def end_crawl(crawler: Crawler, error: Exception) -> None:
    """End a crawl whose storage or machine failed; the first failure is its reason."""
    if not has_failed(crawler):
        why = described(error)
        crawler.stats.set_value(ERROR, why)
        logger.critical("the crawl ends: %s", why)
        deferred_from_coro(crawler.engine.close_spider_async(reason=FAILED))


def described(error: Exception) -> str:
    """Return what failed; a database says it without the query and an address to read more at."""
    if isinstance(error, DBAPIError):
        return f"the state: {error.orig}"
    return str(error)


def has_failed(crawler: Crawler) -> bool:
    """Tell whether a crawl is about to end because its storage failed."""
    return crawler.stats.get_value(ERROR) is not None
