"""Behaviours of whole sites that are traps: calendars, session ids, lists without an end."""

import random
from functools import partial
from urllib.parse import urlsplit

from evaluation.hostile_behaviour import Talk, article, page, reply, shown
from evaluation.hostile_listings import item, rss

GONE = reply(b"not here", status="404 Not Found", kind="text/plain")
FEW = {"LISTING_LIMIT": "60"}
STEPS = 3  # requests of `news` before the first page: robots.txt, twice, and the home page
USUAL = 12  # feeds and sitemaps in the usual places
AROUND = STEPS + USUAL


def links(*paths: str) -> bytes:
    """Return a page of links."""
    anchors = "".join(f"<li><a href='{path}'>News of {n}</a></li>" for n, path in enumerate(paths))
    return reply(f"<html><body><ul>{anchors}</ul></body></html>".encode())


def report(name: str, number: int) -> str:
    """Return the path of a healthy article of a site."""
    return f"/2025/11/{number:02}/report-{number}-of-the-{name}"


def news(talk: Talk, name: str, count: int) -> bytes:
    """Return a feed of healthy articles."""
    base = f"http://127.0.0.1:{talk.port}"
    return reply(
        rss("".join(item(base + report(name, n)) for n in range(1, count + 1))).encode(),
        kind="application/xml",
    )


def healthy(path: str) -> bytes:
    """Return the article at *path*, whatever stands behind a question mark."""
    return page(path.partition("?")[0].rpartition("/")[2])


async def calendar(talk: Talk) -> None:
    """Link from each month to the next, and to each of its days."""
    path = urlsplit(talk.path).path
    if path == "/":
        months = (f"/events/{year}-{month:02}" for year in range(1970, 2200) for month in (1, 7))
        days = (f"/2025/{month:02}/{day:02}/events-of-this-very-day"
                for month in range(1, 13) for day in range(1, 29))  # fmt: skip
        await talk.send(
            links(*(report("calendar", n) for n in (1, 2, 3)), "/events", *months, *days)
        )
    elif path.startswith("/events"):
        await talk.send(
            links(*(f"/2026/{talk.turn:02}/{d:02}/events-of-day" for d in range(1, 29)))
        )
    elif "report" in path:
        await talk.send(healthy(path))
    else:
        await talk.send(links("/2027/01/01/events-of-the-next-day"))


async def sessions(talk: Talk) -> None:
    """Give every link a number of its own."""
    if talk.path in {"/robots.txt", "/favicon.ico"} or "feed" in talk.path:
        await talk.send(GONE)
    elif "report" in talk.path:
        await talk.send(healthy(talk.path))
    else:
        rng = random.Random(talk.path)  # noqa: S311  # no secret
        paths = [f"{report('sessions', n % 3 + 1)}?PHPSESSID={rng.getrandbits(128):032x}"
                 for n in range(30)]  # fmt: skip
        await talk.send(links(*paths))


async def many_links(talk: Talk) -> None:
    """Link to 50,000 articles that are not there, behind three that are."""
    if "report" in talk.path:
        await talk.send(healthy(talk.path))
    elif talk.path == "/":
        wrong = (f"/2024/01/01/nothing-to-see-here-{n}" for n in range(50_000))
        await talk.send(links(*(report("links", n) for n in (1, 2, 3)), *wrong))
    else:
        await talk.send(GONE)


async def many_sections(talk: Talk) -> None:
    """Link to sections without an end, each with the same articles."""
    if "report" in talk.path:
        await talk.send(healthy(talk.path))
    elif talk.path == "/":
        names = (f"/{a}{b}c" for a in "abcdefghij" for b in "klmnopqrst")
        await talk.send(links(*names))
    elif talk.path.count("/") == 1 and len(talk.path) == 4:  # noqa: PLR2004  # as above
        await talk.send(links(*(report("sections", n) for n in (1, 2, 3))))
    else:
        await talk.send(GONE)


async def many_feeds(talk: Talk) -> None:
    """Announce 1,000 feeds in the head of the home page."""
    if talk.path == "/":
        head = "".join(f"<link rel=alternate type=application/rss+xml href=/feed/{n}>"
                       for n in range(1000))  # fmt: skip
        await talk.send(reply(f"<html><head>{head}</head><body>x</body></html>".encode()))
    elif talk.path.startswith("/feed/"):
        await talk.send(news(talk, "feeds", 3))
    elif "report" in talk.path:
        await talk.send(healthy(talk.path))
    else:
        await talk.send(GONE)


async def many_sitemaps(talk: Talk) -> None:
    """Name 10,000 sitemaps in the robots.txt."""
    base = f"http://127.0.0.1:{talk.port}"
    if talk.path == "/robots.txt":
        lines = "".join(f"Sitemap: {base}/sitemap-{n}.xml\n" for n in range(10_000))
        await talk.send(reply(lines.encode(), kind="text/plain"))
    elif talk.path.startswith("/sitemap-"):
        urls = "".join(f"<url><loc>{base}{report('maps', n)}</loc></url>" for n in (1, 2, 3))
        await talk.send(reply(f"<urlset>{urls}</urlset>".encode(), kind="application/xml"))
    elif "report" in talk.path:
        await talk.send(healthy(talk.path))
    else:
        await talk.send(GONE)


async def next_pages(talk: Talk) -> None:
    """Name a next page on each page of an article, with new text on each."""
    path, _, number = talk.path.partition("?page=")
    if path == "/feed":
        await talk.send(news(talk, "pages", 1))
    elif "report" in path:
        count = int(number or 1)
        rel = f"<link rel='next' href='{path}?page={count + 1}'>"
        name = f"{path.rpartition('/')[2]}-{count}"
        await talk.send(reply(article(name, title="Report 1 of the pages", head=rel).encode()))
    else:
        await talk.send(GONE)


async def deeper(talk: Talk) -> None:
    """Link with relative addresses that grow deeper on every page."""
    if "report" in talk.path:
        await talk.send(healthy(talk.path))
    else:
        await talk.send(
            links("news/", "news/news/news/news/news/", *(report("deep", n) for n in (1, 2, 3)))
        )


_site = partial(shown, kind="site", ends=(), saves=3)
TRAPS = (
    _site("site-calendar", "has a calendar without an end", "ends, with its articles", calendar,
          asked=AROUND + 20 + 21 * 60, settings=FEW),
    _site("site-sessions", "gives each link a session id", "asks for each article once", sessions,
          asked=AROUND + 3),
    _site("site-many-links", "links to 50,000 pages", "asks for no more than LISTING_LIMIT",
          many_links, asked=AROUND + 60, settings=FEW),
    _site("site-many-sections", "has 100 sections", "asks for no more than SECTION_LIMIT",
          many_sections, asked=AROUND + 20 + 3),
    _site("site-many-feeds", "announces 1,000 feeds", "asks for few", many_feeds,
          asked=AROUND + 40),
    _site("site-many-sitemaps", "names 10,000 sitemaps", "asks for no more than SITEMAP_LIMIT",
          many_sitemaps, asked=AROUND + 50 + 3),
    _site("site-next-pages", "names a next page without an end", "ends, with an article",
          next_pages, saves=1, asked=AROUND + 21),
    _site("site-deeper", "links ever deeper", "ends, with its articles", deeper,
          asked=AROUND + 20 + 9),
)  # fmt: skip
