"""What the state knows about a group of pages, looked up at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.state.rows import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Answers about the pages of one source that it was made for, as the state would itself.

    A question costs the database as much as ten answers do.
    """

    by_canonical: Mapping[str, Stored] = field(default_factory=dict)
    by_alias: Sequence[tuple[str, Stored]] = ()
    """Address and article, the oldest article first."""

    near: Sequence[Stored] = ()
    """Articles whose text may be nearly that of one of the pages, the oldest first."""

    def article(self, _source: str, canonical: str) -> Stored | None:
        """Return the article with this identity; None where there is none."""
        return self.by_canonical.get(canonical)

    def articles_at(self, _source: str, urls: Collection[str]) -> list[Stored]:
        """Return the articles that one of *urls* leads to, the oldest first."""
        return list(dict.fromkeys(article for url, article in self.by_alias if url in urls))

    def alike(self, _source: str, _fingerprint: int) -> Sequence[Stored]:
        """Return the articles whose text may be nearly that of a page, the oldest first."""
        return self.near
