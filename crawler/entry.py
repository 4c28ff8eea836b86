"""What the index says of one article."""

from crawler.draft import Draft
from crawler.index import Value
from crawler.state import Stored
from crawler.textfile import dates, iso, version


def entry(draft: Draft) -> dict[str, Value]:
    """Return all fields of an article but its text, ready for JSON, always the same keys.

    ``sha256`` and ``words`` are those of the text without its header and last line end;
    ``fingerprint`` is hexadecimal.
    """
    article, fetch, stored = draft.article, draft.fetch, draft.stored
    return {
        "path": stored.path,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "source": article.source,
        "title": article.title,
        "lead": article.lead,
        "authors": list(article.authors),
        **dates(article),
        "section": article.section,
        "tags": list(article.tags),
        "language": article.language,
        "access": article.access,
        "captions": list(article.captions),
        "pages": article.pages,
        "incomplete": article.incomplete,
        "next_page": article.next_page,
        "layout_changed": article.layout_changed,
        "guarded": article.guarded,
        "fetched": iso(fetch.fetched),
        "sha256": stored.digest,
        "words": stored.words,
        "versions": stored.versions,
        "fingerprint": f"{stored.fingerprint:016x}",
        "identity": stored.canonical,
        "crawl": fetch.source,
        "link": fetch.link.url,
        "owner": stored.url,
        "addresses": list(draft.visited),
        "dateline": version(),
    }


def restored(line: dict[str, Value]) -> tuple[str, Stored, tuple[str, ...]]:
    """Return the link, the article and its addresses that `entry` once wrote down."""
    addresses = line["addresses"]
    article = Stored(
        id=0,
        source=str(line["crawl"]),
        canonical=str(line["identity"]),
        url=str(line["owner"]),
        path=str(line["path"]),
        digest=str(line["sha256"]),
        fingerprint=int(str(line["fingerprint"]), 16),
        words=int(str(line["words"])),
        versions=int(str(line["versions"])),
    )
    return str(line["link"]), article, tuple(addresses if isinstance(addresses, list) else ())
