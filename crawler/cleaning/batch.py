"""Clean many pages at once, in processes of their own."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING

from cleaners import Article, CleaningError
from crawler.cleaning.pages import PageFile, RawPage, Refusal, clean_raw
from crawler.limits import Limits
from crawler.processes import KillablePool, Measured, named

if TYPE_CHECKING:
    from pebble import ProcessFuture

Input = PageFile | RawPage | Refusal
"""A refusal is an input that could not even be fetched; it passes through."""

Outcome = tuple[Input, Article | Refusal]
Clean = Callable[[Input, str], Article | Refusal]


def clean_input(page: Input, language: str) -> Article | Refusal:
    """Return the article of *page*, or why it has none."""
    try:
        if isinstance(page, Refusal):
            return page
        return clean_raw(page.read() if isinstance(page, PageFile) else page, language=language)
    except (CleaningError, OSError) as error:
        return Refusal.of(page.name, error)


def clean_in_turn(inputs: Iterable[Input], language: str) -> Iterator[Outcome]:
    """Yield each input with its outcome, cleaned in this process."""
    return ((page, clean_input(page, language)) for page in inputs)


def clean_in_parallel(
    inputs: Iterable[Input], language: str, limits: Limits, *, work: Clean = clean_input
) -> Generator[Outcome, None, None]:
    """Yield each input with its outcome, in the order of *inputs*.

    A page that passes one of *limits* or takes its process down is refused, and the others go
    on. *inputs* is read only a little ahead of the work.
    """
    pool = KillablePool(limits, "crawler.warm", __name__)
    waiting: deque[tuple[Input, ProcessFuture[Measured[Article | Refusal]]]] = deque()
    try:
        for page in inputs:
            waiting.append((page, pool.begin(work, page, language)))
            if len(waiting) > 2 * limits.processes:
                yield collect(*waiting.popleft(), limits)
        while waiting:
            yield collect(*waiting.popleft(), limits)
    finally:
        pool.end()


def collect(
    page: Input, future: "ProcessFuture[Measured[Article | Refusal]]", limits: Limits
) -> Outcome:
    """Wait for one outcome; whatever went wrong in the worker is named, not raised."""
    error = future.exception()
    if error is None:
        return page, future.result().value
    return page, Refusal.of(page.name, named(error, limits, page.name))
