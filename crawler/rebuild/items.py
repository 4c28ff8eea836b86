"""From single pages of the archive to what a crawl took at a time: an article and its pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleaners import Article
from crawler.chain import Chain
from crawler.fetch import Fetch
from crawler.hints import with_hints
from crawler.rebuild.pages import Lost, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The pages of one article, or one page without any; at least one."""

    link: str
    pages: tuple[Page | Lost, ...]

    @property
    def lost(self) -> list[Lost]:
        """The pages that cannot be read or cleaned."""
        return [page for page in self.pages if isinstance(page, Lost)]


def items_of(pages: Iterable[Page | Lost]) -> Iterator[Item]:
    """Put the pages of an article together; a crawl archived them one after the other."""
    group: list[Page | Lost] = []
    for page in pages:
        if group and (page.row.link != group[0].row.link or page.is_first):
            yield Item(link=group[0].row.link, pages=tuple(group))
            group = []
        group.append(page)
    if group:
        yield Item(link=group[0].row.link, pages=tuple(group))


def joined(item: Item) -> Fetch:
    """Return the first page with the article made of all, as the crawl would by today's rules.

    A further page that is not in the archive did not come.

    Raises:
        ValueError: one of the pages is lost.
    """
    fetches = [page.fetch for page in item.pages if isinstance(page, Page)]
    if len(fetches) < len(item.pages):
        raise ValueError(f"pages are lost: {item.link}")
    first, left = fetches[0], fetches[1:]
    if not isinstance(first.outcome, Article):
        return first
    chain = Chain.of(first, with_hints(first.outcome, first.link))
    while address := chain.next_address:
        page = next((one for one in left if one.requested_url == address), None)
        if page is None:
            chain = chain.without(address)
        else:
            left.remove(page)
            chain = chain.add(page)
    return chain.fetch()
