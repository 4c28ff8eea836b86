"""A site whose every page ends in another way, for crawls that are killed and begun again.

Beside plain articles there are some on several pages, pages without an article, pages that are
gone, texts under two addresses, addresses that lead to another, and pages that robots.txt forbids.
A second and a third edition have other texts at some addresses; the sitemaps of the third say of
every page that it changed.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.crawl_site import sentence

FIRST_DAY = dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC)
SITEMAPS = 3
FEED = 20  # items, the newest
PARTS = 6  # paragraphs of a page
WALL = "<!doctype html><html lang='en'><head><title>Your privacy</title></head><body></body></html>"
NEXT = 1_000_000  # added to a story's number for its second page, and twice that for its edition

Role = Callable[["Site", int], None]


class Site:
    """Writes the pages, one file an address; ``PATH.moved`` holds where an address leads to."""

    def __init__(
        self,
        folder: Path,
        url: str,
        pages: int,
        *,
        edition: int = 1,
        changed: dt.datetime | None = None,
    ) -> None:
        """Take the *folder* that is served at *url*.

        The sitemaps say that all pages *changed* then; None: when they were published.
        """
        self.folder = folder
        self.url = url
        self.pages = pages
        self.edition = edition
        self.changed = changed

    def write(self) -> None:
        """Write all pages, the listings and robots.txt."""
        for number in range(self.pages):
            role_of(number)(self, number)
        self._listings()

    def plain(self, number: int) -> None:
        """Write an article."""
        self._put(path_of(number), page(number, self._texts(number)))

    def long(self, number: int) -> None:
        """Write an article on two pages."""
        path = path_of(number)
        following = f"{path}?page=2"
        self._put(path, page(number, self._texts(number), following=f"/{following}"))
        self._put(following, page(number, texts(number + NEXT)))

    def wall(self, number: int) -> None:
        """Write a page without an article."""
        self._put(path_of(number), WALL)

    def gone(self, number: int) -> None:
        """Write nothing: the listings name a page that is no more."""

    def again(self, number: int) -> None:
        """Write the text of another article."""
        self._put(path_of(number), page(number, self._texts(self._other(number))))

    def moved(self, number: int) -> None:
        """Lead to another article."""
        self._put(f"{path_of(number)}.moved", f"{self.url}/{path_of(self._other(number))}")

    def _other(self, number: int) -> int:
        # far away, so that the newer one is done before the other is asked for
        start = number + self.pages // 2
        others = (other % self.pages for other in range(start, start + self.pages))
        return next(other for other in others if role_of(other) is Site.plain)

    def _texts(self, number: int) -> Sequence[str]:
        editions = [each for each in range(2, self.edition + 1) if number % 5 == each - 2]
        return texts(number + 2 * NEXT if editions else number)

    def _put(self, path: str, content: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.write_text(content, encoding="utf-8")  # else its marks stay, too

    def _listings(self) -> None:
        numbers = range(self.pages)
        names = [f"sitemap-{part}.xml" for part in range(SITEMAPS)]
        for part, name in enumerate(names):
            self._put(name, self._sitemap(numbers[part::SITEMAPS]))
        children = "".join(f"<sitemap><loc>{self.url}/{name}</loc></sitemap>" for name in names)
        self._put("sitemap.xml", f"<sitemapindex>{children}</sitemapindex>")
        self._put("feed.xml", self._feed(numbers[-FEED:]))
        self._put("index.html", "<!doctype html><html><body><a href='/'>Home</a></body></html>")
        rules = f"User-agent: *\nDisallow: /closed/\nSitemap: {self.url}/sitemap.xml\n"
        self._put("robots.txt", rules)

    def _sitemap(self, numbers: Sequence[int]) -> str:
        urls = "".join(
            f"<url><loc>{self.url}/{path_of(number)}</loc>"
            f"<lastmod>{(self.changed or time_of(number)).isoformat()}</lastmod></url>"
            for number in numbers
        )
        return f"<urlset>{urls}<url><loc>{self.url}/closed/story.html</loc></url></urlset>"

    def _feed(self, numbers: Sequence[int]) -> str:
        items = "".join(
            f"<item><link>{self.url}/{path_of(number)}</link>"
            f"<pubDate>{time_of(number):%d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for number in numbers
        )
        return f"<rss version='2.0'><channel>{items}</channel></rss>"


ROLES: tuple[Role, ...] = (
    *(Site.plain, Site.long, Site.plain, Site.wall, Site.plain, Site.plain),
    *(Site.again, Site.plain, Site.gone, Site.plain, Site.moved, Site.plain),
    *(Site.plain, Site.plain, Site.plain, Site.plain, Site.plain, Site.plain),
)
"""What the pages are, in turn."""


def role_of(number: int) -> Role:
    """Return what a page is."""
    return ROLES[number % len(ROLES)]


def path_of(number: int) -> str:
    """Return the path of a page."""
    return f"2025/story-{number}.html"


def time_of(number: int) -> dt.datetime:
    """Return when an article was published: a higher number is newer."""
    return FIRST_DAY + dt.timedelta(hours=9 * number)


def texts(number: int) -> list[str]:
    """Return the paragraphs of a story."""
    return [sentence(number, part) for part in range(PARTS)]


def page(number: int, paragraphs: Sequence[str], *, following: str = "") -> str:
    """Return a page of an article that goes on at the path *following*, where there is one."""
    title = f"The day of story {number}"
    link = f"<link rel='next' href='{following}'>" if following else ""
    pager = f"<p class='pager'><a href='{following}'>2</a></p>" if following else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{link}"
        f"<meta property='og:type' content='article'>"
        f"<meta property='article:published_time' content='{time_of(number).isoformat()}'>"
        f"</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{text}{pager}</article></body></html>"
    )
