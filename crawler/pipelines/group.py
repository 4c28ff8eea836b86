"""Collect what comes within a moment, so that one call does the work for all of it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Group(Generic[Item, Result]):
    """Items that wait for the call that takes them all.

    Nothing of an item is done before that call, so a crash before it costs no more than the work
    of making the items anew.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Sequence[Result | Exception]],
        *,
        size: int,
        patience: float,
    ) -> None:
        """Call *work* with *size* items at most, *patience* seconds after the first at the latest.

        It returns the result of each item, or the exception that `add` is to raise for it; one
        that it raises itself is that of all.
        """
        self._work = work
        self._size = size
        self._patience = patience
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def add(self, item: Item) -> Result:
        """Return the result of *item*, once the call with its group is over."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._waiting.append((item, future))
        if len(self._waiting) >= self._size:
            self._begin()
        elif self._timer is None:
            self._timer = loop.call_later(self._patience, self._begin)
        return await future

    def _begin(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        group, self._waiting = self._waiting, []
        results: Sequence[Result | Exception]
        try:
            results = self._work([item for item, _ in group])
        except Exception as error:  # noqa: BLE001  # whoever waits for an item raises it
            results = [error] * len(group)
        for (_, future), result in zip(group, results, strict=True):
            if future.done():  # whoever waited was ended
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
