"""Behaviours: lengths that lie, chunks, bodies without an end, and odd status lines."""

from collections.abc import Callable

from evaluation.hostile_behaviour import SAVED, Script, Talk, article, page, reply, shown

CUT = ("cut short",)
LARGE = ("too large",)
BROKEN = ("connection", "cut short", "timeout")
MEGABYTE = 1024 * 1024
CHUNKED = "Transfer-Encoding: chunked"


def body_of(name: str) -> bytes:
    """Return the bytes of the page called *name*."""
    return article(name).encode()


def chunk(data: bytes, *, extension: bytes = b"") -> bytes:
    """Return *data* as one chunk."""
    return b"%x%s\r\n%s\r\n" % (len(data), extension, data)


def chunked(name: str, size: int, *, end: bytes = b"0\r\n\r\n", extension: bytes = b"") -> bytes:
    """Return a response in chunks of *size* bytes."""
    body = body_of(name)
    parts = (body[at : at + size] for at in range(0, len(body), size))
    chunks = b"".join(chunk(part, extension=extension) for part in parts)
    return reply(b"", CHUNKED, length="") + chunks + end


def with_length(name: str, length: Callable[[int], str], *headers: str) -> bytes:
    """Return the page called *name* with a length made of its true one."""
    body = body_of(name)
    return reply(body, *headers, length=length(len(body)))


def half_html(name: str) -> bytes:
    """Return the first half of a page, cut inside a word, with its true length."""
    body = body_of(name)
    return reply(body[: len(body) // 2].rstrip(b"> ."))


def without_end(name: str) -> bytes:
    """Return a page that leaves out the closing tags, as HTML allows."""
    return body_of(name).removesuffix(b"</body></html>")


async def whole_at_second(talk: Talk) -> None:
    """Send half of a page, then, when asked again, all of it."""
    name = "whole-at-second"
    await talk.send(half_html(name) if talk.turn == 1 else page(name))


async def part_then_whole(talk: Talk) -> None:
    """Send a part, then, when asked again, the page."""
    name = "part-then-whole"
    part = reply(body_of(name)[:1500], status="206 Partial Content")
    await talk.send(part if talk.turn == 1 else page(name))


async def endless(talk: Talk) -> None:
    """Send a page that never ends."""
    await talk.send(reply(b"<html><body>", length=""))
    await talk.flood(b"<p>and then</p>" * 4000)


async def endless_chunks(talk: Talk) -> None:
    """Send chunks for ever."""
    await talk.send(reply(b"", CHUNKED, length=""))
    await talk.flood(chunk(b"<p>and then</p>" * 4000))


async def endless_trailers(talk: Talk) -> None:
    """Send what follows the last chunk for ever."""
    await talk.send(chunked("endless-trailers", 4096, end=b"0\r\n"))
    await talk.flood(b"X-More: and then\r\n" * 1000)


LENGTHS = (
    shown("length-too-long", "sends less than its length says", "is refused, not saved by half",
         with_length("length-too-long", lambda size: str(size + 5000)), CUT),
    shown("length-too-short", "sends more than its length says", "is refused, not saved by half",
         with_length("length-too-short", lambda size: str(size // 2)), CUT),
    shown("length-in-characters", "counts characters, not bytes", "is refused, not cut in silence",
         reply((article("length-in-characters") + "ü" * 400).encode(),
               length=str(len(article("length-in-characters")) - 200)), CUT),
    shown("length-zero", "says that a page is empty", "is refused",
         with_length("length-zero", lambda _: "0"), ("NoContentError", *CUT)),
    shown("length-and-chunks", "gives a length and chunks", "is saved whole or refused",
         chunked("length-and-chunks", 999).replace(
             b"Connection", b"Content-Length: 10\r\nConnection", 1), (SAVED, *BROKEN)),
    shown("no-length", "ends a page by closing", "is saved whole",
         with_length("no-length", lambda _: "")),
    shown("no-length-cut", "closes in the middle of a page without a length", "is refused",
         reply(body_of("no-length-cut")[:1500], length=""), CUT),
    shown("html-cut", "sends half a page with its true length", "is refused",
         half_html("html-cut"), CUT, asked=2),
    shown("html-without-end", "leaves out the closing tags", "is saved whole",
         reply(without_end("html-without-end")), (SAVED,), asked=2),
    shown("whole-at-second", "sends half a page, then all of it", "is saved whole",
         whole_at_second, (SAVED,), asked=2),
    shown("part-of-page", "sends 206 unasked", "is refused",
         reply(body_of("part-of-page")[:1500], "Content-Range: bytes 0-1999/9999",
               status="206 Partial Content"), CUT, asked=2),
    shown("part-then-whole", "sends 206 unasked, then the page", "is saved whole", part_then_whole),
    shown("empty", "sends nothing with 200", "is refused by name", reply(b""), ("NoContentError",)),
    shown("blank", "sends white space", "is refused by name", reply(b" \r\n" * 999),
         ("NoContentError",)),
    shown("announces-10-gb", "says that 10 GB come", "is refused for its size",
         reply(b"<html>", length=str(10**10)), LARGE, asked=1),
    shown("nine-megabytes", "sends a page of 9 MB", "is refused for its size",
         reply(b"<html><body>" + b"<p>and then</p>" * 600_000), LARGE, asked=1),
    shown("endless-page", "sends a page without an end", "is refused for its size", endless, LARGE),
)  # fmt: skip

CHUNKS = (
    shown("chunks", "sends chunks of 1,000 bytes", "is saved whole", chunked("chunks", 1000)),
    shown("chunks-of-one", "sends chunks of one byte", "is saved whole",
         chunked("chunks-of-one", 1)),
    shown("chunks-extended", "puts 500 bytes behind the size of each chunk", "is saved or refused",
         chunked("chunks-extended", 1000, extension=b";x=" + b"y" * 500), (SAVED, *BROKEN)),
    shown("chunks-cut", "closes in the middle of a chunk", "is refused",
         chunked("chunks-cut", 1000)[:1500], CUT),
    shown("chunks-unended", "leaves out the last chunk", "is refused",
         chunked("chunks-unended", 1000, end=b""), CUT),
    shown("chunks-endless", "sends chunks without an end", "is refused for its size",
         endless_chunks, LARGE),
    shown("trailers-endless", "sends headers behind the last chunk without an end", "is refused",
         endless_trailers, (SAVED, *BROKEN, *LARGE)),
)  # fmt: skip

STATUSES = (
    shown("status-999", "answers 999", "is named", reply(b"go away", status="999 Denied"),
         ("HTTP 999",)),
    shown("status-404", "answers 404 with an article", "is no article",
         reply(body_of("status-404"), status="404 Not Found"), ("HTTP 404",), asked=1),
    shown("status-410", "answers 410 with an article", "is no article",
         reply(body_of("status-410"), status="410 Gone"), ("HTTP 410",), asked=1),
    shown("status-418", "answers 418", "is named", reply(b"tea", status="418 Teapot"),
         ("HTTP 418",)),
    shown("status-500", "answers 500 with an article", "is no article",
         reply(body_of("status-500"), status="500 Oops"), ("HTTP 500",), asked=2),
    shown("status-204", "answers 204", "is refused", reply(b"", status="204 No Content"),
         ("NoContentError", "HTTP 204")),
    shown("status-304", "answers 304 though nothing was asked of it", "is named",
         reply(b"", status="304 Not Modified"), ("HTTP 304",)),
    shown("status-300", "answers 300 with an article", "is no article",
         reply(body_of("status-300"), status="300 Choices"), ("HTTP 300",)),
    shown("status-402", "answers 402", "is named", reply(b"pay", status="402 Pay"),
         ("HTTP 402",), asked=1),
    shown("status-without-words", "leaves out the words behind 200", "is saved whole",
         page("status-without-words").replace(b"200 OK", b"200", 1)),
    shown("status-with-escapes", "puts escapes into the words behind 200", "is saved whole",
         page("status-with-escapes").replace(b"200 OK", b"200 \x1b[2J\x1b]0;x\x07", 1)),
    shown("http-1.0", "speaks HTTP/1.0", "is saved whole",
         page("http-1.0").replace(b"HTTP/1.1", b"HTTP/1.0", 1)),
    shown("early-hints", "sends 103 before the page", "is saved whole",
         b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + page("early-hints")),
    shown("hundred-continues", "sends 100 a hundred times before the page", "is saved whole",
         b"HTTP/1.1 100 Continue\r\n\r\n" * 100 + page("hundred-continues")),
)  # fmt: skip

WAITS = {
    "second": "1",
    "huge": "9" * 400,
    "negative": "-5",
    "float": "0.5",
    "not-a-number": "nan",
    "past": "Wed, 21 Oct 2015 07:28:00 GMT",
    "future": "Fri, 31 Dec 9999 23:59:59 GMT",
    "no-date": "1 Oct 99999999999999999999 07:28:00 GMT",
    "words": "soon",
    "nothing": "",
}


def later(name: str, value: str) -> Script:
    """Return a script that answers 503 first, with a ``Retry-After``, and then with the page."""

    async def answer(talk: Talk) -> None:
        wait = reply(b"", f"Retry-After: {value}", status="503 Later")
        await talk.send(wait if talk.turn == 1 else page(name))

    return answer


RETRIES = tuple(
    shown(f"retry-after-{name}", f"answers 503 with Retry-After: {value[:30]}, then the page",
          "is saved whole, in time", later(f"retry-after-{name}", value), kind="port", asked=1 + 2)
    for name, value in WAITS.items()
)  # fmt: skip

FRAMING = (*RETRIES, *LENGTHS, *CHUNKS, *STATUSES)
