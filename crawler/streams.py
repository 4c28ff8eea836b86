"""Standard streams that may be closed, broken, or unable to hold every character."""

import logging
import os
import sys
from pathlib import Path
from typing import TextIO

STANDARD = (0, 1, 2)

logger = logging.getLogger(__name__)


def prepare_streams() -> None:
    """See to it that the three standard streams are there and take every character.

    Where one was closed, a file of the corpus would get its number, and what a library prints.
    """
    for number in STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number: this one
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # to the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(stream: TextIO, text: str) -> None:
    """Write *text*; where nobody reads any more, say so in the log and go on.

    What a crawl came to does not depend on who reads of it, and no more does its exit code.
    """
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        logger.warning("nobody could be told %r: %s", text.strip(), error)
        # or the interpreter fails once more at its end, and exits with 120
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
