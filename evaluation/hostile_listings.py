"""Behaviours of feeds and sitemaps: bombs, entities, circles, and links that lead inside."""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass

from evaluation.hostile_behaviour import LISTED, Behaviour, Kind, Talk, reply, shown
from evaluation.hostile_redirects import leads_to

XML = "application/xml"
LOST = ("no listing",)
EITHER = (LISTED, *LOST, "its end is cut off")
FIND, EITHER_WAY = "its articles are saved", "its articles are saved, or it is lost by name"
SECRET = "sesame-7041"  # noqa: S105  # what no file and no log may hold
MANY = 1_000_000

Body = Callable[[Talk, str, str], str | bytes]
"""Makes a body of the talk and of the two healthy entries that the listing has."""

ENTITIES = "<!DOCTYPE x [{}]>"
LAUGHS = ENTITIES.format(
    "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 11))
)
QUADRATIC = ENTITIES.format(f"<!ENTITY q '{'ha' * 50_000}'>")
EXTERNAL = ENTITIES.format("<!ENTITY x SYSTEM 'file:///etc/passwd'>")
NETWORK = ENTITIES.format("<!ENTITY x SYSTEM 'http://127.0.0.1:{inside}/secret'>")
PARAMETER = ENTITIES.format("<!ENTITY % p SYSTEM 'http://127.0.0.1:{inside}/secret'> %p;")
OUTSIDE = "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:{inside}/secret.dtd'>"


def item(address: str, title: str = "News") -> str:
    """Return an entry of a feed."""
    return f"<item><title>{title}</title><link>{address}</link></item>"


def url(address: str, title: str = "") -> str:
    """Return an entry of a sitemap."""
    return f"<url><loc>{address}</loc>{title}</url>"


def rss(items: str, *, doctype: str = "", head: str = "") -> str:
    """Return a feed."""
    return (
        f"<?xml version='1.0' encoding='utf-8'?>{doctype}<rss version='2.0'><channel>{head}"
        f"<title>News</title>{items}</channel></rss>"
    )


def urlset(urls: str, *, doctype: str = "") -> str:
    """Return a sitemap."""
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    return f"<?xml version='1.0' encoding='utf-8'?>{doctype}<urlset {space}>{urls}</urlset>"


def listed(talk: Talk, name: str) -> tuple[str, str]:
    """Return the addresses of the two healthy articles of a listing."""
    base = f"http://127.0.0.1:{talk.ports['main']}/listed"
    return f"{base}/{name}-first-report-today", f"{base}/{name}-second-report-today"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a listing comes with."""

    kind: str = XML
    headers: tuple[str, ...] = ()


def _listing(name: str, does: str, body: Body, ends: tuple[str, ...] = (LISTED,),
             sent: Sent = Sent()) -> Behaviour:  # fmt: skip  # it is frozen
    async def answer(talk: Talk) -> None:
        entry = item if kind == "feed" else url
        first, second = (entry(address) for address in listed(talk, name))
        made = await asyncio.to_thread(body, talk, first, second)
        data = made.encode() if isinstance(made, str) else made
        await talk.send(reply(data, *sent.headers, kind=sent.kind))

    kind: Kind = "feed" if name.startswith("feed-") else "sitemap"
    must = FIND if ends == (LISTED,) else EITHER_WAY
    return shown(name, does, must, answer, ends, kind=kind)


def inside(talk: Talk, entry: Callable[[str], str]) -> str:
    """Return entries that lead inside."""
    port = talk.ports["inside"]
    addresses = (f"http://127.0.0.1:{port}/2025/11/03/a-secret-report-of-today",
                 f"http://0x7f.1:{port}/2025/11/03/a-secret-report-of-today",
                 "http://rebound.hostile.example/2025/11/03/a-secret-report-of-today",
                 "file:///etc/passwd", "javascript:alert(1)", "http://[::1", "http:///", "",
                 f"http://user:{SECRET}@127.0.0.1:{port}/a-secret-report-of-today")  # fmt: skip
    return "".join(entry(address) for address in addresses)


def filled(doctype: str, talk: Talk) -> str:
    """Return *doctype* with the port of what is inside."""
    return doctype.replace("{inside}", str(talk.ports["inside"]))


FEEDS = (
    _listing("feed-laughs", "has entities that grow to 20 GB",
          lambda _, a, b: rss(a + item("/x", "&a10;") + b, doctype=LAUGHS), EITHER),
    _listing("feed-quadratic", "names an entity of 100 kB a thousand times",
          lambda _, a, b: rss(a + item("/x", "&q;" * 1000) + b, doctype=QUADRATIC), EITHER),
    _listing("feed-file-entity", "has an entity that is a file",
          lambda _, a, b: rss(a + item("/x", "&x;") + b, doctype=EXTERNAL), EITHER),
    _listing("feed-network-entity", "has an entity that is on the network",
          lambda t, a, b: rss(a + item("/x", "&x;") + b, doctype=filled(NETWORK, t)), EITHER),
    _listing("feed-parameter-entity", "has a parameter entity on the network",
          lambda t, a, b: rss(a + b, doctype=filled(PARAMETER, t)), EITHER),
    _listing("feed-outside-dtd", "has a definition on the network",
          lambda t, a, b: rss(a + b, doctype=filled(OUTSIDE, t)), EITHER),
    _listing("feed-million", "has 1,000,000 items",
          lambda _, a, b: rss(a + b + "<item><link>/x</link></item>" * MANY), ("too large",)),
    _listing("feed-200000", "has 200,000 items",
          lambda _, a, b: rss(a + b + "<item><link>/x</link></item>" * 200_000), EITHER),
    _listing("feed-deep", "is 100,000 elements deep",
          lambda _, a, b: rss(a + b + "<a>" * 100_000 + "</a>" * 100_000), EITHER),
    _listing("feed-attributes", "has an element of 100,000 attributes",
          lambda _, a, b: rss(a + b + "<a " + " ".join(f"b{n}='c'" for n in range(100_000))
                              + "/>"), EITHER),
    _listing("feed-inside", "links to what is inside",
             lambda t, a, b: rss(a + inside(t, item) + b)),
    _listing("feed-utf16", "is UTF-16", lambda _, a, b: rss(a + b).replace("utf-8", "utf-16")
          .encode("utf-16")),
    _listing("feed-rot13", "names the codec rot13",
             lambda _, a, b: rss(a + b).replace("utf-8", "rot13"),
          EITHER),
    _listing("feed-rot13-header", "names the codec rot13 in its header", lambda _, a, b: rss(a + b),
          sent=Sent("application/xml; charset=rot13")),
    _listing("feed-cut", "is cut in the middle",
             lambda _, a, b: rss(a + b + item("/x"))[:-60], EITHER),
    _listing("feed-html", "is a page", lambda _, a, b: f"<html><body>{a}{b}</body></html>", EITHER),
    _listing("feed-json", "is JSON", lambda _, a, b: '{"items": []}', LOST),
    _listing("feed-pdf", "is a PDF", lambda _, a, b: b"%PDF-1.7 \x00\x01", LOST),
    _listing("feed-empty", "is empty", lambda _, a, b: b"", LOST),
    _listing("feed-nul", "has NUL and controls",
             lambda _, a, b: rss(a + "\x00\x1b[2J" + b), EITHER),
    _listing("feed-dates", "has dates that are none", lambda _, a, b: rss(
        a.replace("</item>", "<pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate></item>")
        + b.replace("</item>", "<pubDate>" + "9" * 5000 + "</pubDate></item>"))),
    _listing("feed-titles", "has titles that would write into the log", lambda _, a, b: rss(
        a.replace("News", "x&#10;2026-01-01 00:00:00 CRITICAL: forged by the server&#10;") + b)),
    _listing("feed-base", "has a base that is inside", lambda t, a, b: rss(a + b).replace(
        "<channel>", f"<channel xml:base='http://127.0.0.1:{t.ports['inside']}/'>")),
    _listing("feed-style", "has a style sheet inside", lambda t, a, b: rss(a + b).replace(
        "<rss", f"<?xml-stylesheet href='http://127.0.0.1:{t.ports['inside']}/s'?><rss", 1)),
    _listing("feed-bomb", "is a bomb of gzip", lambda _, a, b: gzip.compress(b"<rss>" * 30_000_000),
          ("too large",), Sent(XML, ("Content-Encoding: gzip",))),
    _listing("feed-called-html", "is called a page",
             lambda _, a, b: rss(a + b), sent=Sent("text/html")),
    _listing("feed-same-link", "names one link 5,000 times", lambda _, a, b: rss(a + b + a * 5000)),
    Behaviour(name="feed-moved-inside", kind="feed", does="redirects to what is inside",
              must="asks nothing inside", ends=("internal address",),
              answer=leads_to("http://127.0.0.1:{inside}/feed")),
)  # fmt: skip


def sitemaps(*addresses: str) -> str:
    """Return an index of sitemaps."""
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex>{entries}</sitemapindex>"


def index_of(name: str, *more: str) -> Callable[[Talk, str, str], str]:
    """Return a body that is an index at its own address and, with a question, a sitemap."""

    def body(talk: Talk, first: str, second: str) -> str:
        base = f"http://127.0.0.1:{talk.ports['main']}/sitemap/sitemap-{name}"
        if "pages" in talk.path:
            return urlset(first + second)
        return sitemaps(f"{base}?pages", base, *(one.format(base=base) for one in more))

    return body


SITEMAPS = (
    _listing("sitemap-laughs", "has entities that grow to 20 GB",
             lambda _, a, b: urlset(a + url("/x&a10;") + b, doctype=LAUGHS), EITHER),
    _listing("sitemap-quadratic", "names an entity of 100 kB a thousand times",
             lambda _, a, b: urlset(a + url("/x" + "&q;" * 1000) + b, doctype=QUADRATIC), EITHER),
    _listing("sitemap-file-entity", "has an entity that is a file",
             lambda _, a, b: urlset(a + url("/x/&x;") + b, doctype=EXTERNAL), EITHER),
    _listing("sitemap-network-entity", "has an entity that is on the network",
             lambda t, a, b: urlset(a + url("/x/&x;") + b, doctype=filled(NETWORK, t)), EITHER),
    _listing("sitemap-outside-dtd", "has a definition on the network",
             lambda t, a, b: urlset(a + b, doctype=filled(OUTSIDE, t)), EITHER),
    _listing("sitemap-million", "has 1,000,000 addresses",
             lambda _, a, b: urlset(a + b + "<url><loc>/x</loc></url>" * MANY), EITHER),
    _listing("sitemap-bomb", "is a gzip file of 150 MB",
             lambda _, a, b: gzip.compress(urlset(a + b).encode()[:-9] + b" " * 150_000_000),
             (LISTED, *LOST), sent=Sent("application/gzip")),
    _listing("sitemap-gzip-cut", "is half a gzip file", lambda _, a, b: gzip.compress(
        urlset(a + b + "".join(url(f"/x/{n * 7919}") for n in range(5000))).encode())[:-400],
        EITHER, sent=Sent("application/gzip")),
    _listing("sitemap-itself", "is an index that names itself", index_of("itself")),
    _listing("sitemap-circle", "is an index in a circle",
             index_of("circle", "{base}?a", "{base}?b")),
    _listing("sitemap-inside", "links to what is inside",
             lambda t, a, b: urlset(a + inside(t, url) + b)),
    _listing("sitemap-index-inside", "is an index that leads inside", index_of(
        "index-inside", "http://rebound.hostile.example/s", "http://127.0.0.1:9/s",
        "file:///etc/passwd")),
    _listing("sitemap-html", "is a page",
             lambda _, a, b: f"<html><body>{a}{b}</body></html>", LOST),
    _listing("sitemap-json", "is JSON", lambda _, a, b: '{"urls": []}', LOST),
    _listing("sitemap-empty", "is empty", lambda _, a, b: b"", LOST),
    _listing("sitemap-cut", "is cut in the middle", lambda _, a, b: urlset(a + b + url("/x"))[:-25],
             EITHER),
    _listing("sitemap-rot13", "names the codec rot13",
             lambda _, a, b: urlset(a + b).replace("utf-8", "rot13"), EITHER),
    _listing("sitemap-utf16", "is UTF-16",
             lambda _, a, b: urlset(a + b).replace("utf-8", "utf-16").encode("utf-16")),
    _listing("sitemap-deep", "is 100,000 elements deep",
             lambda _, a, b: urlset(a + b + "<a>" * 100_000 + "</a>" * 100_000), EITHER),
    _listing("sitemap-dates", "has dates that are none", lambda _, a, b: urlset(
        a.replace("</url>", "<lastmod>99999-99-99T99:99</lastmod></url>")
        + b.replace("</url>", "<lastmod>" + "9" * 5000 + "</lastmod></url>"))),
    _listing("sitemap-called-html", "is called a page",
             lambda _, a, b: urlset(a + b), sent=Sent("text/html")),
    Behaviour(name="sitemap-moved-inside", kind="sitemap", does="redirects to what is inside",
              must="asks nothing inside", ends=("internal address",),
              answer=leads_to("http://127.0.0.1:{inside}/sitemap")),
)  # fmt: skip

LISTINGS = (*FEEDS, *SITEMAPS)
