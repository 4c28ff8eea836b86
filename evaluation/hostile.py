"""Clean hostile pages, each in a process with 10 s of CPU time and 500 MB; 1 where one fails.

A page passes where its text is whole, or where it is refused by name and may be. The peak is that
of the memory in use, above what the process used before the call.
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from cleaners import CleaningError, clean
from evaluation.hostile_pages import PAGES, HostilePage, page
from evaluation.systems import PROJECT
from evaluation.tables import markdown

EXAMPLE = 'python -m evaluation.hostile --only "deep JSON"'
SECONDS = 10  # of CPU time
MEGABYTES = 500
PATIENCE = 300  # seconds on the wall
URL = "https://harbour.example/2024/03/noon-boat"
STATUS = Path("/proc/self/status")
OK, REFUSED, FAILED = "text ok", "refused", "FAIL"

Outcome = dict[str, str | float]
"""``cpu`` seconds, ``peak`` megabytes and ``result``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Clean the pages and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.hostile",
        description=__doc__,
        epilog=f"example: {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default="", help="pages with this in their name")
    parser.add_argument("--child", metavar="NAME", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        [hostile] = [one for one in PAGES if one.name == options.child]
        sys.stdout.write(json.dumps(endure(hostile)) + "\n")
        return 0
    outcomes = {one.name: in_child(one.name) for one in PAGES if options.only in one.name}
    sys.stdout.write(table_of(outcomes) + "\n")
    failed = sum(str(outcome["result"]).startswith(FAILED) for outcome in outcomes.values())
    sys.stdout.write(f"{failed} of {len(outcomes)} fail\n")
    return 1 if failed else 0


def in_child(name: str) -> Outcome:
    """Return what came of the page called *name*, cleaned in a process of its own."""
    command = [sys.executable, "-m", "evaluation.hostile", "--child", name]
    try:
        done = subprocess.run(  # noqa: S603 - this module itself
            command, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=PROJECT
        )
    except subprocess.TimeoutExpired:
        return {"result": f"{FAILED}: over {PATIENCE} s"}
    if done.returncode < 0:
        ended = signal.Signals(-done.returncode)
        reason = f"over {SECONDS} s of CPU" if ended == signal.SIGXCPU else ended.name
        return {"result": f"{FAILED}: {reason}"}
    if done.returncode:
        return {"result": f"{FAILED}: {(done.stderr.splitlines() or ['no message'])[-1]}"}
    outcome: Outcome = json.loads(done.stdout.splitlines()[-1])
    return outcome


def endure(hostile: HostilePage) -> Outcome:
    """Clean one page within the limits, in this process, which is of no use afterwards."""
    clean(page(), URL)  # weights load and patterns compile on the first
    raw = hostile.build()
    before = restrict()
    started = time.process_time()
    result = result_of(hostile, raw)
    cpu = round(time.process_time() - started, 2)
    return {"cpu": cpu, "peak": memory("VmHWM") - before, "result": result}


def restrict() -> float:
    """Limit what this process may take from here on; return the megabytes it uses."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak so far
    room = int((memory("VmSize") + MEGABYTES) * 1_000_000)
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    seconds = int(time.process_time()) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    return memory("VmRSS")


def memory(field: str) -> float:
    """Return a *field* of this process's status, in megabytes."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith(f"{field}:")]
    return int(kilobytes) * 1024 / 1_000_000


def result_of(hostile: HostilePage, raw: bytes) -> str:
    """Return what comes of *raw*: whole text, a refusal by name, or how it fails."""
    try:
        text = clean(raw, URL).text
    except CleaningError as error:
        verdict = REFUSED if hostile.may_refuse else FAILED
        return f"{verdict}: {type(error).__name__}: {str(error)[:60]}"
    except MemoryError:
        return f"{FAILED}: over {MEGABYTES} MB"
    lost = [wanted for wanted in hostile.wanted if wanted not in text]
    return f"{FAILED}: lost {lost[0][:30]!r}" if lost else OK


def table_of(outcomes: dict[str, Outcome]) -> str:
    """Return the table of what came of each page."""
    rows = []
    for name, outcome in outcomes.items():
        cpu, peak = outcome.get("cpu", ""), outcome.get("peak", "")
        rows.append([name, f"{cpu}", f"{peak:.0f}" if peak != "" else "", str(outcome["result"])])
    return markdown(("page", "CPU s", "peak MB", "result"), rows)


if __name__ == "__main__":
    sys.exit(main())
