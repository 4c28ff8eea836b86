"""The trail from the home page to an article, which JSON-LD states: ``BreadcrumbList``."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from cleaners.page import Page
from cleaners.sitename import SiteName
from cleaners.structured import string, strings
from cleaners.text import key, one_line

HOME = re.compile(
    r"home ?(?:page)?|start(?:seite)?|accueil|inicio|portada|início|hjem|forside|hem|strona główna"
    r"|główna|úvod|domů|kezdőlap|etusivu|beranda|trang chủ|ana ?sayfa|главная|начало|ホーム"
    r"|トップ(?:ページ)?|首页|首頁|홈|হোম|होम|الرئيسية|ראשי",
    re.IGNORECASE,
)
FRONT = re.compile(r"/?|/index\.\w{3,5}")  # of a home page; also of a step without an address


def trail_to(page: Page) -> Iterator[str]:
    """Yield what lies between the home page and the article on the trail that JSON-LD states."""
    trails = [node for node in page.linked if "BreadcrumbList" in strings(node.get("@type"))]
    if not trails:
        return
    site, own = SiteName(page), last_step(url_path(page.url))
    heads = {key(text) for text in page.headings[:1]}
    for node in trails:
        for name, address in steps_of(node.get("itemListElement")):
            is_home = HOME.fullmatch(name) is not None or site.knows(name)
            path = url_path(address)
            is_home = is_home or FRONT.fullmatch(path) is not None
            if name and not is_home and last_step(path) != own and key(name) not in heads:
                yield name


def steps_of(items: object) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of a trail's steps; empty for a missing one."""
    for step in items if isinstance(items, list) else ():
        if isinstance(step, dict):
            item = step.get("item")
            inner = item if isinstance(item, dict) else {}
            name = string(step.get("name")) or string(inner.get("name"))
            address = item if isinstance(item, str) else inner.get("@id") or inner.get("url")
            yield one_line(name), string(address)


def url_path(address: str) -> str:
    """Return the path of an address; empty for none, or one that cannot be read."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def last_step(path: str) -> str:
    """Return the last part of a path, which names the article."""
    return path.rstrip("/").rpartition("/")[2]
