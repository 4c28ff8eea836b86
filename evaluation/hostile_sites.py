"""Behaviours of whole sites: calendars, session ids, endless lists, and hosts that go down."""

import random
from collections.abc import Mapping
from urllib.parse import urlsplit

from evaluation.hostile_behaviour import Behaviour, Script, Talk, article, page, reply
from evaluation.hostile_listings import item, rss

GONE = reply(b"not here", status="404 Not Found", kind="text/plain")
FEW = {"LISTING_LIMIT": "60"}
STEPS = 3  # requests of `news` before the first page: robots.txt, twice, and the home page
USUAL = 12  # feeds and sitemaps in the usual places


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


def dies(name: str, *, count: int, good: int, then: Script) -> Script:
    """Return a script of a site that names *count* articles and after *good* of them is down."""
    served: dict[int, int] = {}

    async def answer(talk: Talk) -> None:
        if talk.path == "/feed":
            base = f"http://127.0.0.1:{talk.port}"
            items = "".join(item(f"{base}/articles/{name}-{n}") for n in range(count))
            await talk.send(reply(rss(items).encode(), kind="application/xml"))
        elif "/articles/" not in talk.path:
            await talk.send(GONE)
        elif served.setdefault(talk.port, 0) < good:
            served[talk.port] += 1
            await talk.send(healthy(talk.path))
        else:
            await then(talk)

    return answer


def answers(status: str, *headers: str) -> Script:
    """Return a script that answers with a status and nothing else."""

    async def answer(talk: Talk) -> None:
        await talk.send(reply(b"", *headers, status=status))

    return answer


async def silent(talk: Talk) -> None:
    """Never answer."""
    await talk.hold()


async def resets(talk: Talk) -> None:
    """Reset."""
    talk.reset()


async def leaves(talk: Talk) -> None:
    """Redirect each article to another domain."""
    if talk.path == "/feed":
        await talk.send(news(talk, "leaving", 3))
    elif report("leaving", 2) in talk.path:
        await talk.send(reply(b"", "Location: http://shop.hostile.example/x", status="301 Moved"))
    elif "report" in talk.path:
        await talk.send(healthy(talk.path))
    else:
        await talk.send(GONE)


def _site(name: str, does: str, must: str, answer: Script, *, saves: int = 3, asked: int,
          ends: tuple[str, ...] = (), settings: Mapping[str, str] | None = None) -> Behaviour:  # fmt: skip
    return Behaviour(name=f"site-{name}", does=does, must=must, kind="site", answer=answer,
                     saves=saves, asked=asked, ends=ends, settings=settings or {})  # fmt: skip


AROUND = STEPS + USUAL
QUEUED = 20  # requests that wait at once, none of which a refusal calls back
FAILURES = 6  # HOST_FAILURES
SITES = (
    _site("calendar", "has a calendar without an end", "ends, with its articles", calendar,
          asked=AROUND + 20 + 21 * 60, settings=FEW),
    _site("sessions", "gives each link a session id", "asks for each article once", sessions,
          asked=AROUND + 3),
    _site("many-links", "links to 50,000 pages", "asks for no more than LISTING_LIMIT",
          many_links, asked=AROUND + 60, settings=FEW),
    _site("many-sections", "has 100 sections", "asks for no more than SECTION_LIMIT",
          many_sections, asked=AROUND + 20 + 3),
    _site("many-feeds", "announces 1,000 feeds", "asks for few", many_feeds, asked=AROUND + 40),
    _site("many-sitemaps", "names 10,000 sitemaps", "asks for no more than SITEMAP_LIMIT",
          many_sitemaps, asked=AROUND + 50 + 3),
    _site("next-pages", "names a next page without an end", "ends, with an article", next_pages,
          saves=1, asked=AROUND + 21),
    _site("deeper", "links ever deeper", "ends, with its articles", deeper, asked=AROUND + 20 + 9),
    _site("silent", "is silent after 3 of 300 articles", "is left alone, its links stay",
          dies("silent", count=300, good=3, then=silent), asked=AROUND + 3 + FAILURES + 8,
          ends=("host down",), settings={"DOWNLOAD_TIMEOUT": "1"}),
    _site("resetting", "resets after 3 of 300 articles", "is left alone, its links stay",
          dies("resetting", count=300, good=3, then=resets), asked=AROUND + 3 + FAILURES + 8,
          ends=("host down",)),
    _site("unavailable", "answers 503 with a huge Retry-After after 3 of 300 articles",
          "is left alone, its links stay",
          dies("unavailable", count=300, good=3,
               then=answers("503 Later", "Retry-After: 999999999")),
          asked=AROUND + 3 + FAILURES + 8, ends=("host down",)),
    _site("refusing", "answers 403 after 3 of 300 articles", "is left alone, its links stay",
          dies("refusing", count=300, good=3, then=answers("403 No")),
          asked=AROUND + 3 + 10 + QUEUED, ends=("blocked",)),
    _site("limiting", "answers 429 after 3 of 300 articles", "is left alone, its links stay",
          dies("limiting", count=300, good=3, then=answers("429 Slow", "Retry-After: -7")),
          asked=AROUND + 3 + 10 + QUEUED, ends=("blocked",)),
    _site("budget", "has more articles than HOST_BUDGET", "is asked so often and no more",
          dies("budget", count=60, good=60, then=silent), saves=20, asked=40,
          ends=("host budget",), settings={"HOST_BUDGET": "40"}),
    _site("leaving", "redirects an article to another domain", "asks nothing there", leaves,
          saves=2, asked=AROUND + 3, ends=("off-site",)),
)  # fmt: skip
