"""Calls that wait for a process, and go to it a few at a time where many wait.

Each message to a process takes turns of three threads of pebble with the crawl's own; eight pages
in one cost it a third.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.pipes import SIZE

TOGETHER = 8  # calls in a bundle
AHEAD = 2  # bundles for each process: one that it is at, and one for when it is done


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A call that somebody waits for."""

    url: str
    """Of the response that it is about."""

    function: Callable[[], Any]
    size: int
    """Bytes of the response."""

    outcome: "asyncio.Future[Any]"

    def settle(self, value: object) -> None:
        """Give *value* to whoever still waits for it."""
        if not self.outcome.done():
            self.outcome.set_result(value)

    def fail(self, error: BaseException) -> None:
        """Raise *error* where the outcome is waited for."""
        if not self.outcome.done():
            self.outcome.set_exception(error)


Bundle = Sequence[Call]


class Bundles:
    """Makes bundles of calls, and hands over as many as *processes* keep at hand.

    Where fewer calls wait than that, each goes alone and at once. What goes wrong with one of a
    bundle cannot be told from what the others did, so each is then made again alone.

    Args:
        make: makes the calls of a bundle, and returns what each returned.
        processes: how many there are.
    """

    def __init__(self, make: Callable[[Bundle], Awaitable[Sequence[Any]]], processes: int) -> None:
        self._make = make
        self._most = AHEAD * processes
        self._waiting: deque[Call] = deque()
        self._under_way: set[asyncio.Task[None]] = set()

    def add(self, call: Call) -> None:
        """Let *call* wait for its turn."""
        self._waiting.append(call)
        self._hand_over()

    def _hand_over(self) -> None:
        while self._waiting and len(self._under_way) < self._most:
            task = asyncio.create_task(self._settle(self._next()))
            self._under_way.add(task)
            task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            self._hand_over()
            return
        while self._waiting:
            self._waiting.popleft().outcome.cancel()

    def _next(self) -> Bundle:
        """Return the calls that waited longest, no more at once than a pipe holds."""
        bundle = [self._waiting.popleft()]
        size = bundle[0].size
        while self._waiting and len(bundle) < TOGETHER:
            size += self._waiting[0].size
            if size > SIZE:
                break
            bundle.append(self._waiting.popleft())
        return bundle

    async def _settle(self, bundle: Bundle) -> None:
        """Make the calls of *bundle*; whatever comes of it, nobody waits for them any more."""
        try:
            await self._try(bundle)
        finally:  # the pool ends, or the loop
            for call in bundle:
                call.outcome.cancel()

    async def _try(self, bundle: Bundle) -> None:
        try:
            outcomes = await self._make(bundle)
        except Exception as error:  # noqa: BLE001  # raised again where it is waited for
            if len(bundle) == 1:
                bundle[0].fail(error)
                return
            for call in bundle:
                await self._try([call])
        else:
            for call, outcome in zip(bundle, outcomes, strict=True):
                call.settle(outcome)
