"""Items that come within a moment are taken by one call."""

import asyncio
from collections.abc import Sequence

import pytest

from crawler.pipelines.group import Group


def add_all(group: Group[int, int], *items: int) -> list[int | BaseException]:
    """Add items at once, and return what each brought."""

    async def added() -> list[int | BaseException]:
        return await asyncio.gather(*map(group.add, items), return_exceptions=True)

    return asyncio.run(added())


class Doubling:
    """Notes its calls."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []

    def __call__(self, items: Sequence[int]) -> list[int | Exception]:
        self.calls.append(list(items))
        return [2 * item if item else ZeroDivisionError() for item in items]


def test_items_that_come_at_once_are_one_call() -> None:
    work = Doubling()
    assert add_all(Group(work, size=9, patience=0.01), 1, 2, 3) == [2, 4, 6]
    assert work.calls == [[1, 2, 3]]


def test_full_group_does_not_wait() -> None:
    work = Doubling()
    assert add_all(Group(work, size=2, patience=3600), 1, 2, 3, 4) == [2, 4, 6, 8]
    assert work.calls == [[1, 2], [3, 4]]


def test_item_that_fails_fails_alone() -> None:
    one, none = add_all(Group(Doubling(), size=2, patience=3600), 1, 0)
    assert one == 2
    assert isinstance(none, ZeroDivisionError)


def test_call_that_fails_fails_for_all() -> None:
    def fail(_: Sequence[int]) -> list[int | Exception]:
        raise OSError("full")

    found = add_all(Group(fail, size=2, patience=3600), 1, 2)
    assert [str(error) for error in found] == ["full", "full"]


def test_item_that_nobody_waits_for_any_more_does_no_harm() -> None:
    async def cancelled() -> int:
        group = Group(Doubling(), size=2, patience=3600)
        task = asyncio.create_task(group.add(1))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await group.add(2)

    assert asyncio.run(cancelled()) == 4
