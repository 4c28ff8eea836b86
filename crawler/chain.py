"""The pages of one article, as they come."""

from dataclasses import dataclass, replace
from typing import Self

from cleaners import Article, join_pages, take_whole
from cleaners.paging import MAX_PAGES
from crawler.fetch import Fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What has come of an article on several pages, and what is to be asked for next."""

    first: Fetch
    """The page that a listing named."""

    article: Article
    """Made of all pages so far."""

    parts: tuple[Article, ...]
    """The articles of the single pages, in order."""

    further: tuple[Fetch, ...] = ()
    """The pages behind the first, in the order they came."""

    asked: frozenset[str] = frozenset()
    """Addresses that were asked for or led to: none is asked for twice."""

    @classmethod
    def of(cls, first: Fetch, article: Article) -> Self:
        """Return the chain that begins with *first*, whose outcome is *article*."""
        asked = frozenset({first.url, first.requested_url})
        return cls(first=first, article=article, parts=(article,), asked=asked)

    @property
    def next_address(self) -> str:
        """The address to ask for next; empty where the article is whole, or cannot become so.

        The page with all pages at once comes first. Where it cannot be had, the pages come one
        by one.
        """
        whole, following = self.parts[0].whole_page, self.article.next_page
        if whole and following and whole not in self.asked:
            return whole
        is_open = len(self.parts) < MAX_PAGES and following not in self.asked
        return following if is_open else ""

    def without(self, address: str) -> Self:
        """Return the chain after *address* did not come."""
        return replace(self, asked=self.asked | {address})

    def add(self, fetch: Fetch) -> Self:
        """Return the chain with one more page: all of the article, its next page, or neither."""
        asked = self.asked | {fetch.url, fetch.requested_url}
        chain = replace(self, further=(*self.further, fetch), asked=asked)
        if not isinstance(fetch.outcome, Article):
            return chain
        if fetch.requested_url == self.parts[0].whole_page:
            whole = take_whole(self.parts[0], fetch.outcome)
            return chain if whole is None else replace(chain, article=whole)
        parts = (*self.parts, fetch.outcome)
        return replace(chain, article=join_pages(parts), parts=parts)

    def fetch(self) -> Fetch:
        """Return the first page with the article made of all, and the other pages behind it.

        A page that leads back to one that came before it is the last.
        """
        following = self.article.next_page
        leads_back = following in self.asked and self.came(following)
        article = replace(self.article, next_page="") if leads_back else self.article
        return replace(self.first, outcome=article, further=self.further)

    def came(self, address: str) -> bool:
        """Whether the page at *address* came, with an article."""
        pages = (self.first, *self.further)
        return any(
            address in {page.url, page.requested_url} and isinstance(page.outcome, Article)
            for page in pages
        )
