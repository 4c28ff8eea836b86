"""Read pages and listings in processes that can be killed, while the crawl goes on."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessFuture

import cleaners
from cleaners import Article, CleaningError
from crawler.bundles import Bundle, Bundles, Call
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError, MachineError
from crawler.limits import Limits
from crawler.processes import KillablePool, Measured, is_killed, named

P = ParamSpec("P")
Result = TypeVar("Result")
Cleaner = Callable[[bytes | str, str, dt.datetime], Article]

ATTEMPTS = 2  # at a page whose pool broke down
GRACE = 30.0  # seconds; a busy machine may be late to end a page that took too long

logger = logging.getLogger(__name__)


def clean_page(page: bytes | str, url: str, fetched: dt.datetime) -> Article:
    """Return the article on *page*."""
    # by the package: what cleans pages is loaded with its name, and only where pages are read
    return cleaners.clean(page, url, fetched=fetched)


class Extraction:
    """A pool of processes for one crawl.

    Attributes:
        cpu: seconds of CPU time that the processes spent on pages and listings that came back.
    """

    def __init__(self, limits: Limits, cleaner: Cleaner = clean_page) -> None:
        self.cpu = 0.0
        self._limits = limits
        self._cleaner = cleaner
        self._pool = self._new_pool()
        self._bundles = Bundles(self._make, limits.processes)
        self._last_end = 0.0

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
            MachineError: there are no processes to be had.
        """
        outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        size = sum(len(one) for one in args if isinstance(one, bytes | str))
        self._bundles.add(Call(url, partial(function, *args, **kwargs), size, outcome))
        return await outcome

    async def _make(self, bundle: Bundle) -> list[Any]:
        """Return what each call of *bundle* returns; only a bundle of one is tried again."""
        if len(bundle) > 1:
            measured = await self._attempt(bundle)
        else:
            measured = await self._attempts(bundle)
        self.cpu += sum(one.cpu for one in measured)
        return [one.value for one in measured]

    async def _attempts(self, bundle: Bundle) -> list[Measured[Any]]:
        """Make the one call of *bundle*, twice if need be, and name what goes wrong."""
        [call] = bundle
        for attempt in range(ATTEMPTS):
            try:
                return await self._attempt(bundle)
            except (TimeoutError, ProcessExpired, MemoryError) as error:
                if is_killed(error) and attempt + 1 < ATTEMPTS:
                    continue  # from outside: the kernel does it for want of memory
                raise named(error, self._limits, call.url) from error
            except BrokenProcessPool:
                continue  # with the new one
        raise MachineError(
            f"the processes that read pages broke down {ATTEMPTS} times: the machine may lack"
            f" memory, processes or open files; the last page was {call.url}"
        )

    async def _attempt(self, bundle: Bundle) -> list[Measured[Any]]:
        """Make the calls of *bundle* in one process; a pool that breaks down is replaced."""
        pool = self._pool
        try:
            future = pool.begin_all([call.function for call in bundle])
            return await self._outcome_of(future, pool)
        except BrokenProcessPool as error:
            self._replace(pool, error)
            raise

    async def _outcome_of(
        self, future: "ProcessFuture[list[Measured[Any]]]", pool: KillablePool
    ) -> list[Measured[Any]]:
        """Wait for a bundle; where none at all comes to its end for too long, *pool* is stuck.

        A process that is killed from outside at the wrong moment takes the lock along that the
        others wait for. What a pool that was replaced is at never comes to its end.
        """
        patience = self._limits.timeout + GRACE
        loop = asyncio.get_running_loop()
        waiting = asyncio.wrap_future(future)
        while not (await asyncio.wait([waiting], timeout=patience))[0]:
            if pool is not self._pool or loop.time() - self._last_end >= patience:
                raise BrokenProcessPool(f"nothing came for {patience:g} s")
        self._last_end = loop.time()
        return waiting.result()

    def _new_pool(self) -> KillablePool:
        return KillablePool(self._limits, "crawler.warm")

    def _replace(self, broken: KillablePool, error: Exception) -> None:
        """Begin anew with other processes; the pages that were under way are tried once more."""
        if self._pool is broken:
            logger.warning("the processes of the extraction are started anew: %s", error)
            broken.end()
            self._pool = self._new_pool()

    def close(self) -> None:
        """End the processes, without waiting for the pages they are at."""
        self._pool.end()


def _outcome(
    cleaner: Cleaner, page: bytes | str, url: str, fetched: dt.datetime
) -> Article | CleaningError:
    # returned, not raised: an exception would bring a traceback of the process along
    try:
        return cleaner(page, url, fetched)
    except CleaningError as error:
        return error
