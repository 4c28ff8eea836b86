"""Faults of the state, of the index, and of what people do to files."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from evaluation.kill_crawl import kill_group
from evaluation.machine import SLOW, Act, Ended, Fault, Machine

PAGE = 4096  # bytes of a page of SQLite


def damaging(damage: Callable[[Path], None], *, killed: bool = False) -> Act:
    """Return an act that does *damage* to ``DATA_DIR`` between two crawls."""

    def act(machine: Machine) -> Ended:
        run = machine.start(settings=SLOW if killed else {}, arguments=() if killed else PART)
        if killed:
            run.wait_for_page()
            run.wait_for_line()
            kill_group(run.process)
        run.end()
        damage(machine.target.data)
        return machine.crawl()

    return act


PART = ("limit=8",)  # of the articles, to be crawled before the damage


def overwrite(start: float) -> Callable[[Path], None]:
    """Return a damage that overwrites the state, from a part of its length on, with three pages."""

    def damage(data: Path) -> None:
        path = data / "state.db"
        with path.open("r+b") as file:
            file.seek(int(path.stat().st_size * start) // PAGE * PAGE)
            file.write(b"\x07" * 3 * PAGE)

    return damage


def halve(data: Path) -> None:
    """Cut the state off in the middle."""
    path = data / "state.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(data: Path) -> None:
    """Make the state an empty file."""
    (data / "state.db").write_bytes(b"")


def lose_log(data: Path) -> None:
    """Delete the log in which SQLite keeps the newest part of the state."""
    (data / "state.db-wal").unlink()


def put_folder(data: Path) -> None:
    """Put a folder in the place of the state."""
    (data / "state.db").unlink()
    (data / "state.db").mkdir()


def spoil_index(content: bytes) -> Callable[[Path], None]:
    """Return a damage that puts *content* over the first line of the index, and takes the state."""

    def damage(data: Path) -> None:
        [path] = data.glob("articles/*/index.jsonl")
        _, _, rest = path.read_bytes().partition(b"\n")
        path.write_bytes(content + b"\n" + rest)
        (data / "state.db").unlink()

    return damage


def tear_index(data: Path) -> None:
    """Put zeros at the end of the index, as a power cut may leave them."""
    [path] = data.glob("articles/*/index.jsonl")
    with path.open("ab") as file:
        file.write(b"\0" * PAGE)


def lose_all_but_texts(data: Path) -> None:
    """Delete index and state."""
    for path in (*data.glob("articles/*/index.jsonl"), data / "state.db"):
        path.unlink()


def locked(machine: Machine) -> Ended:
    """Crawl while another program has the state locked."""
    machine.crawl(arguments=PART)
    with closing(sqlite3.connect(machine.target.data / "state.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        return machine.crawl()


def deleted(machine: Machine) -> Ended:
    """Delete a text; it stays so until all is fetched again."""
    machine.target.finish()
    text = next(machine.target.data.rglob("*.txt"))
    text.unlink()
    machine.target.finish()
    is_back = text.exists()
    ended = machine.crawl(arguments=("refetch=yes",))
    wrong = ("a text that a person deleted came back by itself",) if is_back else ()
    return Ended(code=ended.code, reason=ended.reason, wrong=wrong)


def edited(machine: Machine) -> Ended:
    """Edit a text; a crawl that finds the page unchanged leaves it so."""
    machine.target.finish()
    text = next(machine.target.data.rglob("*.txt"))
    before = text.read_bytes()
    text.write_bytes(before + b"my note\n")
    ended = machine.crawl(arguments=("refetch=yes",))
    is_left = text.read_bytes() == before + b"my note\n"
    text.write_bytes(before)
    wrong = () if is_left else ("an edited text was overwritten",)
    return Ended(code=ended.code, reason=ended.reason, wrong=wrong)


STATE = (
    Fault(name="state: header overwritten", act=damaging(overwrite(0)), code=0),
    Fault(name="state: middle overwritten", act=damaging(overwrite(0.5)), code=0),
    Fault(name="state: cut in half", act=damaging(halve), code=0),
    Fault(name="state: empty", act=damaging(empty), code=0),
    Fault(name="state: log deleted", act=damaging(lose_log, killed=True), code=0),
    Fault(name="state: a folder in its place", act=damaging(put_folder), code=0),
    Fault(name="state: locked", act=locked, code=1, says="locked by another program for 30 s"),
    Fault(name="index: garbage, state lost", act=damaging(spoil_index(b"{garbage")), code=0),
    Fault(name="index: zeros, state lost", act=damaging(spoil_index(b"\0" * PAGE)), code=0),
    Fault(name="index: zeros at its end", act=damaging(tear_index), code=0),
    Fault(
        name="index and state deleted",
        act=damaging(lose_all_but_texts),
        code=0,
        # no header tells which address led to a page by a redirect
        texts_only=True,
    ),
    Fault(name="text deleted by a person", act=deleted, code=0),
    Fault(name="text edited by a person", act=edited, code=0),
)
