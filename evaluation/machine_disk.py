"""Faults of disks and file systems."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evaluation.machine import Act, Ended, Fault, Machine
from evaluation.syscalls import STRACE


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[None]:
    """Mount a file system in memory at *folder*; root alone can."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(  # noqa: S603
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],  # noqa: S607
        check=True,
    )
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


def keep(folder: Path, made: Path) -> None:
    """Copy what lies in *folder*, which is about to go, to *made*."""
    subprocess.run(["cp", "-a", f"{folder}/.", str(made)], check=True)  # noqa: S603, S607


def on_small_disk(options: str, **settings: str) -> Act:
    """Return an act that crawls onto a disk in memory."""

    def act(machine: Machine) -> Ended:
        data, aside = machine.target.data, machine.scratch / "aside"
        with small_disk(data, options):
            ended = machine.crawl(settings=settings)
            aside.mkdir()
            keep(data, aside)
        data.rmdir()
        aside.rename(data)
        return ended

    return act


def read_only(machine: Machine) -> Ended:
    """Crawl into a folder on a read-only disk."""
    data = machine.target.data
    with small_disk(data, "size=1m,ro"):
        ended = machine.crawl()
    data.rmdir()
    return ended


def limited_files(machine: Machine) -> Ended:
    """Crawl where no file may be larger than a few pages."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (96 * 1024, 96 * 1024))

    return machine.crawl(before=limit)


def no_archive(machine: Machine) -> Ended:
    """Crawl where a file has the name of the archive's folder."""
    machine.target.data.mkdir(parents=True)
    archive = machine.target.data / "archive"
    archive.touch()
    ended = machine.crawl()
    archive.unlink()
    return ended


def full_scratch(machine: Machine) -> Ended:
    """Crawl where the folder for temporary files is full."""
    folder = machine.scratch / "tmp"
    with small_disk(folder, "size=4k,nr_inodes=1"):
        return machine.crawl(environment={"TMPDIR": str(folder)})


def injecting(injection: str) -> Act:
    """Return an act that lets system calls fail."""

    def act(machine: Machine) -> Ended:
        name = injection.partition(":")[0]
        options = ("-e", f"trace={name}", "-e", f"inject={injection}")
        log = str(machine.scratch / "strace")
        return machine.crawl(prefix=(STRACE or "strace", "-o", log, *options))

    return act


DISK = (
    Fault(
        name="disk full",
        act=on_small_disk("size=700k"),
        code=1,
        says="disk",
        needs=("root",),
    ),
    Fault(
        name="disk soon full",
        act=on_small_disk("size=2m", MIN_FREE_BYTES=str(1_500_000)),
        code=1,
        says="MIN_FREE_BYTES is 1.4 MiB",
        needs=("root",),
    ),
    Fault(
        name="too little room to begin",
        act=lambda machine: machine.crawl(settings={"MIN_FREE_BYTES": str(1 << 60)}),
        code=1,
        says="MIN_FREE_BYTES is ",
    ),
    Fault(
        name="no inodes left",
        act=on_small_disk("size=64m,nr_inodes=24"),
        code=1,
        says="No space left on device",
        needs=("root",),
    ),
    Fault(name="limit of a file's size", act=limited_files, code=1, says="error"),
    Fault(
        name="read-only DATA_DIR",
        act=read_only,
        code=1,
        says="Read-only file system",
        needs=("root",),
    ),
    Fault(name="archive cannot be written", act=no_archive, code=1, says="archive"),
    Fault(name="TMPDIR full", act=full_scratch, code=0, needs=("root",)),
    Fault(
        name="disk fails",
        act=injecting("fdatasync:error=EIO:when=15+"),
        code=1,
        says="disk I/O error",
        needs=("strace",),
    ),
    Fault(
        name="file system without fsync",
        act=injecting("fsync:error=EINVAL"),
        code=0,
        needs=("strace",),
    ),
    Fault(
        name="no open file left for a connection",
        act=injecting("socket:error=EMFILE:when=3+"),
        code=1,
        says="Too many open files",
        needs=("strace",),
    ),
    Fault(
        name="file system without locks",
        act=injecting("flock:error=ENOLCK"),
        code=1,
        says="No locks available",
        needs=("strace",),
    ),
)
