"""Behaviours of a robots.txt, each with an article beside it."""

import gzip
from functools import partial

from evaluation.hostile_behaviour import SAVED, Behaviour, Talk, article, reply, sends, shown
from evaluation.hostile_lengths import chunk
from evaluation.hostile_redirects import leads_to

TEXT = "text/plain"
CLOSED = ("robots.txt",)
LOST = ("connection", "cut short")
ASKS, NEVER = "the article is saved", "nothing else is asked for"


def rules(body: bytes, *headers: str, status: str = "200 OK", kind: str = TEXT) -> bytes:
    """Return a robots.txt."""
    return reply(body, *headers, status=status, kind=kind)


async def large(talk: Talk) -> None:
    """Send 10 MB of rules that say nothing of this."""
    await talk.send(rules(b"User-agent: *\nDisallow: /private\n" + b"# and then\n" * 950_000))


async def endless(talk: Talk) -> None:
    """Send rules without an end."""
    await talk.send(reply(b"User-agent: *\nDisallow: /private\n", kind=TEXT, length=""))
    await talk.flood(b"Disallow: /private/and/then\n" * 1000)


async def endless_closed(talk: Talk) -> None:
    """Forbid everything, and then never end."""
    await talk.send(reply(b"User-agent: *\nDisallow: /\n", kind=TEXT, length=""))
    await talk.flood(b"Disallow: /private/and/then\n" * 1000)


async def drips(talk: Talk) -> None:
    """Send rules, a byte a second."""
    await talk.drip(rules(b"User-agent: *\nDisallow:\n"))


async def silent(talk: Talk) -> None:
    """Never answer."""
    await talk.hold()


async def resets(talk: Talk) -> None:
    """Reset."""
    talk.reset()


async def cut(talk: Talk) -> None:
    """Close in the middle of a chunk."""
    head = reply(b"", "Transfer-Encoding: chunked", kind=TEXT, length="")
    await talk.send(head + chunk(b"User-agent: *\nDisallow: /article/\n")[:-9])


async def circle(talk: Talk) -> None:
    """Redirect to itself."""
    await talk.send(reply(b"", f"Location: {talk.path}?1", status="302 Found"))


_one = partial(shown, kind="robots")


def _delays(value: str) -> Behaviour:
    body = f"User-agent: *\nDisallow:\nCrawl-delay: {value}\n".encode()
    return _one(f"robots-delay-{value[:9]}", f"asks for a delay of {value[:20]}",
                "the article is saved in time", rules(body))  # fmt: skip


FORBIDS = b"User-agent: *\nDisallow: /\n"
OPENS = b"User-agent: *\nDisallow:\n"
STARS = b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"b\nDisallow: /" + b"*" * 5000 + b"x\n"
MANY = b"User-agent: *\n" + b"".join(b"Disallow: /private/%d\n" % n for n in range(100_000))

ROBOTS = (
    *(_one(f"robots-{status}", f"answers {status}", NEVER,
           rules(OPENS, status=f"{status} Oops"), (f"robots.txt HTTP {status}",))
      for status in (500, 502, 503, 429)),
    *(_one(f"robots-{status}", f"answers {status}, with rules that forbid everything", ASKS,
           rules(FORBIDS, status=f"{status} No")) for status in (400, 401, 403, 404, 410, 451)),
    _one("robots-999", "answers 999", NEVER, rules(OPENS, status="999 Denied"),
         ("robots.txt HTTP 999",)),
    _one("robots-html", "sends a page for a robots.txt", ASKS,
         reply(article("robots-page").encode())),
    _one("robots-forbids", "forbids everything", NEVER, rules(FORBIDS), CLOSED, asked=1),
    _one("robots-marked", "forbids everything behind a byte order mark", NEVER,
         rules(b"\xef\xbb\xbf" + FORBIDS), CLOSED, asked=1),
    _one("robots-old-line-ends", "forbids everything with line ends of CR", NEVER,
         rules(FORBIDS.replace(b"\n", b"\r")), CLOSED, asked=1),
    _one("robots-gzip", "forbids everything, packed", NEVER,
         rules(gzip.compress(FORBIDS), "Content-Encoding: gzip"), CLOSED, asked=1),
    _one("robots-empty", "sends nothing", ASKS, rules(b"")),
    _one("robots-noise", "sends noise", ASKS, rules(bytes(range(256)) * 99)),
    _one("robots-10-mb", "sends 10 MB", ASKS, large),
    _one("robots-endless", "never ends", ASKS, endless),
    _one("robots-endless-closed", "forbids everything and never ends", NEVER, endless_closed,
         CLOSED, asked=1),
    _one("robots-bomb", "sends a bomb", NEVER,
         rules(gzip.compress(b"Disallow: /x\n" * 10_000_000), "Content-Encoding: gzip"),
         ("too large",)),
    _one("robots-drips", "sends a byte a second", NEVER, drips, ("timeout",)),
    _one("robots-silent", "never answers", NEVER, silent, ("timeout",)),
    _one("robots-resets", "resets", NEVER, resets, LOST),
    _one("robots-cut", "closes in the middle", NEVER, cut, LOST),
    _one("robots-circle", "redirects for ever", NEVER, circle, ("redirects",)),
    _one("robots-inside", "redirects to what is inside", NEVER,
         leads_to("http://127.0.0.1:{inside}/robots.txt"), ("internal address",)),
    _one("robots-inside-name", "redirects to a name of what is inside", NEVER,
         leads_to("http://rebound.hostile.example/robots.txt"), ("internal address",)),
    _one("robots-elsewhere", "redirects to the rules of another host", ASKS,
         leads_to("http://127.0.0.1:{main}/robots.txt")),
    _one("robots-file", "redirects to a file", ASKS, leads_to("file:///etc/passwd"),
         (SAVED, "robots.txt HTTP 302")),
    _one("robots-stars", "forbids patterns of many stars", ASKS, rules(STARS)),
    _one("robots-100000", "has 100,000 rules", ASKS, rules(MANY)),
    _one("robots-line", "has a line of 1 MB", ASKS,
         rules(b"User-agent: *\nDisallow: /private" + b"x" * 1024 * 1024 + b"\n")),
    _one("robots-headers", "has headers without an end", NEVER,
         sends(b"HTTP/1.1 200 OK\r\n" + b"X-More: y\r\n" * 50_000), ("headers",)),
    *map(_delays, ("86400", "1e400", "nan", "inf", "-5", "soon", "9" * 400)),
)  # fmt: skip
