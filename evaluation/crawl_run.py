"""Measure a crawl from outside: CPU time and memory of its process and all that it starts."""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evaluation.crawl_spiders import Job
from evaluation.systems import PROJECT

SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
INTERVAL = 0.5  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What one crawl took."""

    seconds: float
    cpu: float
    """Seconds of CPU time, of all processes."""

    peak: float
    """Megabytes: the proportional set sizes of all processes, added, where they were largest."""

    stats: dict[str, Any] = field(repr=False)


def measure(job: Job, server: int, look: Callable[[float], None] = lambda _: None) -> Measurement:
    """Run *job* and return what it took.

    *server* is the process that serves it, a child of this one; it does not count. *look* is
    called with the megabytes in use, twice a second.

    Raises:
        subprocess.CalledProcessError: the crawl failed.
    """
    # what the crawl leaves behind becomes a child of this process, and its time counts too
    ctypes.CDLL(None, use_errno=True).prctl(SUBREAPER, 1)
    file = Path(job.out, "job.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(job)), encoding="utf-8")
    command = [sys.executable, "-m", "evaluation.crawl_spiders", str(file)]
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    environment["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
    # an installed project is compiled once, as the libraries are that it is compared with
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    others = {server, *children(os.getpid())}  # such as a fork server, which never ends
    before, begun, peak = cpu_of_children(), time.monotonic(), 0.0
    process = subprocess.Popen(command, cwd=PROJECT, env=environment)  # noqa: S603  # this package
    while process.poll() is None:
        used = sum(megabytes(one) for one in family(process.pid))
        peak = max(peak, used)
        look(used)
        time.sleep(INTERVAL)
    seconds = time.monotonic() - begun
    for orphan in set(children(os.getpid())) - others:
        os.waitpid(orphan, 0)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    stats = json.loads(Path(job.out, "told.json").read_text(encoding="utf-8"))
    cpu = cpu_of_children() - before
    return Measurement(seconds=seconds, cpu=cpu, peak=peak, stats=stats)


def cpu_of_children() -> float:
    """Return the seconds of CPU time of all children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(process: int) -> Iterator[int]:
    """Yield *process* and all that descend from it."""
    yield process
    for child in children(process):
        yield from family(child)


def children(process: int) -> list[int]:
    """Return the children of a process; none of one that has ended."""
    found: list[int] = []
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    except (FileNotFoundError, ProcessLookupError):
        return found
    return found


def megabytes(process: int) -> float:
    """Return the memory of a process, shared pages by their share; 0 of one that has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0.0
    kilobytes = [int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")]
    return sum(kilobytes) * 1024 / 1_000_000
