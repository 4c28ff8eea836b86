"""An article on its way to a file."""

import hashlib
from dataclasses import dataclass

from cleaners.article import Article
from cleaners.fingerprint import mark
from crawler.fetch import Fetch
from crawler.identity import identity, normal
from crawler.state import Stored
from crawler.textfile import body


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A fetched article, and what the state is to remember of it."""

    fetch: Fetch
    article: Article
    text: str
    """Of the article, as its file holds it."""

    stored: Stored
    """With the new text's marks; id 0 and no path until its place is remembered."""

    is_version: bool = False
    """Whether an older text was kept beside the file."""

    def __str__(self) -> str:
        return str(self.fetch)

    @property
    def own(self) -> str:
        """The page's own address in the spelling of identities."""
        return normal(self.fetch.url)

    @property
    def visited(self) -> tuple[str, ...]:
        """Every address that led to the page, or to a further one of its article.

        The one it names as canonical is not among them: only a visit shows that it is the same.
        """
        fetch = self.fetch
        further = (url for page in fetch.further for url in (page.requested_url, page.url))
        own = (fetch.link.url, fetch.requested_url, fetch.url, self.own)
        return tuple(dict.fromkeys((*own, *further)))


def draft(fetch: Fetch, article: Article) -> Draft:
    """Take the marks of an article's text."""
    text = body(article.text)
    found = mark(text)
    stored = Stored(
        id=0,
        source=fetch.source,
        canonical=identity(article),
        url=fetch.link.url,
        path="",
        digest=hashlib.sha256(text.encode()).hexdigest(),
        fingerprint=found.fingerprint,
        words=found.words,
    )
    return Draft(fetch=fetch, article=article, text=text, stored=stored)
