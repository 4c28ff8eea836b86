"""Name the gold pages that take the most CPU time; 1 where one takes over two seconds.

A first run, which the other commands share, finds the candidates; these are cleaned twice more in
one process, and the faster time counts, for the machine may be busy.
"""

import sys
import time
from collections.abc import Sequence

from cleaners import CleaningError, clean
from evaluation.gold import Gold, GoldPage
from evaluation.options import gold_of, parser_of
from evaluation.run import Records, run
from evaluation.systems import OURS
from evaluation.tables import markdown

EXAMPLE = "python -m evaluation.slowest --sets wcxb --top 10"
LIMIT = 2.0  # CPU seconds
ROUNDS = 2
SPARE = 12  # candidates more than asked for: the first page of a process carries its imports

Timed = tuple[float, str, str, str, int]
"""CPU seconds, set, id, what came out, bytes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Time the pages and print the slowest."""
    parser = parser_of("slowest", __doc__, EXAMPLE)
    parser.add_argument("--top", type=int, default=20, help="pages in the table")
    options = parser.parse_args(arguments)
    gold = gold_of(options)
    records = run(OURS, gold, options.bench, options.out, options.processes)
    candidates = slowest(gold, records, options.top + SPARE)
    time_page(candidates[0][1])  # weights load and patterns compile on the first
    timed = sorted((again(name, page) for name, page in candidates), reverse=True)
    sys.stdout.write(table_of(timed[: options.top]) + "\n")
    over = sum(seconds > LIMIT for seconds, *_ in timed)
    sys.stdout.write(f"{over} pages take over {LIMIT:.0f} s\n")
    return 1 if over else 0


def slowest(gold: Gold, records: Records, top: int) -> list[tuple[str, GoldPage]]:
    """Return the *top* pages of the first run, with their sets."""
    pages = [(name, page) for name, found in gold.items() for page in found]
    return sorted(pages, key=lambda pair: -float(records[pair[0]][pair[1].id]["cpu"]))[:top]


def again(name: str, page: GoldPage) -> Timed:
    """Return the fastest of some rounds."""
    seconds, result = min(time_page(page) for _ in range(ROUNDS))
    return seconds, name, page.id, result, len(page.html())


def time_page(page: GoldPage) -> tuple[float, str]:
    """Return the CPU seconds that *page* takes, and what came of it."""
    raw = page.html()
    started = time.process_time()
    try:
        result = f"{len(clean(raw, page.url).text)} characters"
    except CleaningError as error:
        result = type(error).__name__
    return time.process_time() - started, result


def table_of(timed: Sequence[Timed]) -> str:
    """Return the table, slowest first."""
    rows = [
        [f"{seconds:.3f}", f"{size // 1000}", name, page_id, result]
        for seconds, name, page_id, result, size in timed
    ]
    return markdown(("CPU s", "kB", "set", "page", "result"), rows)


if __name__ == "__main__":
    sys.exit(main())
