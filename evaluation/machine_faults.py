"""Crawl on a machine with a fault, then without it, and compare with an undisturbed crawl.

Each line of the table is one fault: how the crawl ended, its exit code, what was lost after the
next crawl, and whether all was as it is to be. Exit code 1 if something was not.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.corpus import read_corpus
from evaluation.crawl_server import serving
from evaluation.kill_crawl import Target
from evaluation.kill_site import Site
from evaluation.machine import Fault, Finding, Machine, find
from evaluation.machine_disk import DISK
from evaluation.machine_process import PROCESS
from evaluation.machine_state import STATE
from evaluation.options import plain_parser_of
from evaluation.tables import markdown

EXAMPLE = "python -m evaluation.machine_faults --only disk"
FAULTS = (*DISK, *STATE, *PROCESS)
PAGES = 18
WIDTH = 90  # characters of a reason in the table


def main(arguments: Sequence[str] | None = None) -> int:
    """Try all faults and print the table; 1 where one was not stood."""
    parser = plain_parser_of("machine_faults", __doc__, EXAMPLE)
    parser.add_argument("--only", default="", help="faults whose name has this in it")
    parser.add_argument("--pages", type=int, default=PAGES, help="of the site")
    options = parser.parse_args(arguments)
    chosen = [fault for fault in FAULTS if options.only in fault.name]
    with tempfile.TemporaryDirectory() as scratch:
        found = findings(Path(scratch), chosen, options.pages)
    sys.stdout.write(f"{table_of(found)}\n")
    return int(any(one.wrong for one in found))


def findings(scratch: Path, faults: Sequence[Fault], pages: int) -> list[Finding]:
    """Try *faults* one after the other on a site of *pages*, and tell of each at once."""
    folder, state = scratch / "site", scratch / "server"
    for made in (folder, state):
        made.mkdir()
    found: list[Finding] = []
    with serving(folder, state, plain=True) as server:
        Site(folder, server.url, pages).write()
        target = Target(url=server.url, data=scratch / "data", log=scratch / "crawl.log")
        target.finish()
        expected = read_corpus(target.data)
        for number, fault in enumerate(faults):
            own = scratch / f"fault-{number}"
            own.mkdir()
            found.append(find(fault, Machine(target=target, expected=expected, scratch=own)))
            told = "; ".join(found[-1].wrong) or ("right" if found[-1].ended else "skipped")
            sys.stderr.write(f"{number + 1} of {len(faults)}: {fault.name}: {told}\n")
    return found


def table_of(found: Sequence[Finding]) -> str:
    """Return the table, and below it what is wrong."""
    heads = ("fault", "ended how", "exit code", "lost", "right")
    lines = [f"{one.fault.name}: {what}" for one in found for what in one.wrong]
    tried = [one for one in found if one.ended is not None]
    right = sum(not one.wrong for one in tried)
    head = f"{len(tried)} faults, {right} right, {len(found) - len(tried)} not to be made here"
    return "\n".join((head, markdown(heads, map(cells_of, found)), *lines))


def cells_of(one: Finding) -> list[str]:
    """Return the cells of one line."""
    if one.ended is None:
        return [one.fault.name, f"needs {' and '.join(one.fault.needs)}", "", "", "skipped"]
    reason = one.ended.reason
    told = reason if len(reason) <= WIDTH else f"{reason[:WIDTH]}…"
    right = "no" if one.wrong else "yes"
    return [one.fault.name, told, str(one.ended.code), str(one.lost), right]


if __name__ == "__main__":
    sys.exit(main())
