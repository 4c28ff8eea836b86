"""The newsroom's web servers, one a publisher, on the loopback interface."""

import datetime as dt
import errno
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

from crawler.newsroom.publisher import Publisher
from crawler.newsroom.site import NewsSite

HOST = "127.0.0.1"
POLL = 0.05  # seconds until a server sees that it is to end
FIRST_PORT = 8471  # fixed, so that a second crawl meets the same addresses


class PortTakenError(OSError):
    """Another program listens on a port of the newsroom."""


class _Server(ThreadingHTTPServer):
    """One publisher's server; its address is known once the port is bound."""

    daemon_threads = True

    def __init__(self, publisher: Publisher, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.site = NewsSite(publisher, f"http://{HOST}:{self.server_address[1]}")


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the `NewsSite` of its server."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer with head and body."""
        self.wfile.write(self.answer())

    def do_HEAD(self) -> None:
        """Answer with the head alone."""
        self.answer()

    def answer(self) -> bytes:
        """Send the head and return the body."""
        reply = self.server.site.reply(self.path, dt.datetime.now(dt.UTC))
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        return reply.body

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as in the base class
        """Stay silent: the crawler tells what it fetched."""


class Newsroom:
    """Serves every publisher while its ``with`` block runs."""

    def __init__(self, publishers: Sequence[Publisher], first_port: int = FIRST_PORT) -> None:
        """Bind one port a publisher, from *first_port* on; 0 takes any that are free.

        Raises:
            PortTakenError: a port is in use.
        """
        self.servers: list[_Server] = []
        for number, publisher in enumerate(publishers):
            port = first_port and first_port + number
            try:
                self.servers.append(_Server(publisher, port))
            except OSError as error:
                self.close()
                if error.errno != errno.EADDRINUSE:
                    raise
                raise PortTakenError(f"port {port} of {HOST} is in use") from error

    @property
    def sites(self) -> tuple[NewsSite, ...]:
        """The publishers' sites, with the addresses they are served under."""
        return tuple(server.site for server in self.servers)

    def __enter__(self) -> Self:
        for server in self.servers:
            Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self.servers:
            server.shutdown()
        self.close()

    def close(self) -> None:
        """Free the ports."""
        for server in self.servers:
            server.server_close()
