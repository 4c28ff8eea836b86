"""What happens to every page: it is kept as it came, the refused ones too.

Rules get better, pages disappear.
"""

import dataclasses
from collections.abc import Iterator, Sequence

from crawler.archive import Archive
from crawler.fetch import Fetch
from crawler.pipelines.rounds import Page, fetch_of
from crawler.state import Archived, ArchivedFetch, Finish


def keep(archive: Archive, pages: Sequence[Page]) -> list[Page]:
    """Return *pages* once they are in the archive, with their places there."""
    places = iter(archive.write(one for page in pages for one in _parts(page)))
    return [_with_places(page, places) for page in pages]


def _parts(page: Page) -> tuple[Fetch, ...]:
    fetch = fetch_of(page)
    return (fetch, *fetch.further)


def _with_places(page: Page, places: Iterator[Archived]) -> Page:
    found = tuple(
        ArchivedFetch(
            link=part.link.url,
            url=part.url,
            fetched=part.fetched,
            status=part.status,
            place=next(places),
        )
        for part in _parts(page)
    )
    fetch = dataclasses.replace(fetch_of(page), archived=found)
    return fetch if isinstance(page, Fetch) else dataclasses.replace(page, fetch=fetch)


def refusal(fetch: Fetch) -> Finish:
    """Return the end of the link of a page that is no article."""
    reason = f"{type(fetch.outcome).__name__}: {fetch.outcome}"
    return Finish(ending="refused", reason=reason, fetched=fetch.fetched)
