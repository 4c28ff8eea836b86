"""Read pages and listings in processes that can be killed, while the crawl goes on."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired

from cleaners import Article, CleaningError, clean
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError
from crawler.processes import Limits, named, new_pool

P = ParamSpec("P")
Result = TypeVar("Result")
Cleaner = Callable[[bytes | str, str, dt.datetime], Article]


def clean_page(page: bytes | str, url: str, fetched: dt.datetime) -> Article:
    """Return the article on *page*."""
    return clean(page, url, fetched=fetched)


class Extraction:
    """A pool of processes for one crawl."""

    def __init__(self, limits: Limits, cleaner: Cleaner = clean_page) -> None:
        self._limits = limits
        self._cleaner = cleaner
        self._pool = new_pool(limits, __name__, "crawler.discovery.reading")

    async def clean(
        self, page: bytes | str, url: str, fetched: dt.datetime
    ) -> Article | CleaningError:
        """Return the article on *page*, or why there is none."""
        try:
            return await self.run(url, _outcome, self._cleaner, page, url, fetched)
        except (ExtractionTimeoutError, ExtractionCrashError) as error:
            return error

    async def run(
        self, url: str, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        """Return what *function* makes of the response from *url*, in one of the processes.

        Raises:
            ExtractionTimeoutError: it took too long.
            ExtractionCrashError: its process ended, or ran out of memory.
        """
        limits = self._limits
        future = self._pool.schedule(function, args, kwargs, timeout=limits.timeout)
        try:
            return await asyncio.wrap_future(future)
        except (TimeoutError, ProcessExpired, MemoryError) as error:
            raise named(error, limits, url) from error

    def close(self) -> None:
        """End the processes, without waiting for the pages they are at."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types only part of itself
        self._pool.join()


def _outcome(
    cleaner: Cleaner, page: bytes | str, url: str, fetched: dt.datetime
) -> Article | CleaningError:
    # returned, not raised: an exception would bring a traceback of the process along
    try:
        return cleaner(page, url, fetched)
    except CleaningError as error:
        return error
