import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from crawler.bundles import AHEAD, TOGETHER, Bundle, Bundles, Call
from crawler.pipes import SIZE

PROCESSES = 2
AT_HAND = AHEAD * PROCESSES


class Processes:
    """Makes calls in this process, once `go_on` is set, and remembers which came together."""

    def __init__(self) -> None:
        self.made: list[list[str]] = []
        self.go_on = asyncio.Event()

    async def make(self, bundle: Bundle) -> list[Any]:
        self.made.append([call.url for call in bundle])
        await self.go_on.wait()
        return [call.function() for call in bundle]


def call(name: str, size: int = 1, result: object = None) -> Call:
    outcome = asyncio.get_running_loop().create_future()
    return Call(name, partial(result_of, result or name), size, outcome)


def result_of(result: object) -> object:
    if isinstance(result, Exception):
        raise result
    return result


async def outcomes(processes: Processes, calls: Sequence[Call]) -> list[Any]:
    bundles = Bundles(processes.make, PROCESSES)
    for one in calls:
        bundles.add(one)
    await asyncio.sleep(0)
    processes.go_on.set()
    return await asyncio.gather(*(one.outcome for one in calls), return_exceptions=True)


def test_calls_that_need_not_wait_go_alone() -> None:
    async def test() -> None:
        processes = Processes()
        names = [f"{number}" for number in range(AT_HAND)]
        assert await outcomes(processes, [call(name) for name in names]) == names
        assert processes.made == [[name] for name in names]

    asyncio.run(test())


def test_calls_that_wait_go_together_in_their_order() -> None:
    async def test() -> None:
        processes = Processes()
        names = [f"{number}" for number in range(AT_HAND + TOGETHER + 1)]
        assert await outcomes(processes, [call(name) for name in names]) == names
        waited = names[AT_HAND:]
        assert processes.made[AT_HAND:] == [waited[:TOGETHER], waited[TOGETHER:]]

    asyncio.run(test())


def test_no_more_go_together_than_a_pipe_holds() -> None:
    async def test() -> None:
        processes = Processes()
        ahead = [call("ahead") for _ in range(AT_HAND)]
        large = [call("small"), call("large", SIZE), call("half", SIZE // 2), call("other half")]
        await outcomes(processes, [*ahead, *large])
        assert processes.made[AT_HAND:] == [["small"], ["large"], ["half", "other half"]]

    asyncio.run(test())


def test_what_goes_wrong_with_one_of_a_bundle_costs_that_one_alone() -> None:
    async def test() -> None:
        processes = Processes()
        ahead = [call("ahead") for _ in range(AT_HAND)]
        bundle = [call("good"), call("bad", result=ValueError("bad")), call("better")]
        found = (await outcomes(processes, [*ahead, *bundle]))[AT_HAND:]
        assert found[::2] == ["good", "better"]
        assert isinstance(found[1], ValueError)
        assert processes.made[AT_HAND:] == [
            ["good", "bad", "better"],
            ["good"],
            ["bad"],
            ["better"],
        ]

    asyncio.run(test())


def test_call_that_nobody_waits_for_any_more_hurts_nobody() -> None:
    async def test() -> None:
        processes = Processes()
        left, wrong, kept = call("left"), call("wrong", result=ValueError()), call("kept")
        left.outcome.cancel()
        wrong.outcome.cancel()
        assert (await outcomes(processes, [left, wrong, kept]))[2] == "kept"

    asyncio.run(test())


def test_end_of_the_processes_ends_what_waits_for_them() -> None:
    async def cancel(_: Bundle) -> list[Any]:
        raise asyncio.CancelledError

    async def test() -> None:
        bundles, calls = Bundles(cancel, PROCESSES), [call("any") for _ in range(AT_HAND + 1)]
        for one in calls:
            bundles.add(one)
        ended = await asyncio.gather(*(one.outcome for one in calls), return_exceptions=True)
        assert {type(one) for one in ended} == {asyncio.CancelledError}

    asyncio.run(test())


def test_end_of_the_processes_ends_what_is_tried_again() -> None:
    made: list[int] = []

    async def fail_then_cancel(bundle: Bundle) -> list[Any]:
        await asyncio.sleep(0)
        made.append(len(bundle))
        if len(bundle) > 1:
            raise ValueError
        if len(made) > AHEAD + 1:
            raise asyncio.CancelledError
        return [None]

    async def test() -> None:
        bundles, calls = Bundles(fail_then_cancel, 1), [call("any") for _ in range(AHEAD + 3)]
        for one in calls:
            bundles.add(one)
        ended = await asyncio.gather(*(one.outcome for one in calls), return_exceptions=True)
        assert [type(one) for one in ended[AHEAD:]] == [asyncio.CancelledError] * 3

    asyncio.run(asyncio.wait_for(test(), 10))
