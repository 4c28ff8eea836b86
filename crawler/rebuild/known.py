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
    """The lines of the index about some text files, found again by their place."""

    def __init__(self, root: Path, paths: Iterable[str]) -> None:
        """Look for *paths* in the index files beside them."""
        self._root = root
        self._places: dict[str, list[int]] = {path: [] for path in paths}
        for file in sorted({index_of(path) for path in self._places}):
            if (root / file).exists():
                self._read(root / file)

    def entries(self, path: str) -> list[Entry]:
        """Return what was written of a text file, the newest last."""
        places = self._places.get(path, [])
        if not places:
            return []
        with (self._root / index_of(path)).open("rb") as file:
            found: list[Entry] = []
            for place in places:
                file.seek(place)
                found.append(json.loads(file.readline()))
        return found

    def _read(self, path: Path) -> None:
        place = 0
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    places = self._places.get(str(json.loads(line)["path"]))
                    if places is not None:
                        places.append(place)
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

    aliases: dict[int, list[str]]
    """Addresses of the articles that stay as they are."""

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
            index = IndexLines(root, (stored.path for stored in articles.values()))
            left: dict[int, str] = {}
            for number, stored in articles.items():
                why = _why_left(connection, stored, wanted, links, index)
                if why:
                    left[number] = why
            aliases = aliases_of(connection, source, left)
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
    index: IndexLines,
) -> str:
    """Return why an article stays as it is; nothing where it is cleaned again."""
    if stored.url not in links:
        return NOT_ARCHIVED
    if stored.url not in wanted:
        return NOT_ASKED
    if not stored.versions:
        return ""
    # an older text whose page is not in the archive could not be written again
    for entry in index.entries(stored.path):
        times = fetch_times(connection, stored.source, str(entry["link"]))
        if entry["fetched"] not in times or entry["link"] not in wanted:
            return NOT_ARCHIVED
    return "" if index.entries(stored.path) else NOT_ARCHIVED
