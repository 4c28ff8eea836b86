"""A server on the loopback interface that does what hostile and broken servers do."""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from evaluation.hostile_behaviour import Behaviour, Script, Talk, page, reply

HOST = "127.0.0.1"
MISSING = reply(b"not here", status="404 Not Found", kind="text/plain")
OPEN = reply(b"User-agent: *\nDisallow:\n", kind="text/plain")
OWN_PORT = ("port", "robots", "site")


@dataclass
class HostileServer:
    """Serves behaviours while it runs, and counts what it is asked."""

    behaviours: tuple[Behaviour, ...]
    ports: dict[str, int] = field(default_factory=dict)
    """Of the common server, ``main``; of one that nobody may ask, ``inside``; of behaviours."""

    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Requests by name of the port and path."""

    agents: Counter[str] = field(default_factory=Counter)

    def url_of(self, behaviour: Behaviour) -> str:
        """Return the address of the page or listing that shows *behaviour*."""
        if behaviour.kind in OWN_PORT:
            path = "/" if behaviour.kind == "site" else f"/article/{behaviour.name}"
            return f"http://{HOST}:{self.ports[behaviour.name]}{path}"
        return f"http://{HOST}:{self.ports['main']}/{behaviour.kind}/{behaviour.name}"

    def healthy(self, number: int) -> str:
        """Return the address of one of the healthy articles."""
        return f"http://{HOST}:{self.ports['main']}/healthy/harbour-news-{number}"

    def allowed(self) -> str:
        """Return what ``ALLOW_INTERNAL`` must name."""
        ports = (port for name, port in self.ports.items() if name != "inside")
        return ",".join(f"{HOST}:{port}" for port in ports)

    def requests(self, behaviour: Behaviour) -> int:
        """Return how often the server saw a request for what shows *behaviour*."""
        if behaviour.kind in OWN_PORT:
            return sum(n for (port, _), n in self.asked.items() if port == behaviour.name)
        return self.asked["main", f"/{behaviour.kind}/{behaviour.name}"]

    def script_for(self, port: str, path: str) -> Script:
        """Return what answers *path* on the server called *port*."""
        by_name = {one.name: one for one in self.behaviours}
        if port in by_name:
            return own_script(by_name[port], path)
        _, kind, name = [*path.partition("?")[0].split("/", 2), "", ""][:3]
        if name in by_name and by_name[name].kind == kind:
            return by_name[name].answer
        if kind == "extra" and name in EXTRAS:
            return EXTRAS[name]
        if kind in {"healthy", "listed"}:
            return always(page(name))
        return always(OPEN if path == "/robots.txt" else MISSING)


def own_script(behaviour: Behaviour, path: str) -> Script:
    """Return what answers *path* on a server that *behaviour* has for itself.

    It shows in the robots.txt or in all else, and the other is healthy.
    """
    if behaviour.kind == "port" and path == "/robots.txt":
        return always(OPEN)
    if behaviour.kind == "robots" and not path.startswith("/robots.txt"):
        return always(page(path.rpartition("/")[2]))
    return behaviour.answer


EXTRAS: dict[str, Script] = {}
"""Pages that behaviours lead to, by name: ``/extra/NAME``."""


def always(answer: bytes) -> Script:
    """Return a script that sends *answer*."""

    async def script(talk: Talk) -> None:
        await talk.send(answer)

    return script


@contextmanager
def serving(behaviours: Iterable[Behaviour]) -> Iterator[HostileServer]:
    """Serve *behaviours* while the block runs."""
    server = HostileServer(tuple(behaviours))
    listeners: list[asyncio.Server] = []
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(_open(server, listeners), loop).result(30)
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_close(listeners), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


async def _open(server: HostileServer, listeners: list[asyncio.Server]) -> None:
    own = (one.name for one in server.behaviours if one.kind in OWN_PORT)
    for name in ("main", "inside", *own):
        listener = await asyncio.start_server(_Handler(server, name), HOST, 0, backlog=512)
        listeners.append(listener)
        server.ports[name] = listener.sockets[0].getsockname()[1]


async def _close(listeners: list[asyncio.Server]) -> None:
    for listener in listeners:
        listener.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@dataclass
class _Handler:
    server: HostileServer
    name: str

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            try:
                await self._answer(reader, writer)
            finally:
                writer.close()
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        if not line:
            return
        path = line.split()[1].decode("latin-1")
        while (header := await reader.readline()).strip():
            if header.lower().startswith(b"user-agent:"):
                self.server.agents[header[11:].decode("latin-1").strip()] += 1
        self.server.asked[self.name, path] += 1
        turn, ports = self.server.asked[self.name, path], self.server.ports
        talk = Talk(reader, writer, path, turn, ports[self.name], ports)
        await self.server.script_for(self.name, path)(talk)
