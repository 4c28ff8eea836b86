"""What a publisher announces: robots.txt, RSS, Atom, a sitemap index with gzipped sitemaps."""

import datetime as dt
import gzip
from collections.abc import Sequence
from email.utils import format_datetime
from itertools import groupby
from xml.etree import ElementTree as ET

from crawler.newsroom.pages import summary
from crawler.newsroom.publisher import Publisher, Trap
from crawler.newsroom.story import Story

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
ATOM_SIZE = 6  # entries; the fronts hold the rest
SITEMAP_INDEX = "/sitemap_index.xml"

for prefix, namespace in (("atom", ATOM), ("news", NEWS)):
    ET.register_namespace(prefix, namespace)


def robots_txt(publisher: Publisher, base: str) -> bytes:
    """Return the rules for crawlers, with the address of the sitemap where there is one."""
    line = f"Sitemap: {base}{SITEMAP_INDEX}\n" if publisher.listing == "sitemap" else ""
    return (publisher.robots + line).encode()


def rss_feed(publisher: Publisher, base: str) -> bytes:
    """Return all stories and traps, newest first, with their time and zone."""
    root = ET.Element("rss", version="2.0")
    channel = add(root, "channel")
    add(channel, "title", publisher.name)
    add(channel, "link", base + "/")
    add(channel, "description", f"All stories of {publisher.name}")
    for entry in newest_first(publisher):
        item = add(channel, "item")
        add(item, "title", entry.title)
        add(item, "link", base + path_of(publisher, entry))
        add(item, "guid", base + path_of(publisher, entry), isPermaLink="true")
        add(item, "pubDate", format_datetime(entry.published.astimezone(publisher.zone)))
        if isinstance(entry, Story):
            add(item, "description", summary(entry))
    return document(root)


def atom_feed(publisher: Publisher, base: str) -> bytes:
    """Return the newest stories and every trap."""
    root = ET.Element(f"{{{ATOM}}}feed")
    entries: list[Story | Trap] = [*publisher.stories[:ATOM_SIZE], *publisher.traps]
    add(root, f"{{{ATOM}}}title", publisher.name)
    add(root, f"{{{ATOM}}}id", base + "/")
    add(root, f"{{{ATOM}}}updated", max(entry.published for entry in entries).isoformat())
    for entry in entries:
        address = base + path_of(publisher, entry)
        item = add(root, f"{{{ATOM}}}entry")
        add(item, f"{{{ATOM}}}title", entry.title)
        add(item, f"{{{ATOM}}}id", address)
        add(item, f"{{{ATOM}}}link", rel="alternate", href=address)
        add(item, f"{{{ATOM}}}published", entry.published.isoformat())
        add(item, f"{{{ATOM}}}updated", entry.published.isoformat())
    return document(root)


def sitemap_files(publisher: Publisher, base: str) -> dict[str, bytes]:
    """Return the sitemap index and the sitemaps it names, by path: one a language, gzipped."""
    entries = sorted(newest_first(publisher), key=language_of)
    grouped = groupby(entries, key=language_of)
    sitemaps = {
        f"/sitemap_news_{language}.xml.gz": news_sitemap(publisher, base, list(run), language)
        for language, run in grouped
    }
    index = ET.Element("sitemapindex", xmlns=SITEMAP)
    for path in sitemaps:
        add(add(index, "sitemap"), "loc", base + path)
    return {SITEMAP_INDEX: document(index), **sitemaps}


def news_sitemap(
    publisher: Publisher, base: str, entries: Sequence[Story | Trap], language: str
) -> bytes:
    """Return a gzipped news sitemap; the same bytes for the same stories."""
    root = ET.Element("urlset", xmlns=SITEMAP)
    for entry in entries:
        url = add(root, "url")
        add(url, "loc", base + path_of(publisher, entry))
        news = add(url, f"{{{NEWS}}}news")
        publication = add(news, f"{{{NEWS}}}publication")
        add(publication, f"{{{NEWS}}}name", publisher.name)
        add(publication, f"{{{NEWS}}}language", language)
        stamp = entry.published.astimezone(dt.UTC)
        add(news, f"{{{NEWS}}}publication_date", f"{stamp:%Y-%m-%dT%H:%M:%SZ}")
        add(news, f"{{{NEWS}}}title", entry.title)
    return gzip.compress(document(root), mtime=0)


def newest_first(publisher: Publisher) -> list[Story | Trap]:
    """Return the stories and traps by their time."""
    entries: list[Story | Trap] = [*publisher.stories, *publisher.traps]
    return sorted(entries, key=lambda entry: entry.published, reverse=True)


def path_of(publisher: Publisher, entry: Story | Trap) -> str:
    """Return the address of *entry*."""
    return entry.path if isinstance(entry, Trap) else publisher.path(entry)


def language_of(entry: Story | Trap) -> str:
    """Return the language of *entry*; traps are English."""
    return entry.language if isinstance(entry, Story) else "en"


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element to *parent*."""
    element = ET.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def document(root: ET.Element) -> bytes:
    """Return *root* as an indented document in UTF-8."""
    ET.indent(root)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole
