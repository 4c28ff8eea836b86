"""A crawl on a machine with a fault, and how it ended."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evaluation.corpus import Corpus, compare, read_corpus
from evaluation.kill_crawl import PATIENCE, PROJECT, Target, kill_group, plain_environment
from evaluation.kills import first_page

SLOW = {"DOWNLOAD_DELAY": "0.2"}  # of a crawl that something is done to while it runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a crawl ended."""

    code: int
    reason: str = ""
    """What it said: the reason of its JSON object, else the last line of its log."""

    wrong: tuple[str, ...] = ()
    """What else was to be so and is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A site, and what an undisturbed crawl of it brings."""

    target: Target
    expected: Corpus
    scratch: Path
    """A folder that a fault may use."""

    def crawl(self, **given: Any) -> Ended:
        """Crawl to the end; `start` says what can be *given*."""
        return self.start(**given).end()

    def start(
        self,
        *,
        prefix: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        arguments: tuple[str, ...] = (),
    ) -> "Run":
        """Start a crawl, under the program *prefix*, after *before* in its process."""
        target = replace(
            self.target,
            settings={**self.target.settings, **(settings or {})},
            arguments=arguments,
        )
        out, err = self.scratch / "out", self.scratch / "err"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(  # noqa: S603  # a command of our own
                [*prefix, *target.command(), "--json"],
                cwd=PROJECT,
                env=plain_environment() | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
                preexec_fn=before,  # noqa: PLW1509  # this process has one thread
            )
        return Run(process=process, target=target, out=out, err=err)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A crawl that runs."""

    process: subprocess.Popen[bytes]
    target: Target
    out: Path
    err: Path

    def wait_for_page(self) -> None:
        """Return when the first page is in the archive, or the crawl has ended."""
        first_page(self.target, self.process)

    def wait_for_line(self) -> None:
        """Return when the index has a line, or the crawl has ended."""
        while self.process.poll() is None:
            if any(path.stat().st_size for path in self.target.data.glob("articles/*/index.jsonl")):
                return
            time.sleep(0.02)

    def send(self, number: int) -> None:
        """Send a signal to the crawl alone, as `kill` does it."""
        os.kill(self.process.pid, number)

    def wait_for_word(self, word: str) -> None:
        """Return when the log has *word*, or the crawl has ended."""
        while word not in self.err.read_text(errors="replace") and self.process.poll() is None:
            time.sleep(0.02)

    def end(self) -> Ended:
        """Wait for the end and tell how it was."""
        try:
            code = self.process.wait(PATIENCE)
        finally:
            kill_group(self.process)
        return Ended(code=code, reason=self._reason())

    def _reason(self) -> str:
        with suppress(ValueError, IndexError, OSError):
            told = json.loads(self.out.read_text(encoding="utf-8").splitlines()[-1])
            return str(told["reason"] or told["counts"])
        lines = self.err.read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[-1] if lines else "nothing"


Act = Callable[[Machine], Ended]
"""Crawls with a fault and takes the fault away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault of the machine."""

    name: str
    act: Act
    code: int
    """The exit code that tells the truth."""

    says: str = ""
    """A part of the reason that is to be given."""

    texts_only: bool = False
    """Whether the index and the state may differ, so long as every text is there, and once."""

    needs: tuple[str, ...] = ()
    """What the fault cannot be made without: ``root``, or the name of a program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a fault brought."""

    fault: Fault
    ended: Ended | None
    """None where the fault could not be made here."""

    lost: int = 0
    wrong: tuple[str, ...] = field(default=())


def find(fault: Fault, machine: Machine) -> Finding:
    """Crawl with *fault*, then without it, and compare with the undisturbed crawl."""
    if any(not is_there(needed) for needed in fault.needs):
        return Finding(fault=fault, ended=None)
    machine.target.clear()
    ended = fault.act(machine)
    wrong = list(ended.wrong)
    if ended.code != fault.code:
        wrong.append(f"exit code {ended.code}, not {fault.code}")
    if fault.says not in ended.reason:
        wrong.append(f"does not say {fault.says!r}")
    try:
        machine.target.finish()
    except subprocess.CalledProcessError as error:
        wrong.append(f"the next crawl ended with {error.returncode}: {error.stderr[-300:]}")
    difference = compare(machine.expected, read_corpus(machine.target.data))
    if fault.texts_only:
        difference = difference.of_texts()
    wrong += difference.lines(3)
    return Finding(fault=fault, ended=ended, lost=len(difference.lost), wrong=tuple(wrong))


def is_there(needed: str) -> bool:
    """Whether this machine has what a fault needs."""
    return os.geteuid() == 0 if needed == "root" else shutil.which(needed) is not None
