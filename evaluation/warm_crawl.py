"""Crawls that begin at once, forked from a process that has imported what they need.

A crawl of a few pages spends nine tenths of its time on imports, and thousands are needed to crash
it everywhere. From the first line of its own on such a crawl is like any other.

Called as ``python -m evaluation.warm_crawl``, it reads a JSON array on each line: the file that
takes the output, and the arguments of Scrapy. For each it writes the number of a process, which
waits for SIGCONT, and, when that has ended, its exit code as `subprocess` has it.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from evaluation.kill_crawl import PROJECT, Target, plain_environment

MODULES = (
    *("scrapy.cmdline", "crawler.commands.crawl", "crawler.spiders.news", "twisted.web.client"),
    *("twisted.internet.asyncioreactor", "crawler.spiders.urls", "protego", "feedparser"),
    *("scrapy.core.downloader.handlers.http11", "scrapy.robotstxt", "sqlalchemy.dialects.sqlite"),
)
COMPONENTS = ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES")
CLASSES = (
    *(
        "SCHEDULER",
        "SCHEDULER_PRIORITY_QUEUE",
        "SCHEDULER_MEMORY_QUEUE",
        "DOWNLOADER",
        "STATS_CLASS",
    ),
    *("ITEM_PROCESSOR", "LOG_FORMATTER", "DUPEFILTER_CLASS", "TWISTED_DNS_RESOLVER"),
    *("REQUEST_FINGERPRINTER_CLASS", "ROBOTSTXT_PARSER", "SPIDER_LOADER_CLASS"),
)


class Warm:
    """Starts crawls in no time while its ``with`` block runs."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603  # this module
            [sys.executable, "-m", __name__],
            cwd=PROJECT,
            env=plain_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def run(self, target: Target, tracer: Sequence[str] = ()) -> int:
        """Crawl to the end and return the exit code; below zero it is a signal.

        *tracer* is a command that follows the process whose number is put behind it.
        """
        arguments = target.command()[target.command().index("scrapy") :]
        self._send(json.dumps([str(target.log), arguments]))
        pid = int(self._receive())
        if not tracer:
            os.kill(pid, signal.SIGCONT)
            return int(self._receive())
        with subprocess.Popen([*tracer, "-p", str(pid)], stderr=subprocess.PIPE) as follower:  # noqa: S603
            assert follower.stderr is not None  # noqa: S101
            follower.stderr.readline()  # it is attached
            os.kill(pid, signal.SIGCONT)
            code = int(self._receive())
            follower.communicate()
        return code

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None  # noqa: S101
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _receive(self) -> str:
        assert self._process.stdout is not None  # noqa: S101
        return self._process.stdout.readline()


def serve() -> None:
    """Fork a crawl for each line of standard input."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    for module in (*MODULES, *modules_of(get_project_settings())):
        import_module(module)
    forkserver.set_forkserver_preload(
        ["crawler.forked", "crawler.extraction", "crawler.discovery.reading"]
    )
    forkserver.ensure_running()
    for line in sys.stdin:
        log, arguments = json.loads(line)
        pid = os.fork()
        if not pid:
            crawl(Path(log), arguments)
        os.waitpid(pid, os.WUNTRACED)
        tell(pid)
        _, status = os.waitpid(pid, 0)
        tell(os.waitstatus_to_exitcode(status))


def modules_of(settings: Settings) -> Iterator[str]:
    """Yield the modules whose classes the settings name."""
    for name in COMPONENTS:
        for component, order in settings.get_component_priority_dict_with_base(name).items():
            if order is not None:
                yield str(component).rpartition(".")[0]
    yield from (settings[name].rpartition(".")[0] for name in CLASSES)


def crawl(log: Path, arguments: Sequence[str]) -> NoReturn:
    """Be the crawl, when told to go on."""
    execute = import_module("scrapy.cmdline").execute
    os.setsid()
    # the fork server is the child of another process now, which it would not look after
    forkserver.ensure_running = lambda: None
    setattr(forkserver._forkserver, "ensure_running", lambda: None)  # noqa: B010, SLF001
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.kill(os.getpid(), signal.SIGSTOP)
    code = 0
    try:
        execute(list(arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    sys.stdout.flush()
    os._exit(code)  # all is closed by now, and the end of the interpreter takes a second


def tell(number: int) -> None:
    """Write a number to whoever asked."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
