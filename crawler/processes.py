"""Processes that can be killed: what hangs or crashes in one costs itself alone.

A thread or a signal cannot stop C code, and with the standard library's pool one segfault fails
every later page.
"""

import fcntl
import logging
import math
import os
import resource
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Generic, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from crawler import malloc
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError, MachineError
from crawler.limits import Limits
from crawler.pipes import WidePipes

P = ParamSpec("P")
Result = TypeVar("Result")

PATIENCE = 10.0  # seconds; pebble itself gives each process 3 s to heed SIGTERM
LAST_PATIENCE = 60.0  # seconds, without a fork server: only a busy machine takes so long
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
ENVIRONMENT = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    **malloc.ENVIRONMENT,
}
"""One thread: there are as many processes as may be busy, and a fork of threads is unsafe."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Measured(Generic[Result]):
    """What a function returned in a process, and what it cost."""

    value: Result
    cpu: float
    """Seconds of its thread. While a process has a limit, the kernel tells the time of the process
    as of its last tick: of a page half a tick would be missing, 2 of 10 ms."""


class KillablePool(ProcessPool):
    """Processes with limits, forked from one that has imported what they need.

    That one starts at once, and imports while the caller goes on; the others start with the
    first call. A fork of the caller would inherit its event loop and threads in any state, and a
    fresh process would import everything anew for each that was killed.
    """

    def __init__(self, limits: Limits, *modules: str) -> None:
        context = WidePipes()
        context.set_forkserver_preload(["crawler.forked", *modules])
        for name, value in ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        malloc.keep_little()
        forkserver.ensure_running()
        lifeline, self._held = context.Pipe(duplex=False)
        initargs = (limits.memory * malloc.MEBIBYTE, lifeline)
        super().__init__(limits.processes, 0, _prepare, initargs, context)
        self._limits = limits

    def begin(
        self, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs
    ) -> "ProcessFuture[Measured[Result]]":
        """Let one of the processes call *function*, within the limits.

        Raises:
            BrokenProcessPool: the pool is of no use any more.
        """
        return self._begin(_limited, (self._limits.cpu, function, *args), kwargs)

    def begin_all(
        self, functions: Sequence[Callable[[], Any]]
    ) -> "ProcessFuture[list[Measured[Any]]]":
        """Let one of the processes call *functions* in turn.

        Each has the whole CPU time, and all together the time on the wall.

        Raises:
            BrokenProcessPool: the pool is of no use any more.
        """
        return self._begin(_limited_each, (self._limits.cpu, functions), {})

    def _begin(
        self, function: Callable[..., Result], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> "ProcessFuture[Result]":
        try:
            return self.schedule(function, args, kwargs, timeout=self._limits.timeout)
        except RuntimeError as error:
            raise BrokenProcessPool(str(error)) from error

    def end(self) -> None:
        """End the processes, without waiting for what they are at.

        Raises:
            MachineError: they do not end, however long one waits.
        """
        self.stop()  # type: ignore[no-untyped-call]  # pebble types only part of itself
        # pebble waits without a limit, and learns of each end from the fork server
        ending = Thread(target=self.join, daemon=True)
        ending.start()
        ending.join(PATIENCE)
        self._held.close()
        if ending.is_alive():
            logger.warning("the fork server does not answer; it is ended")
            _end_fork_server()
            ending.join(LAST_PATIENCE)
        if ending.is_alive():
            raise MachineError("the processes that read pages cannot be ended")


def _end_fork_server() -> None:
    """End the process that forks the others; all that wait for word of it learn that it is gone.

    The next pool starts another one.
    """
    number = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]  # noqa: SLF001  # nowhere else
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(number, signal.SIGKILL)
        # else the next pool may take it for alive; it is that pool which reaps it
        os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)


def _prepare(memory: int, lifeline: Connection) -> None:
    """Set up a process that has just begun."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        memory = min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # pebble's handler would wait for the end of a loop in C, and the pool's manager 3 s with it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(lifeline)


def _end_with(lifeline: Connection) -> None:
    """Let the kernel end this process when the other end of *lifeline* is closed.

    The parent of a forked process is the fork server, which lives as long as its children do, so
    the death signal of a parent would never come. SIGIO comes in the middle of C code too.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    # opened anew, for an owner is one of all processes that share what was opened once
    descriptor = os.open(f"/dev/fd/{lifeline.fileno()}", os.O_RDONLY)
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
    fcntl.fcntl(descriptor, fcntl.F_SETFL, flags | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:  # closed before
        os._exit(1)


def _limited(
    cpu: int, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs
) -> Measured[Result]:
    """Return what *function* returns; SIGXCPU ends this process after *cpu* seconds of CPU time.

    The limit ends with the function: a process that is killed while it holds the lock of the
    pool's pipe would block all others.
    """
    begun = time.thread_time()
    soft = math.ceil(time.process_time()) + cpu  # the kernel knows whole seconds only
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    try:
        value = function(*args, **kwargs)
        return Measured(value, time.thread_time() - begun)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, UNLIMITED)


def _limited_each(cpu: int, functions: Sequence[Callable[[], Any]]) -> list[Measured[Any]]:
    """Return what each of *functions* returns."""
    return [_limited(cpu, function) for function in functions]


def is_killed(error: BaseException) -> bool:
    """Whether somebody else killed the process, and not a limit or a fault of its own."""
    return isinstance(error, ProcessExpired) and error.exitcode == -signal.SIGKILL


def named(error: BaseException, limits: Limits, name: str) -> BaseException:
    """Return what *error* of a process means for the page called *name*.

    An exception that the work itself raised stays as it is.
    """
    if isinstance(error, TimeoutError):
        return ExtractionTimeoutError(f"over {limits.timeout:g} s: {name}")
    if isinstance(error, ProcessExpired) and error.exitcode == -signal.SIGXCPU:
        return ExtractionTimeoutError(f"over {limits.cpu} s of CPU time: {name}")
    if isinstance(error, ProcessExpired):
        return ExtractionCrashError(f"process ended with {error.exitcode}: {name}")
    if isinstance(error, MemoryError):
        return ExtractionCrashError(f"over {limits.memory} MiB: {name}")
    return error
