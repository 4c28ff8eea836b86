"""Make a golden of a page: where it goes, and the drafts of its text and metadata."""

import re
from pathlib import Path

from scrapy.exceptions import UsageError

from cleaners import clean
from cleaners.page import open_page
from cleaners.registry import platform_of, site_for
from crawler.cleaning.folders import bare
from crawler.cleaning.pages import RawPage, decode_by_header
from crawler.files import write_whole
from crawler.formats import fields, render_txt
from crawler.goldens import GENERIC, Golden, dump, golden_folders
from crawler.paths import slug as words_of


def place(fixtures: Path, page: RawPage, *, site: str = "", slug: str = "") -> Golden:
    """Return the golden that *page* becomes.

    Its folder is *site*, else the page's site, its platform, or ``generic``; its name is *slug*,
    else the file's, else the last words of the address.

    Raises:
        CleaningError: the page cannot be parsed.
        UsageError: a name is none for a fixture.
    """
    folder = site or folder_of(page)
    if folder not in golden_folders():
        raise UsageError(f"no site or platform {folder}; one of {', '.join(golden_folders())}")
    own = "" if "://" in page.name else bare(Path(page.name).name)
    name = slug or own or words_of("", page.url)
    if not is_slug(name):
        raise UsageError(f"{name!r} is no name for a fixture; give one with --slug")
    return Golden(fixtures / folder / f"{name}.html")


def folder_of(page: RawPage) -> str:
    """Return the name of the page's site, else of its platform, else ``generic``.

    Raises:
        CleaningError: the page cannot be parsed.
    """
    rules = site_for(page.url) or platform_of(open_page(decode_by_header(page), page.url))
    return rules.name if rules else GENERIC


def is_slug(name: str) -> bool:
    """Whether *name* is lower-case words joined by hyphens, as fixtures are called."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is not None


def record(golden: Golden, page: RawPage) -> None:
    """Write *page* as *golden*, with drafts of its text and metadata.

    Raises:
        CleaningError: the page gives no article; nothing is written.
        FileExistsError: one of the files is there, other than the very page.
    """
    body = in_readable_encoding(page)
    standing = [path for path in (golden.text_file, golden.json_file) if path.exists()]
    if golden.page.exists() and golden.body != body:
        standing.append(golden.page)
    if standing:
        raise FileExistsError(f"already there: {', '.join(map(str, standing))}")
    article = clean(body, page.url)
    write_whole(golden.page, body)
    write_whole(golden.text_file, render_txt(article).encode())
    expected = {**fields(article), "url": page.url, "without": []}
    write_whole(golden.json_file, dump(expected).encode())


def in_readable_encoding(page: RawPage) -> bytes:
    """Return the bytes as served; in UTF-8 with a mark where only the header told the encoding."""
    markup = decode_by_header(page)
    return markup.encode("utf-8-sig") if isinstance(markup, str) else markup
