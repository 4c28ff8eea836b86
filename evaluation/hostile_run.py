"""Run ``scrapy crawl`` against the hostile server, and watch its time and memory."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.crawl_run import family, megabytes
from evaluation.hostile_behaviour import Behaviour
from evaluation.hostile_server import HostileServer
from evaluation.systems import PROJECT

HEALTHY = 12  # articles among the hostile ones
PATIENCE = 300.0  # seconds for a crawl
INTERVAL = 0.25  # seconds between two looks at the memory
SETTINGS = {
    "TWISTED_DNS_RESOLVER": "evaluation.hostile_names.HostileResolver",
    "DOWNLOAD_TIMEOUT": "5",
    "DOWNLOAD_DELAY": "0.01",
    "AUTOTHROTTLE_ENABLED": "0",
    "AUTOTHROTTLE_MAX_DELAY": "0.1",
    "CRAWL_DELAY_MAX": "0.05",
}
"""What makes a crawl quick."""

AT_ONCE = {"CONCURRENT_REQUESTS": "32", "CONCURRENT_REQUESTS_PER_DOMAIN": "16"}
"""Where a crawl meets many servers: all are 127.0.0.1, and one host to Scrapy."""


@dataclass(frozen=True, slots=True)
class Group:
    """Behaviours that one crawl meets."""

    name: str
    behaviours: tuple[Behaviour, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A crawl that is over."""

    folder: Path
    """The setting ``DATA_DIR``."""

    code: int | None
    """Exit code; None where the crawl had to be killed."""

    seconds: float
    peak: float
    """Megabytes of all its processes, where they were most."""

    log: str
    told: dict[str, Any]
    """The JSON object that the crawl ends with; empty where there was none."""

    healthy: tuple[str, ...]
    """Addresses of the healthy articles among the pages."""


def crawl(group: Group, server: HostileServer, folder: Path) -> Ended:
    """Crawl what *group* consists of into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    healthy = tuple(server.healthy(number) for number in range(HEALTHY))
    spider, arguments = arguments_for(group, server, healthy, folder)
    if group.behaviours[0].kind == "site":
        healthy = ()
    settings = (
        (AT_ONCE if healthy else {})
        | SETTINGS
        | {"DATA_DIR": str(folder), "ALLOW_INTERNAL": server.allowed()}
    )
    if len(group.behaviours) == 1:
        settings |= dict(group.behaviours[0].settings)
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", spider, "--json", *options, *arguments]
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    out, log = folder / "told.json", folder / "log"
    begun = time.monotonic()
    with out.open("wb") as stdout, log.open("wb") as stderr:
        process = subprocess.Popen(  # noqa: S603  # the project's own command
            command, cwd=PROJECT, env=environment, stdout=stdout, stderr=stderr,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        peak = watch(process, begun + PATIENCE)
    code = process.returncode if process.returncode >= 0 else None
    told = out.read_text(encoding="utf-8")
    return Ended(
        folder=folder,
        code=code,
        seconds=time.monotonic() - begun,
        peak=peak,
        log=log.read_text(encoding="utf-8", errors="replace"),
        told=json.loads(told) if told.strip() else {},
        healthy=healthy,
    )


def arguments_for(
    group: Group, server: HostileServer, healthy: tuple[str, ...], folder: Path
) -> tuple[str, list[str]]:
    """Return the spider of *group* and its arguments; healthy pages stand between the others."""
    if group.behaviours[0].kind == "site":
        return "news", ["-a", f"site={server.url_of(group.behaviours[0])}"]
    by_kind: dict[str, list[str]] = {"page": [], "feed": [], "sitemap": []}
    for one in group.behaviours:
        by_kind.get(one.kind, by_kind["page"]).append(server.url_of(one))
    pages = interleaved(by_kind["page"], list(healthy))
    listed = folder / "urls"
    listed.write_text("\n".join(pages), encoding="utf-8")
    arguments = ["-a", f"urls=@{listed}"]
    for kind in ("feed", "sitemap"):
        if by_kind[kind]:
            arguments += ["-a", f"{kind}={' '.join(by_kind[kind])}"]
    return ("urls" if len(arguments) == 2 else "news"), arguments  # noqa: PLR2004  # the pages


def interleaved(many: list[str], few: list[str]) -> list[str]:
    """Return all of both, the few spread among the many."""
    step = max(1, len(many) // len(few))
    made: list[str] = []
    for number, one in enumerate(few):
        made += [one, *many[number * step : (number + 1) * step]]
    return made + many[len(few) * step :]


def watch(process: "subprocess.Popen[bytes]", end: float) -> float:
    """Wait for *process*, kill it at *end*, and return the megabytes it took at most."""
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(megabytes(one) for one in family(process.pid)))
        if time.monotonic() > end:
            process.kill()
            process.wait()
        time.sleep(INTERVAL)
    return peak
