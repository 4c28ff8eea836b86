"""Behaviours of a connection, each on a port of its own: silence, resets, drips, headers, noise."""

import asyncio
from functools import partial

from evaluation.hostile_behaviour import SAVED, Talk, article, page, reply, shown

SLOW = ("timeout",)
LOST = ("connection", "cut short")
CUT = ("cut short",)
HEADERS = ("headers",)
TRIES = 2  # a page is asked for once more


async def closes(talk: Talk) -> None:
    """Close without an answer."""


async def resets(talk: Talk) -> None:
    """Reset without an answer."""
    talk.reset()


async def silent(talk: Talk) -> None:
    """Never answer."""
    await talk.hold()


async def resets_in_body(talk: Talk) -> None:
    """Reset in the middle of a page."""
    await talk.send(page("resets-in-body")[:1500])
    await asyncio.sleep(0.1)
    talk.reset()


async def resets_in_headers(talk: Talk) -> None:
    """Reset in the middle of the headers."""
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    await asyncio.sleep(0.1)
    talk.reset()


async def silent_after_headers(talk: Talk) -> None:
    """Send headers and nothing more."""
    await talk.send(reply(b"", length="5000"))
    await talk.hold()


async def stops_in_body(talk: Talk) -> None:
    """Send half of a page and nothing more."""
    await talk.send(page("stops-in-body")[:1500])
    await talk.hold()


async def drips_body(talk: Talk) -> None:
    """Send a page, a byte a second."""
    data = page("drips-body")
    await talk.send(data[:300])
    await talk.drip(data[300:])


async def drips_headers(talk: Talk) -> None:
    """Send headers, a byte a second."""
    await talk.drip(page("drips-headers"))


async def headers_without_end(talk: Talk) -> None:
    """Send headers for ever."""
    await talk.send(b"HTTP/1.1 200 OK\r\n")
    await talk.flood(b"X-More: and then\r\n" * 1000)


async def line_without_end(talk: Talk) -> None:
    """Send one header for ever."""
    await talk.send(b"HTTP/1.1 200 OK\r\nX-More: ")
    await talk.flood(b"and then " * 5000)


async def folds_without_end(talk: Talk) -> None:
    """Send one header in lines for ever."""
    await talk.send(b"HTTP/1.1 200 OK\r\nX-More: yes\r\n")
    await talk.flood(b" and then\r\n" * 5000)


async def continues_without_end(talk: Talk) -> None:
    """Send 100 for ever."""
    await talk.flood(b"HTTP/1.1 100 Continue\r\n\r\n" * 500)


async def status_without_end(talk: Talk) -> None:
    """Send a status line for ever."""
    await talk.flood(b"HTTP/1.1 200 " + b"O" * 50_000)


async def echoes(talk: Talk) -> None:
    """Send back a request."""
    await talk.send(f"GET {talk.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())


async def two_answers(talk: Talk) -> None:
    """Send another page behind the one asked for, on a connection that stays open."""
    first = page("two-answers").replace(b"Connection: close\r\n", b"", 1)
    await talk.send(first + page("two-answers-smuggled"))
    await talk.hold()


def with_headers(name: str, headers: bytes) -> bytes:
    """Return the page called *name* with more headers."""
    head, _, body = page(name).partition(b"\r\n\r\n")
    return head + b"\r\n" + headers + b"\r\n\r\n" + body


_one = partial(shown, kind="port", asked=1 + TRIES)  # the robots.txt, which is healthy, counts too
NAMED, WHOLE = "is named, and asked for twice at most", "is saved whole"
SILENCES = (
    _one("closes", "closes without an answer", NAMED, closes, LOST),
    _one("resets", "resets without an answer", NAMED, resets, LOST),
    _one("silent", "never answers", NAMED, silent, SLOW),
    _one("resets-in-headers", "resets in the headers", NAMED, resets_in_headers, LOST),
    _one("resets-in-body", "resets in the body", "is refused", resets_in_body, LOST),
    _one("silent-after-headers", "sends no body", NAMED, silent_after_headers, SLOW),
    _one("stops-in-body", "stops in the body", "is refused", stops_in_body, SLOW),
    _one("drips-body", "sends a byte of the body a second", NAMED, drips_body, SLOW),
    _one("drips-headers", "sends a byte of the headers a second", NAMED, drips_headers, SLOW),
)
NOISE = (
    _one("speaks-ssh", "speaks SSH", NAMED, b"SSH-2.0-OpenSSH_9.6\r\n", LOST),
    _one("speaks-smtp", "speaks SMTP", NAMED, b"220 mail.example ESMTP\r\n", LOST),
    _one("speaks-tls", "answers with an alert of TLS", NAMED,
         b"\x15\x03\x03\x00\x02\x02\x46", LOST),
    _one("speaks-noise", "sends noise", NAMED, bytes(range(256)) * 200, (*LOST, *HEADERS)),
    _one("speaks-http-0.9", "sends a page without headers", NAMED,
         article("speaks-http-0.9").encode(), LOST),
    _one("speaks-icy", "speaks ICY", NAMED, page("speaks-icy").replace(b"HTTP/1.1", b"ICY", 1),
         LOST),
    _one("status-is-no-number", "answers abc", NAMED,
         page("status-is-no-number").replace(b"200", b"abc", 1), LOST),
    _one("status-is-negative", "answers -200", NAMED,
         page("status-is-negative").replace(b"200", b"-200", 1), (*LOST, "HTTP -200")),
    _one("version-is-odd", "speaks HTTP/9.9", "is saved whole or named",
         page("version-is-odd").replace(b"HTTP/1.1", b"HTTP/9.9", 1), (SAVED, *LOST)),
    _one("echoes", "sends the request back", NAMED, echoes, LOST),
    _one("two-answers", "sends a second answer unasked", "is refused, or saved without the second",
         two_answers, (SAVED, *CUT)),
    _one("two-lengths", "gives two lengths", NAMED,
         with_headers("two-lengths", b"Content-Length: 7"), LOST),
    _one("length-negative", "gives a negative length", NAMED, reply(b"<p>x", length="-5"), LOST),
    _one("length-is-no-number", "gives a length of abc", NAMED, reply(b"<p>x", length="abc"), LOST),
    _one("chunk-is-no-number", "gives a chunk the size xyz", NAMED,
         reply(b"xyz\r\nabc\r\n", "Transfer-Encoding: chunked", length=""), LOST),
    _one("chunk-is-huge", "gives a chunk a size of 40 digits", NAMED,
         reply(b"f" * 40 + b"\r\nabc\r\n", "Transfer-Encoding: chunked", length=""), LOST),
    _one("encoding-is-unknown", "names a transfer encoding that is none", NAMED,
         reply(b"abc", "Transfer-Encoding: smuggled", length=""), LOST),
)  # fmt: skip
BOMBS = (
    _one("headers-10000", "sends 10,000 headers", "is refused by name",
         with_headers("headers-10000", b"\r\n".join(b"X-%d: y" % n for n in range(10_000))),
         HEADERS, asked=2),
    _one("header-of-1-mb", "sends a header of 1 MB", "is refused by name",
         with_headers("header-of-1-mb", b"X-Large: " + b"y" * 1024 * 1024), HEADERS, asked=2),
    _one("headers-endless", "sends headers without an end", "is refused by name",
         headers_without_end, HEADERS, asked=2),
    _one("header-endless", "sends a header without an end", "is refused by name",
         line_without_end, HEADERS, asked=2),
    _one("folds-endless", "sends a header in lines without an end", "is refused by name",
         folds_without_end, HEADERS, asked=2),
    _one("continues-endless", "sends 100 without an end", "is refused by name",
         continues_without_end, HEADERS, asked=2),
    _one("status-endless", "sends a status line without an end", "is refused by name",
         status_without_end, HEADERS, asked=2),
    _one("header-of-20-kb", "sends a header of 20 kB, as some policies are", WHOLE,
         with_headers("header-of-20-kb", b"Content-Security-Policy: " + b"y" * 20_000), (SAVED,)),
    _one("cookies-300", "sets 300 cookies", WHOLE,
         with_headers("cookies-300", b"\r\n".join(b"Set-Cookie: a%d=b" % n for n in range(300))),
         (SAVED,)),
    _one("header-without-colon", "sends a header without a colon", WHOLE,
         with_headers("header-without-colon", b"X-Broken"), (SAVED,)),
    _one("header-without-name", "sends a header without a name", "is saved whole or named",
         with_headers("header-without-name", b": x"), (SAVED, *LOST)),
    _one("header-with-nul", "sends NUL and escapes in a header", WHOLE,
         with_headers("header-with-nul", b"X-Odd: a\x00b\x1b[2J\xff"), (SAVED,)),
    _one("header-folded", "folds a header", WHOLE,
         with_headers("header-folded", b"X-Old: a\r\n  b\r\n\tc"), (SAVED,)),
    _one("bare-line-feeds", "ends lines with LF alone", WHOLE,
         page("bare-line-feeds").replace(b"\r\n", b"\n"), (SAVED,)),
)  # fmt: skip


CONNECTIONS = (*SILENCES, *NOISE, *BOMBS)
