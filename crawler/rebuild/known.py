"""What is known of a site before its archive is cleaned again: state, index and files."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from sqlalchemy import Connection

from crawler.index import Value
from crawler.state import State, Stored
from crawler.state.rebuilding import (
    LinkEnd,
    aliases_of,
    articles_of,
    fetch_times,
    fetched_links,
    links_of,
)

Entry = dict[str, Value]

NOT_ARCHIVED = "not in the archive"
NOT_ASKED = "fetched before"
"""Why an article stays as it is: no page to make it of; fetched before the days asked for."""


class IndexLines:
    """The lines of the index about the articles of a site, found again by their place."""

    def __init__(self, root: Path, source: str, articles: Iterable[Stored]) -> None:
        """Look for *articles* in the index files beside them."""
        self._root = root
        self._source = source
        self._places: dict[tuple[str, str], list[tuple[PurePosixPath, int]]] = {}
        for stored in articles:
            self._places |= {("path", stored.path): [], ("owner", stored.url): []}
        folders = {index_of(path) for name, path in self._places if name == "path"}
        for index in sorted(folders):
            if (root / index).exists():
                self._read(index)

    def entries(self, stored: Stored) -> list[Entry]:
        """Return what was written of an article, the newest last.

        By its owner, where its path is in no line: a rebuild that moved it was killed.
        """
        places = self._places[("path", stored.path)] or self._places[("owner", stored.url)]
        found: list[Entry] = []
        for index, place in places:
            with (self._root / index).open("rb") as file:
                file.seek(place)
                found.append(json.loads(file.readline()))
        return found

    def _read(self, index: PurePosixPath) -> None:
        place = 0
        with (self._root / index).open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    entry = json.loads(line)
                    if entry["crawl"] == self._source:
                        for name in ("path", "owner"):
                            places = self._places.get((name, entry[name]))
                            if places is not None:
                                places.append((index, place))
                place += len(line)


def index_of(path: str) -> PurePosixPath:
    """Return the index that has the text file at *path*, both below ``DATA_DIR``."""
    return PurePosixPath(*PurePosixPath(path).parts[:2], "index.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A site as it is."""

    root: Path
    articles: dict[int, Stored]
    links: dict[str, LinkEnd]
    """How the links with a page in the archive ended."""

    wanted: frozenset[str]
    """Links whose pages are cleaned again."""

    index: IndexLines
    left: dict[int, str]
    """Articles that stay as they are from the start, and why."""

    aliases: dict[str, int]
    """Addresses, with the ids of the articles that they lead to."""

    by_canonical: dict[str, int]
    by_url: dict[str, int]

    @classmethod
    def of(cls, state: State, root: Path, source: str, since: dt.date | None) -> Self:
        """Ask the state and the index; *since* leaves out what was fetched on earlier days only."""
        with state.transaction() as connection:
            articles = articles_of(connection, source)
            links = links_of(connection, source)
            wanted = fetched_links(connection, source, since)
        ids = {links[url].article for url in wanted if url in links} - {None}
        wanted |= {url for url, end in links.items() if end.article in ids}
        index = IndexLines(root, source, articles.values())
        left: dict[int, str] = {}
        with state.transaction() as connection:
            for number, stored in articles.items():
                entries = index.entries(stored) if stored.versions else []
                why = _why_left(connection, stored, wanted, links, entries)
                if why:
                    left[number] = why
            aliases = aliases_of(connection, source)
        return cls(
            root=root,
            articles=articles,
            links=links,
            wanted=wanted,
            index=index,
            left=left,
            aliases=aliases,
            by_canonical={stored.canonical: number for number, stored in articles.items()},
            by_url={stored.url: number for number, stored in articles.items()},
        )

    def match(self, canonical: str, url: str) -> int | None:
        """Return the id of the article with an identity, else of the one with an owner."""
        return self.by_canonical.get(canonical, self.by_url.get(url))


def _why_left(
    connection: Connection,
    stored: Stored,
    wanted: frozenset[str],
    links: Mapping[str, LinkEnd],
    entries: Iterable[Entry],
) -> str:
    """Return why an article stays as it is; nothing where it is cleaned again.

    *entries* are what was written of one that has older texts: each of these must have its page
    in the archive, or it could not be written again.
    """
    if stored.url not in links:
        return NOT_ARCHIVED
    if stored.url not in wanted:
        return NOT_ASKED
    for entry in entries:
        times = fetch_times(connection, stored.source, str(entry["link"]))
        if entry["fetched"] not in times or entry["link"] not in wanted:
            return NOT_ARCHIVED
    return ""
