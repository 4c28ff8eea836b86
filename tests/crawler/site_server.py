"""A small news site on the loopback interface, whose pages a test chooses."""

import dataclasses
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self

HTML = "text/html; charset=utf-8"
XML = "application/xml"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class SiteServer:
    """Serves `replies` by path while its ``with`` block runs; anything else is a 404."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    """How often each path was asked for, in the order of the first times."""

    bodies: Counter[str] = field(default_factory=Counter)
    """How often each path was answered with its page, not with an error or "not modified"."""

    is_conditional: bool = False
    """Whether pages have an ETag, by which they are asked for only if they changed."""

    agents: set[str] = field(default_factory=set)
    referrers: set[str] = field(default_factory=set)
    """What requests named as the page that led to them."""

    held: str = ""
    """A path that is answered only once `released` is set; `reached` says that it was asked for."""

    reached: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def address(self) -> str:
        """Host and port, as ``ALLOW_INTERNAL`` has them."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Address of the site, without a final slash."""
        return f"http://{self.address}"

    def serve(self, path: str, body: str | bytes, content_type: str = HTML) -> None:
        """Answer *path* with *body*, in which ``{site}`` stands for the address of the site."""
        if isinstance(body, str):
            body = body.replace("{site}", self.url).encode()
        self.replies[path] = Reply(body, content_type)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: SiteServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        site.asked[self.path] += 1
        site.agents.add(self.headers["User-Agent"])
        site.referrers.update(self.headers.get_all("Referer", []))
        if self.path == site.held:
            site.reached.set()
            site.released.wait(60)
        reply = site.replies.get(self.path, Reply(b"not here", status=404))
        if site.is_conditional and reply.status == HTTPStatus.OK:
            reply = self.if_changed(reply)
        site.bodies[self.path] += reply.status == HTTPStatus.OK
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def if_changed(self, reply: Reply) -> Reply:
        tag = f'W/"{hashlib.sha256(reply.body).hexdigest()}"'
        headers = (*reply.headers, ("ETag", tag))
        if self.headers["If-None-Match"] == tag:
            # some servers name the encoding of the body that they do not send
            status = HTTPStatus.NOT_MODIFIED
            return Reply(status=status, headers=(*headers, ("Content-Encoding", "gzip")))
        return dataclasses.replace(reply, headers=headers)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as in the base class
        pass
