"""A PostgreSQL server of the tests' own, on a socket in a temporary folder."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

USER = "nobody"  # the server refuses to run as root


def missing() -> str:
    """Return why there can be no server here; empty where there can."""
    absent = [name for name in ("initdb", "postgres") if not shutil.which(name)]
    if absent:
        return f"no {absent[0]} on this machine"
    if not find_spec("psycopg"):
        return "psycopg is not installed: pip install 'dateline[postgres]'"
    if os.getuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL refuses to run as root, and there is no setpriv"
    return ""


@dataclass
class Server:
    """A server on data of its own, which can be ended and started again."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    """None while it does not run."""

    @property
    def address(self) -> str:
        """Address of the one database."""
        return f"postgresql://dateline@/postgres?host={self.folder}"

    def start(self) -> None:
        """Return once it answers."""
        where = ("-F", "-k", str(self.folder), "-c", "listen_addresses=")
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own line
                as_user("postgres", "-D", f"{self.folder}/data", *where), stdout=log, stderr=log
            )
        wait_for(self.process, self.address)

    def stop(self) -> None:
        """End it without waiting for its clients."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
            self.process = None


@contextmanager
def server() -> Iterator[Server]:
    """Run a server while the ``with`` block does.

    Text sorts by the rules of a language there, as on most servers, not by its bytes.
    """
    with TemporaryDirectory(prefix="dateline-pg-", ignore_cleanup_errors=True) as name:
        if os.getuid() == 0:
            shutil.chown(name, USER)
        locale = ("--locale-provider=icu", "--icu-locale=en")
        run("initdb", "-D", f"{name}/data", "-A", "trust", "-U", "dateline", "-N", *locale)
        made = Server(Path(name))
        try:
            made.start()
            yield made
        finally:
            made.stop()


def run(*command: str) -> None:
    """Run a program to its end."""
    subprocess.run(as_user(*command), check=True, capture_output=True)  # noqa: S603  # our own


def as_user(*command: str) -> Sequence[str]:
    """Return *command* as somebody who is not root."""
    if os.getuid() != 0:
        return command
    return ("setpriv", f"--reuid={USER}", "--regid=nogroup", "--clear-groups", "--", *command)


def wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    """Return once the server answers."""
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    while process.poll() is None:
        try:
            engine.connect().close()
        except OperationalError:
            continue
        engine.dispose()
        return
    raise RuntimeError("the PostgreSQL server ended")
