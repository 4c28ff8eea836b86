import os
import time
from collections.abc import Iterator
from pathlib import Path

from cleaners import Article
from crawler.cleaning.batch import Input, clean_in_parallel, clean_in_turn
from crawler.cleaning.pages import PageFile, RawPage, Refusal
from crawler.limits import Limits
from crawler.malloc import MEBIBYTE
from tests.golden import FIXTURES

GENERIC = FIXTURES / "generic"
PAGES = [PageFile(name=path.name, path=path) for path in sorted(GENERIC.glob("*.html"))]
EMPTY = RawPage(name="empty", body=b"")
LIMITS = Limits(processes=2, timeout=60, memory=2048)
ONE = Limits(processes=1, timeout=60, memory=2048)
UNFETCHED = Refusal(name="gone", reject="StatusError", why="404")


def test_reason_does_not_end_in_an_address_that_nobody_knows() -> None:
    [(_, refusal)] = clean_in_turn([EMPTY], "")
    assert refusal == Refusal(name="empty", reject="NoContentError", why="empty page")


def results(outcomes: Iterator[tuple[Input, Article | Refusal]]) -> list[str]:
    return [
        result.reject if isinstance(result, Refusal) else result.title for _, result in outcomes
    ]


def test_pages_are_cleaned_in_order_and_refusals_named() -> None:
    missing = PageFile(name="b", path=Path("no such file"))
    found = results(clean_in_turn([EMPTY, PAGES[0], missing, UNFETCHED], ""))
    expected = ["NoContentError", "Lighthouse Keeper Finds a Message From 1931"]
    assert found == [*expected, "FileNotFoundError", "StatusError"]


def test_processes_give_what_one_gives_in_the_same_order() -> None:
    inputs: list[Input] = [*PAGES, EMPTY, *PAGES]
    found = clean_in_parallel(inputs, "", LIMITS)
    assert list(found) == list(clean_in_turn(inputs, ""))


def misbehave(page: Input, language: str) -> Article | Refusal:
    """Do what *language* says; runs in a process of its own."""
    if page.name == "slow":
        time.sleep(600)
    if page.name == "crash":
        os._exit(1)
    if page.name == "large":
        return Refusal(name=str(bytearray(2048 * MEBIBYTE)), reject="", why="")
    if page.name == "fault":
        raise RecursionError("too deep")
    return Refusal(name=page.name, reject=language, why="")


def test_slow_crashing_large_and_faulty_pages_end_alone() -> None:
    strict = Limits(processes=1, timeout=2, memory=1024)
    names = ("slow", "crash", "large", "fault", "good")
    inputs = [RawPage(name=name, body=b"") for name in names]
    found = clean_in_parallel(inputs, "Reached", strict, work=misbehave)
    assert results(found) == [
        "ExtractionTimeoutError",
        "ExtractionCrashError",
        "ExtractionCrashError",
        "RecursionError",
        "Reached",
    ]


def test_inputs_are_read_little_ahead_of_the_work() -> None:
    read: list[int] = []

    def inputs() -> Iterator[Input]:
        for number in range(100):
            read.append(number)
            yield RawPage(name="good", body=b"")

    found = clean_in_parallel(inputs(), "", ONE, work=misbehave)
    next(found)
    found.close()
    assert len(read) == 3
