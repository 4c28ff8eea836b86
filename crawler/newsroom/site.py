"""A publisher's web site: what it answers to each path."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qs, urlsplit

from crawler.newsroom.listings import atom_feed, robots_txt, rss_feed, sitemap_files
from crawler.newsroom.pages import article_page, front_page, section_path
from crawler.newsroom.publisher import Publisher, Trap
from crawler.newsroom.story import Story

HTML = "text/html; charset=utf-8"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>'

Route = Callable[[dt.datetime, int], bytes | None]
"""Makes a body from the time of the visit and the number of the page; None: no such page."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire."""

    status: int
    content_type: str
    body: bytes


@dataclass(slots=True)
class NewsSite:
    """A publisher under an address; `requested` grows with every request."""

    publisher: Publisher
    base: str
    """Scheme, host and port, without a final slash."""

    requested: list[str] = field(default_factory=list)
    """Paths in the order they were asked for."""

    routes: Mapping[str, Route] = field(init=False)

    def __post_init__(self) -> None:
        self.routes = self.list_routes()

    @property
    def listings(self) -> Mapping[str, str]:
        """Arguments that name the publisher's listings to the spider, as addresses."""
        return {
            name: " ".join(self.base + path for path in paths.split())
            for name, paths in self.publisher.named.items()
        }

    def reply(self, target: str, visit: dt.datetime) -> Reply:
        """Return the answer to *target*, a path that may have a query, asked for at *visit*."""
        self.requested.append(target)
        parts = urlsplit(target)
        if parts.path.startswith("/img/"):
            return Reply(200, "image/svg+xml", PICTURE)
        number = int(parse_qs(parts.query).get("page", ["1"])[0])
        answer = self.routes.get(parts.path)
        body = answer(visit, number) if answer else None
        if body is None:
            return Reply(404, HTML, b"<!doctype html><title>Page not found</title>")
        return Reply(200, content_type(parts.path), body)

    def list_routes(self) -> dict[str, Route]:
        """Return what is served, by path."""
        publisher = self.publisher
        fronts = {section_path(one): partial(self.front, one) for one in publisher.sections}
        return {
            "/": partial(self.front, publisher.name),
            **fronts,
            **{path: partial(fixed, body) for path, body in self.files().items()},
            **{publisher.path(one): partial(self.article, one) for one in publisher.stories},
            **{one.path: partial(self.trap, one) for one in publisher.traps if not one.is_front},
        }

    def files(self) -> dict[str, bytes]:
        """Return robots.txt, the feed or the sitemaps."""
        publisher, base = self.publisher, self.base
        robots = {"/robots.txt": robots_txt(publisher, base)}
        if publisher.listing == "sitemap":
            return robots | sitemap_files(publisher, base)
        if publisher.listing == "rss":
            return robots | {"/feed/": rss_feed(publisher, base)}
        return robots | {"/atom.xml": atom_feed(publisher, base)}

    def front(self, title: str, visit: dt.datetime, number: int) -> bytes | None:
        """Return page *number* of a front; None after the last."""
        pages = front_page(self.publisher, title, self.base, visit)
        return pages[number - 1].encode() if 1 <= number <= len(pages) else None

    def article(self, story: Story, visit: dt.datetime, _number: int) -> bytes:
        """Return the page of *story*."""
        return article_page(self.publisher, story, self.base, visit).encode()

    def trap(self, trap: Trap, visit: dt.datetime, number: int) -> bytes:
        """Return the page behind *trap*: its own, or that of the story it leads to."""
        if not trap.story:
            return trap.body
        named = {story.slug: story for story in self.publisher.stories}
        return self.article(named[trap.story], visit, number)


def fixed(body: bytes, _visit: dt.datetime, _number: int) -> bytes:
    """Return *body*, whenever it is asked for."""
    return body


def content_type(path: str) -> str:
    """Return the type that a server would state for *path*; pages have no ending."""
    if path.endswith(".gz"):
        return "application/gzip"
    if path == "/feed/" or path.endswith(".xml"):
        return "application/xml; charset=utf-8"
    return "text/plain; charset=utf-8" if path.endswith(".txt") else HTML
