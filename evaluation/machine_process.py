"""Faults around the process: signals, limits, streams, locale, clock, another crawl."""

import os
import resource
import signal
import sys

from evaluation.machine import SLOW, Act, Ended, Fault, Machine

ASCII = {
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONIOENCODING": "ascii",
}
LAST_WORDS = "shutting down gracefully"  # of Scrapy, at the first signal


def signalled(*numbers: int) -> Act:
    """Return an act that sends signals to a crawl after its first page."""

    def act(machine: Machine) -> Ended:
        run = machine.start(settings={**SLOW, "LOG_LEVEL": "INFO"})
        run.wait_for_page()
        for number in numbers:
            run.send(number)
            run.wait_for_word(LAST_WORDS)
        return run.end()

    return act


def second(machine: Machine) -> Ended:
    """Crawl a site that another process crawls."""
    first = machine.start(settings=SLOW)
    first.wait_for_page()
    pid = first.process.pid
    aside = machine.scratch / "second"
    aside.mkdir()
    ended = Machine(target=machine.target, expected=machine.expected, scratch=aside).crawl()
    end = first.end()
    wrong = [] if end.code == 0 else [f"the first crawl ended with {end.code}"]
    if f"process {pid} " not in ended.reason:
        wrong.append("does not say who")
    return Ended(code=ended.code, reason=ended.reason, wrong=tuple(wrong))


def limited(kind: int, number: int) -> Act:
    """Return an act that crawls under a limit of the system."""

    def limit() -> None:
        resource.setrlimit(kind, (number, number))

    return lambda machine: machine.crawl(before=limit)


def closing(*descriptors: int) -> Act:
    """Return an act that crawls with some of the standard streams closed."""

    def close() -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    return lambda machine: machine.crawl(before=close)


def unread(machine: Machine) -> Ended:
    """Crawl with a standard output that nobody reads any more."""

    def break_off() -> None:
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)

    return machine.crawl(before=break_off)


def full_output(machine: Machine) -> Ended:
    """Crawl with a standard output that takes nothing."""

    def fill() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    return machine.crawl(before=fill)


def with_clock(days: int, after: float) -> Act:
    """Return an act that crawls half of a site, and all of it with a clock that is wrong."""
    prefix = (sys.executable, "-m", "evaluation.shifted_clock", str(days), str(after))

    def act(machine: Machine) -> Ended:
        machine.crawl(arguments=("limit=8",))
        return machine.crawl(prefix=prefix, arguments=("refetch=yes",))

    return act


PROCESS = (
    Fault(name="SIGTERM", act=signalled(signal.SIGTERM), code=11, says="interrupted"),
    Fault(name="SIGINT", act=signalled(signal.SIGINT), code=11, says="interrupted"),
    Fault(name="SIGHUP, the terminal gone", act=signalled(signal.SIGHUP), code=11),
    Fault(name="SIGTERM twice", act=signalled(*[signal.SIGTERM] * 2), code=11),
    Fault(name="two crawls of one site", act=second, code=5, says="is in use by process"),
    Fault(name="24 open files", act=limited(resource.RLIMIT_NOFILE, 24), code=1),
    Fault(name="no memory", act=limited(resource.RLIMIT_AS, 250 << 20), code=1),
    Fault(name="standard output closed", act=closing(1), code=0),
    Fault(name="all streams closed", act=closing(0, 1, 2), code=0),
    Fault(name="standard output broken", act=unread, code=0),
    Fault(name="standard output full", act=full_output, code=0),
    Fault(
        name="locale C, no UTF-8",
        act=lambda machine: machine.crawl(environment=ASCII),
        code=0,
    ),
    Fault(name="clock set back 400 days", act=with_clock(-400, 0), code=0),
    Fault(name="clock leaps forward", act=with_clock(400, 3.0), code=0),
)
