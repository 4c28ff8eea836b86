"""Serve a folder of pages on the loopback interface, as fast as can be: nginx, or a plain server.

Without nginx a small server of our own reads each request's path and sends the file behind it.
"""

import asyncio
import hashlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
CONFIG = """\
daemon off; master_process off; pid {state}/pid; error_log {state}/errors;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; gzip_static on; keepalive_requests 1000000; default_type "{kind}";
  types {{ application/xml xml; text/plain txt; }}
  client_body_temp_path {state}/1; proxy_temp_path {state}/2; fastcgi_temp_path {state}/3;
  uwsgi_temp_path {state}/4; scgi_temp_path {state}/5;
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
PATIENCE = 30.0  # seconds until a server listens


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    name: str
    address: str
    """Host and port."""

    pid: int

    @property
    def url(self) -> str:
        """Address of the site, without a final slash."""
        return f"http://{self.address}"


@contextmanager
def serving(
    folder: Path, state: Path, *, plain: bool = False, charset: bool = False
) -> Iterator[Server]:
    """Serve *folder* while the block runs; *state* is a folder for the server's own files.

    *folder* may be filled later: its files are read when they are asked for. nginx sends
    ``PATH.gz``, where there is one, to whoever takes gzip; with *charset* it says of all pages that
    they are UTF-8. The *plain* server also leads from a path to the address that a file
    ``PATH.moved`` holds, and gives every page an ETag; as nginx has it, that would change with the
    file's time.
    """
    port = free_port()
    is_nginx = NGINX is not None and not plain
    if NGINX and is_nginx:
        config = state / "nginx.conf"
        kind = "text/html; charset=utf-8" if charset else "text/html"
        text = CONFIG.format(state=state, port=port, folder=folder, kind=kind)
        config.write_text(text, encoding="utf-8")
        command = [NGINX, "-p", str(state), "-c", str(config), "-e", str(state / "errors")]
    else:
        command = [sys.executable, "-m", __name__, str(folder), str(port)]
    with subprocess.Popen(command) as process:  # noqa: S603  # a server of our own choice
        try:
            wait_for(port)
            name = "nginx" if is_nginx else "plain server"
            yield Server(name, f"127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    """Return once something listens on *port*.

    Raises:
        TimeoutError: nothing does.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"no server on port {port}")


async def serve(folder: Path, port: int) -> None:
    """Serve *folder* until the process ends."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # a crawl that was killed does not say goodbye
            while request := await reader.readline():
                known = b""
                while header := (await reader.readline()).strip():
                    if header.lower().startswith(b"if-none-match:"):
                        known = header.partition(b":")[2].strip()
                writer.write(reply(folder, request.split()[1].decode(), known.decode()))
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", port) as server:
        await server.serve_forever()


def reply(folder: Path, path: str, known: str = "") -> bytes:
    """Return what is sent for *path* to one who has what bears the mark *known*."""
    file = folder / (path.lstrip("/") or "index.html")
    moved = file.with_name(f"{file.name}.moved")
    if moved.is_file():
        to = moved.read_text(encoding="utf-8")
        return f"HTTP/1.1 301 Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
    if not file.is_file():
        return MISSING
    kind = {".xml": "application/xml", ".txt": "text/plain"}.get(file.suffix, "text/html")
    body = file.read_bytes()
    mark = f'"{hashlib.sha256(body).hexdigest()}"'
    if known == mark:
        return f"HTTP/1.1 304 Not Modified\r\nETag: {mark}\r\n\r\n".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}ETag: {mark}\r\n\r\n".encode() + body


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
