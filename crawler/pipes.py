"""Pipes that hold a few pages, so that whoever sends one need not wait for whoever takes it."""

import fcntl
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

SIZE = 1 << 20  # bytes, the most that Linux gives to any user; by default it is 64 KiB
SET_SIZE = getattr(fcntl, "F_SETPIPE_SZ", None)  # Linux has it


class WidePipes(ForkServerContext):
    """Forks processes from a server, with wide pipes between them.

    Through a narrow one a page goes in five parts, and both sides wait in turn.
    """

    def Pipe(  # noqa: N802  # the name is the library's
        self, duplex: bool = True
    ) -> tuple[Connection, Connection]:
        """Return both ends; where the system gives no such pipe, of one that is as it was."""
        ends = super().Pipe(duplex)
        if SET_SIZE is not None:
            with suppress(OSError):
                fcntl.fcntl(ends[0].fileno(), SET_SIZE, SIZE)
        return ends
