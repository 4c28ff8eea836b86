"""Processes that can be killed: what hangs or crashes in one costs itself alone.

A thread or a signal cannot stop C code, and with the standard library's pool one segfault fails
every later page.
"""

import resource
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from typing import Self

from pebble import ProcessExpired, ProcessPool
from scrapy.settings import BaseSettings

from crawler.errors import ExtractionCrashError, ExtractionTimeoutError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading pages may cost."""

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


def new_pool(limits: Limits, *modules: str) -> ProcessPool:
    """Return a pool whose processes are forked from one that has imported *modules*.

    That one starts at once, and imports while the caller goes on; the others start with the
    first call. A fork of the caller would inherit its event loop and threads in any state, and a
    fresh process would import everything anew for each that was killed.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(list(modules))
    forkserver.ensure_running()
    size = limits.memory * MEBIBYTE
    return ProcessPool(
        max_workers=limits.processes,
        initializer=resource.setrlimit,
        initargs=(resource.RLIMIT_AS, (size, size)),
        context=context,
    )


def named(error: BaseException, limits: Limits, name: str) -> BaseException:
    """Return what *error* of a process means for the page called *name*.

    An exception that the work itself raised stays as it is.
    """
    if isinstance(error, TimeoutError):
        return ExtractionTimeoutError(f"over {limits.timeout:g} s: {name}")
    if isinstance(error, ProcessExpired):
        return ExtractionCrashError(f"process ended with {error.exitcode}: {name}")
    if isinstance(error, MemoryError):
        return ExtractionCrashError(f"over {limits.memory} MiB: {name}")
    return error
