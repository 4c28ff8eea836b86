"""Read pages and listings in processes that can be killed: a bad one costs itself alone.

A thread or a signal cannot stop C code, and with the standard library's pool one segfault fails
every later page.
"""

import asyncio
import datetime as dt
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessPool
from scrapy.settings import BaseSettings

from cleaners import Article, CleaningError, clean
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError

P = ParamSpec("P")
Result = TypeVar("Result")
Cleaner = Callable[[bytes | str, str, dt.datetime], Article]

MEBIBYTE = 1024 * 1024


def clean_page(page: bytes | str, url: str, fetched: dt.datetime) -> Article:
    """Return the article on *page*."""
    return clean(page, url, fetched=fetched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What cleaning may cost."""

    processes: int
    timeout: float
    """Seconds for one page."""

    memory: int
    """Mebibytes of address space for one process."""

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Take the limits from the settings."""
        return cls(
            processes=settings.getint("EXTRACTION_PROCESSES"),
            timeout=settings.getfloat("EXTRACTION_TIMEOUT"),
            memory=settings.getint("EXTRACTION_MEMORY_MB"),
        )


class Extraction:
    """A pool of processes; they start with the first call."""

    def __init__(self, limits: Limits, cleaner: Cleaner = clean_page) -> None:
        self._limits = limits
        self._cleaner = cleaner
        # a fork of the crawler would inherit its event loop and threads in any state;
        # the fork server has imported the cleaners once, so a killed process is soon replaced
        context = get_context("forkserver")
        context.set_forkserver_preload([__name__, "crawler.discovery.reading"])
        self._pool = ProcessPool(
            max_workers=limits.processes,
            initializer=_limit_memory,
            initargs=(limits.memory * MEBIBYTE,),
            context=context,
        )

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
        except TimeoutError as error:
            raise ExtractionTimeoutError(f"over {limits.timeout:g} s: {url}") from error
        except ProcessExpired as error:
            raise ExtractionCrashError(f"process ended with {error.exitcode}: {url}") from error
        except MemoryError as error:
            raise ExtractionCrashError(f"over {limits.memory} MiB: {url}") from error

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


def _limit_memory(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
