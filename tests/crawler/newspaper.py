"""Articles and listings of an invented newspaper, for the loopback server."""

import gzip

from tests.crawler.site_server import XML, SiteServer

TOPICS = ("bridge", "harbour", "orchard", "library", "tramway", "lighthouse")


def article(topic: str, day: str = "") -> str:
    """Return the page of an article; without a *day* it bears no date."""
    stamp = (
        f'<meta property="article:published_time" content="{day}T09:00:00+01:00">' if day else ""
    )
    paragraphs = "".join(
        f"<p>Part {number}: people near the {topic} told our reporter how the {topic} has changed "
        f"in year {1900 + number * 7}, and what the council of the {topic} plans for it now.</p>"
        for number in range(1, 7)
    )
    return (
        f"<!doctype html><html lang='en'><head><title>News of the {topic}</title>{stamp}"
        f"<meta property='og:type' content='article'></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>News of the {topic}</h1>{paragraphs}</article></body></html>"
    )


def day(number: int) -> str:
    """Return a day of November 2025."""
    return f"2025-11-{number:02}"


def path(number: int) -> str:
    """Return the path of the article of a day."""
    return f"/2025/11/{number:02}/news-of-the-{TOPICS[number - 1]}"


def publish(site: SiteServer, numbers: range) -> None:
    """Serve the articles of these days of November 2025, and a feed that names them."""
    for number in numbers:
        site.serve(path(number), article(TOPICS[number - 1], day(number)))
    items = "".join(
        f"<item><title>News of the {TOPICS[number - 1]}</title><link>{{site}}{path(number)}</link>"
        f"<pubDate>{number:02} Nov 2025 09:00:00 +0100</pubDate></item>"
        for number in numbers
    )
    site.serve("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>", XML)


def publish_sitemaps(site: SiteServer, numbers: range) -> None:
    """Serve a gzipped index in robots.txt with one gzipped sitemap an article."""
    children = ""
    for number in numbers:
        child = f"/sitemap-{number}.xml.gz"
        children += (
            f"<sitemap><loc>{site.url}{child}</loc><lastmod>{day(number)}</lastmod></sitemap>"
        )
        page = f"<url><loc>{site.url}{path(number)}</loc></url>"
        site.serve(child, gzip.compress(f"<urlset>{page}</urlset>".encode()), "application/gzip")
        site.serve(path(number), article(TOPICS[number - 1], day(number)))
    index = f"<sitemapindex>{children}</sitemapindex>"
    site.serve("/index.xml.gz", gzip.compress(index.encode()), "application/gzip")
    site.serve("/robots.txt", "User-agent: *\nSitemap: {site}/index.xml.gz\n", "text/plain")
