"""What a behaviour of a hostile server is: data, and a script of what it sends."""

import asyncio
import random
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypedDict, Unpack

Kind = Literal["page", "port", "robots", "feed", "sitemap", "site"]
"""A page of the common server; a server of its own; one for the sake of its robots.txt; a listing
of the common server; a site of its own that is crawled by itself."""

SAVED, LISTED = "saved", "listed"
CHUNK = 64 * 1024  # bytes
WORDS = (
    *("harbour", "bridge", "council", "ferry", "market", "orchard", "library", "tramway", "mill"),
    *("lighthouse", "quarry", "school", "gallery", "station", "theatre", "hospital", "river"),
    *("valley", "forest", "museum", "bakery", "foundry", "chapel", "garden", "workshop", "pier"),
    *("canal", "tunnel", "granary", "brewery", "archive", "observatory", "stadium", "vineyard"),
)
VERBS = (
    *("opened", "closed", "moved", "rebuilt", "painted", "measured", "counted", "sold", "rented"),
    *("repaired", "widened"),
)
PARAGRAPHS = 6
LETTERS = {
    "-cyrillic": "Гавань, мост и маяк города ещё открыты. ",
    "-umlaut": "Die Brücke über den Fluß gehört den Bürgern: „schön“. ",
}


@dataclass
class Talk:
    """One request and the connection it came on."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    path: str
    turn: int
    """1 for the first request to this path, and so on."""

    port: int
    ports: Mapping[str, int]
    """Ports of all servers by name: ``main``, ``inside``, and those of behaviours."""

    async def send(self, *parts: bytes) -> None:
        """Send bytes, in order."""
        for part in parts:
            self.writer.write(part)
            await self.writer.drain()

    async def drip(self, data: bytes, *, pause: float = 1.0) -> None:
        """Send one byte at a time, with *pause* seconds between two."""
        for number in range(len(data)):
            await self.send(data[number : number + 1])
            await asyncio.sleep(pause)

    async def flood(self, part: bytes) -> None:
        """Send the same bytes until the other side has had enough."""
        while True:
            await self.send(part)

    async def hold(self) -> None:
        """Say nothing more, and keep the connection until the other side gives up."""
        while await self.reader.read(CHUNK):
            pass

    def reset(self) -> None:
        """End the connection with a reset."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Script = Callable[[Talk], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One thing that a server may do, and the property that must hold."""

    name: str
    does: str
    must: str
    kind: Kind = "page"
    answer: Script = field(repr=False)
    ends: tuple[str, ...] = (SAVED,)
    """What may come of the page: `SAVED` with its whole text, or the reason it is refused for.
    Of a listing: `LISTED` where its healthy articles were saved, or the reason it was lost for."""

    asked: int = 0
    """Requests that the server may see at most; 0 is no bound."""

    settings: Mapping[str, str] = field(default_factory=dict)
    """Of the crawl, for a site."""

    saves: int = 0
    """Articles that the crawl of a site must save at least."""


class Options(TypedDict, total=False):
    """Fields of a `Behaviour` that seldom differ from their defaults."""

    kind: Kind
    asked: int
    saves: int
    settings: Mapping[str, str]


def shown(
    name: str,
    does: str,
    must: str,
    answer: Script | bytes,
    ends: tuple[str, ...] = (SAVED,),
    **options: Unpack[Options],
) -> Behaviour:
    """Return a behaviour; bytes for an answer are sent as they are."""
    script = sends(answer) if isinstance(answer, bytes) else answer
    return Behaviour(name=name, does=does, must=must, answer=script, ends=ends, **options)


def sends(*parts: bytes) -> Script:
    """Return a script that sends these bytes and closes the connection."""

    async def answer(talk: Talk) -> None:
        await talk.send(*parts)

    return answer


def reply(
    body: bytes,
    *headers: str,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    length: str | None = None,
) -> bytes:
    """Return a response; *kind* may be empty for none, *length* for no Content-Length."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"Content-Length: {len(body) if length is None else length}"] if length != "" else []
    lines += [*headers, "Connection: close", "", ""]
    return "\r\n".join(lines).encode() + body


def story(name: str) -> tuple[str, ...]:
    """Return the paragraphs of the article called *name*; no two articles have one in common.

    Some names ask for letters that tell an encoding from another.
    """
    rng = random.Random(name)  # noqa: S311  # no secret
    begins = next((text for part, text in LETTERS.items() if name.endswith(part)), "")
    return tuple(
        begins
        + " ".join(
            f"The {rng.choice(WORDS)} {rng.randint(100, 999)} of the {rng.choice(WORDS)} was"
            f" {rng.choice(VERBS)} by the {rng.choice(WORDS)} board in {rng.randint(1900, 2020)}."
            for _ in range(5)
        )
        for _ in range(PARAGRAPHS)
    )


def article(name: str, *, title: str = "", head: str = "", foot: str = "") -> str:
    """Return the page of the article called *name*; *title*, *head* and *foot* are markup."""
    title = title or f"What became of the {escape(name.replace('-', ' '))}"
    paragraphs = "".join(f"<p>{paragraph}</p>\n" for paragraph in story(name))
    return (
        f"<!doctype html>\n<html lang='en'><head><title>{title}</title>{head}"
        "<meta property='og:type' content='article'></head>\n<body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>\n{paragraphs}</article>{foot}</body></html>"
    )


def page(name: str, *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """Return a healthy response with the article called *name*."""
    return reply(article(name).encode(), *headers, kind=kind)
