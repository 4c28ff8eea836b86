"""Which known article a page is, if any."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from crawler.draft import Draft
from crawler.duplicates import is_near, is_similar
from crawler.state import Stored

Relation = Literal["new", "version", "unchanged", "moved", "duplicate"]
"""To write at a place of its own; to write over an older text; as it is on disk; another address
of a known article; another article's text."""


class Known(Protocol):
    """What is known of a source: its state, or what that has looked up for some pages."""

    def article(self, source: str, canonical: str, /) -> Stored | None:
        """Return the article with this identity; None where there is none."""
        ...

    def articles_at(self, source: str, urls: Collection[str], /) -> Sequence[Stored]:
        """Return the articles that one of *urls* leads to, the oldest first."""
        ...

    def alike(self, source: str, fingerprint: int, /) -> Sequence[Stored]:
        """Return those that may differ from *fingerprint* in three bits at most, and others."""
        ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a page is to the articles that are known."""

    relation: Relation
    stored: Stored
    """What to write, for a new article or a version; else the known article."""


def recognise(state: Known, draft: Draft) -> Recognition:
    """Compare a page with what is known of its source: by address, then by text."""
    known = same_article(state, draft)
    if known is not None:
        return compare(known, draft)
    new = draft.stored
    for other in state.alike(new.source, new.fingerprint):
        if is_near(other, new.fingerprint, new.words):
            return Recognition("duplicate", other)
    if state.article(new.source, new.canonical) is not None:
        new = dataclasses.replace(new, canonical=draft.own)  # another page's: it cannot be both
    return Recognition("new", new)


def same_article(state: Known, draft: Draft) -> Stored | None:
    """Return the article that a page is by its addresses; None for an unknown one.

    A canonical address alone proves nothing where the texts differ: page two of an article
    often names page one, and some templates name one address on every page. Nor does a
    redirect, for a removed article may lead to any other.
    """
    new = draft.stored
    for canonical in dict.fromkeys((new.canonical, draft.own)):
        known = state.article(new.source, canonical)
        if known is not None and (_is_own(known, draft) or _is_edition(known, draft)):
            return known
    at_address = state.articles_at(new.source, draft.visited)
    return next((known for known in at_address if _is_edition(known, draft)), None)


def compare(known: Stored, draft: Draft) -> Recognition:
    """Tell what is new in a page of a *known* article."""
    new = draft.stored
    over = dataclasses.replace(
        known, digest=new.digest, fingerprint=new.fingerprint, words=new.words
    )
    if not known.digest:
        return Recognition("new", dataclasses.replace(over, url=new.url))
    if known.digest == new.digest:
        return Recognition("unchanged" if known.url == new.url else "moved", known)
    if known.url in draft.visited:
        return Recognition("version", over)
    if known.canonical == draft.own and not is_near(known, new.fingerprint, new.words):
        return Recognition("version", dataclasses.replace(over, url=new.url))
    return Recognition("moved", known)  # a mobile page must not make a version each time


def _is_own(known: Stored, draft: Draft) -> bool:
    return known.url in draft.visited or known.canonical == draft.own


def _is_edition(known: Stored, draft: Draft) -> bool:
    # also where a crash came before the file was written: another page may name its address
    return is_similar(known, draft.stored.fingerprint, draft.stored.words)
