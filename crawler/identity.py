"""What makes two pages one article: the address, never the date or the title."""

from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from cleaners.article import Article
from crawler.addresses import DEFAULT_PORTS
from crawler.tracking import without_tracking


def identity(article: Article) -> str:
    """Return the address under which an article is filed: its canonical one, if believable.

    A canonical address that is a front page is a fault of the template: it would make one
    article of all.
    """
    return identity_of(article.url, article.canonical_url)


def identity_of(url: str, canonical_url: str) -> str:
    """Return the identity of the article at *url*; *canonical_url* is empty where it names none."""
    own = normal(url)
    named = normal(urljoin(url, canonical_url)) if canonical_url else own
    return own if _is_front(named) else named


@lru_cache(1_000)  # every step of storing a page asks for the same few
def normal(url: str) -> str:
    """Return *url* in the one spelling that identities are compared in.

    Scheme ``https``, host in lower case, no default port, no fragment, no tracking parameters;
    an address that is none of the web's stays as it is.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return url
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    return urlunsplit(("https", host, parts.path or "/", without_tracking(parts.query), ""))


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
