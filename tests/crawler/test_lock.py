"""One process at a time works on a site."""

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.errors import DataDirError
from crawler.lock import LockedError, site_lock

HOLD = """
import sys, time
from pathlib import Path
from crawler.lock import site_lock
with site_lock(Path(sys.argv[1]), "bugle"):
    print("held", flush=True)
    time.sleep(600)
"""


def held(root: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock of ``bugle``, and wait until it has it."""
    process = subprocess.Popen(  # noqa: S603  # a program of our own
        [sys.executable, "-c", HOLD, str(root)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with held(tmp_path) as process:
        with pytest.raises(LockedError) as caught, site_lock(tmp_path, "bugle"):
            pass
        process.kill()
    holder = caught.value.holder
    assert holder is not None
    assert holder.pid == process.pid
    assert str(caught.value) == f"bugle is in use by process {process.pid} since {holder.since}"


def test_lock_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    with held(tmp_path) as process:
        process.kill()
    with site_lock(tmp_path, "bugle"):
        assert (tmp_path / "locks" / "bugle.lock").exists()


def test_lock_can_be_taken_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(KeyError), site_lock(tmp_path, "bugle"):
        raise KeyError
    with site_lock(tmp_path, "bugle"):
        pass


def test_lock_stands_in_the_way_of_the_same_process_too(tmp_path: Path) -> None:
    with site_lock(tmp_path, "bugle"), pytest.raises(LockedError):
        site_lock(tmp_path, "bugle").__enter__()


def test_sites_do_not_stand_in_each_others_way(tmp_path: Path) -> None:
    with site_lock(tmp_path, "bugle"), site_lock(tmp_path, "clarion"):
        assert len(list((tmp_path / "locks").iterdir())) == 2


def test_names_of_one_folder_share_a_lock(tmp_path: Path) -> None:
    with site_lock(tmp_path, "the.bugle"), pytest.raises(LockedError, match=r"^The Bugle is "):
        site_lock(tmp_path, "The Bugle").__enter__()


def test_holder_that_has_not_written_its_name_yet_is_another_process(tmp_path: Path) -> None:
    with site_lock(tmp_path, "bugle"):
        (tmp_path / "locks" / "bugle.lock").write_bytes(b"")
        with pytest.raises(LockedError, match=r"^bugle is in use by another process$"):
            site_lock(tmp_path, "bugle").__enter__()


def test_process_that_is_started_inside_does_not_inherit_the_lock(tmp_path: Path) -> None:
    with site_lock(tmp_path, "bugle"):
        outliving = subprocess.Popen(
            [sys.executable, "-c", "print(flush=True); input()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            close_fds=False,
        )
        assert outliving.stdout is not None
        outliving.stdout.readline()  # by now the program is another, and its files are its own
    with outliving, site_lock(tmp_path, "bugle"):
        assert outliving.poll() is None
        outliving.communicate(b"\n")


def test_file_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(DataDirError, match=r"cannot lock .*bugle\.lock: No locks available; it mu"):
        site_lock(tmp_path, "bugle").__enter__()


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "locks").touch()
    with pytest.raises(DataDirError, match=r"^DATA_DIR: cannot write to .*bugle\.lock: "):
        site_lock(tmp_path, "bugle").__enter__()
