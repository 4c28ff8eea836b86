"""Run an extractor over gold pages and score what it gives; nothing is run twice.

The output lies as the harness's own does, ``OUT/SYSTEM-VERSION/SET/ID.json``, so that its other
tools, such as ``bench.errors``, read it too.
"""

import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TextIO

from tqdm import tqdm

from evaluation.gold import Gold, GoldPage
from evaluation.pages import domain_of, harness
from evaluation.parts import replaced, switched_off
from evaluation.systems import System, fingerprint

CHUNK = 8  # pages handed to a process at once
LINE_EVERY = 60.0  # seconds
MAX_PROCESSES = 2

Record = dict[str, Any]
"""What a system gave for one page: ``text``, metadata, ``error``, ``cpu`` seconds, ``scores``."""

Chunk = tuple[str, list[GoldPage]]
"""A set and some of its pages."""

Records = dict[str, dict[str, Record]]
"""Records by set and page id, in the order of the gold."""


def run(system: System, gold: Gold, bench: Path, out: Path, processes: int = 2) -> Records:
    """Return the records of *system* for every page of *gold*, running it where there are none."""
    folder = out / f"{system.name}-{fingerprint(system, bench)}"
    chunks = []
    for name, pages in gold.items():
        todo = [page for page in pages if not (folder / name / f"{page.id}.json").exists()]
        chunks += [(name, todo[start : start + CHUNK]) for start in range(0, len(todo), CHUNK)]
    total = sum(len(pages) for _, pages in chunks)
    if total:
        done = work(system, chunks, bench, folder, processes)
        for _ in watch(done, total, system.label, sys.stderr):
            pass
    return {name: read(folder / name, pages) for name, pages in gold.items()}


def work(
    system: System,
    chunks: list[Chunk],
    bench: Path,
    folder: Path,
    processes: int,
) -> Iterator[str]:
    """Run *chunks* in *processes*, none of which ever ran another system; yield ids when done."""
    workers = max(1, min(processes, MAX_PROCESSES))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures: list[Future[list[str]]] = [
            pool.submit(run_chunk, system, chunk, bench, folder) for chunk in chunks
        ]
        for future in as_completed(futures):
            yield from future.result()


def run_chunk(system: System, chunk: Chunk, bench: Path, folder: Path) -> list[str]:
    """Run *system* on the pages of *chunk*, score and save each; return their ids."""
    warnings.simplefilter("ignore")
    extract, score = harness(bench, "extract"), harness(bench, "score")
    name, pages = chunk
    by_id = {page.id: page for page in pages}
    started = time.process_time()

    def save(page_id: str, record: Record) -> None:
        record["cpu"] = round(time.process_time() - started, 4)
        if "error" in record:  # a refused page has no metadata either
            record.update(dict.fromkeys(system.fields))
        record["scores"] = score.score_page(name, by_id[page_id], record)
        write(folder / name / f"{page_id}.json", record)

    def clocked() -> Iterator[GoldPage]:
        nonlocal started
        for page in pages:
            with as_in_training(system, page, bench):
                started = time.process_time()
                yield page

    with switched_off(system.without):
        extract.run_python(system.spec, clocked(), save)
    return list(by_id)


def as_in_training(system: System, page: GoldPage, bench: Path) -> AbstractContextManager[None]:
    """Give *system* the domain by which *page* was kept out of training.

    It knows the address alone; a page without one went by its id.
    """
    if not system.by_fold:
        return nullcontext()
    domain = domain_of(bench, page.url, page.id)
    return replaced({"evaluation.held_out:domain_of": lambda *_: domain})


def write(path: Path, record: Record) -> None:
    """Write *record* whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(record, ensure_ascii=False, default=str), encoding="utf-8")
    part.replace(path)


def read(folder: Path, pages: list[GoldPage]) -> dict[str, Record]:
    """Return the saved records of *pages*."""
    paths = {page.id: folder / f"{page.id}.json" for page in pages}
    return {key: json.loads(path.read_text(encoding="utf-8")) for key, path in paths.items()}


def watch(done: Iterable[str], total: int, label: str, stream: TextIO) -> Iterator[str]:
    """Yield what is *done* and report on *stream*: a bar on a terminal, else a line a minute."""
    if stream.isatty():
        yield from tqdm(done, total=total, desc=label, file=stream, unit="page")
        return
    last = time.monotonic()
    for count, page_id in enumerate(done, start=1):
        yield page_id
        if time.monotonic() - last >= LINE_EVERY or count == total:
            last = time.monotonic()
            stream.write(f"{label}: {count} of {total} pages\n")
            stream.flush()


def errors_of(records: Iterable[Record]) -> Counter[str]:
    """Count the errors by their class."""
    named = (str(record["error"]) for record in records if record.get("error"))
    return Counter(error.partition(":")[0] for error in named)
