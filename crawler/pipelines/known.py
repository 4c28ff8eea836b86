"""What pages are to the articles that are known: ended at once, or given a place to write to."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.draft import Draft
from crawler.fetch import Fetch
from crawler.paths import article_path
from crawler.pipelines.pages import refusal
from crawler.pipelines.rounds import Page, fetch_of
from crawler.recognition import Recognition, Relation, recognise
from crawler.state import Ending, Finish, Neighbours
from crawler.storage import Storage

ENDINGS: dict[Relation, Ending] = {
    "unchanged": "written",
    "moved": "moved",
    "duplicate": "duplicate",
}


@dataclass(slots=True)
class Settled:
    """What is known of the pages of a round, once the state knows it too."""

    to_write: list[Draft]
    """With their places."""

    ended: list[tuple[Page, Recognition | None]]
    """Pages that bring nothing to write; None: no article."""

    waiting: list[Page]
    """Pages of articles that another page of the round is about to change."""


def settle(storage: Storage, source: str, pages: Sequence[Page]) -> Settled:
    """Remember the pages of a round, of one source, in one transaction.

    Where an article lies is remembered before its file is written; one that has a file is open.
    A crawl that dies in between asks for the page again.
    """
    state = storage.state
    with state.together():
        settled, versions = _sorted(storage, source, pages)
        ends = [(fetch_of(page).link.url, _end(page, found)) for page, found in settled.ended]
        waiting = {id(page) for page in settled.waiting}
        done = [page for page in pages if id(page) not in waiting]
        state.archive(source, [one for page in done for one in fetch_of(page).archived])
        state.finish_all(source, ends)
        state.reopen(source, [made.fetch.link.url for made in versions])
        settled.to_write = [*versions, *_placed(storage, settled.to_write)]
    return settled


def _sorted(storage: Storage, source: str, pages: Sequence[Page]) -> tuple[Settled, list[Draft]]:
    """Return the pages by what is to be done, and apart from them articles that have a file."""
    settled, versions = Settled([], [], []), list[Draft]()
    known = neighbours_of(storage, source, [page for page in pages if isinstance(page, Draft)])
    changing: set[int] = set()
    for page in pages:
        if isinstance(page, Fetch):
            settled.ended.append((page, None))
            continue
        found = recognise(known, page)
        if found.stored.id in changing:
            settled.waiting.append(page)
        elif not _is_to_write(storage, found):
            settled.ended.append((page, found))
        elif found.stored.path:
            changing.add(found.stored.id)
            versions.append(dataclasses.replace(page, stored=found.stored))
        else:
            settled.to_write.append(dataclasses.replace(page, stored=found.stored))
    return settled, versions


def neighbours_of(storage: Storage, source: str, drafts: Sequence[Draft]) -> Neighbours:
    """Look up all that `recognise` may ask about *drafts*."""
    if not drafts:
        return Neighbours()
    canonicals = {name for made in drafts for name in (made.stored.canonical, made.own)}
    urls = {url for made in drafts for url in made.visited}
    marks = {made.stored.fingerprint for made in drafts}
    return storage.state.neighbours(source, canonicals, urls, marks)


def _is_to_write(storage: Storage, found: Recognition) -> bool:
    if found.relation in {"new", "version"}:
        return True
    is_here = (storage.root / found.stored.path).exists()
    return found.relation == "unchanged" and not is_here


def _placed(storage: Storage, drafts: Sequence[Draft]) -> list[Draft]:
    new = [
        dataclasses.replace(
            made.stored,
            path=str(article_path(made.article, made.stored.canonical, made.fetch.fetched)),
            digest="",  # a crash before the file is written must not leave a known text
        )
        for made in drafts
    ]
    return [
        dataclasses.replace(made, stored=dataclasses.replace(one, digest=made.stored.digest))
        for made, one in zip(drafts, storage.state.place_all(new), strict=True)
    ]


def _end(page: Page, found: Recognition | None) -> Finish:
    if isinstance(page, Fetch) or found is None:
        return refusal(fetch_of(page))
    return Finish(
        ending=ENDINGS[found.relation],
        article=found.stored,
        aliases=page.visited,
        fetched=page.fetch.fetched,
        published=page.article.published,
        validators=page.fetch.validators,
        is_same=True,
    )
