"""What crawls left in a ``DATA_DIR``, read for a comparison byte by byte.

The time of a fetch is masked: it is the one field in which two crawls of the same pages differ.
"""

import hashlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawler.archive import read_archived
from crawler.record import RecordError
from crawler.state import Archived
from crawler.textfile import text_of

FETCHED = re.compile(r"^fetched: .*$", re.MULTILINE)
MASK = "fetched: (masked)"
ARTICLES = "SELECT source, canonical, url, path, digest, fingerprint, words, versions FROM articles"
# an address whose text is another's is called moved when it is fetched once more
LINKS = (
    "SELECT links.source, links.url, replace(status, 'moved', 'duplicate'), reason, path FROM links"
    " LEFT JOIN articles ON articles.id = article_id"
)
ALIASES = (
    "SELECT aliases.source, aliases.url, path FROM aliases"
    " JOIN articles ON articles.id = article_id"
)
FETCHES = "SELECT file, offset, length, digest FROM fetches"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All that is stored, with the times of the fetches masked."""

    files: Mapping[str, str]
    """Content of the text files, older texts too, by path."""

    index: Mapping[str, str]
    """The last line about each path, as JSON."""

    state: frozenset[tuple[object, ...]]
    """Rows of the state: articles, links, aliases; without row numbers, times and attempts."""

    torn: tuple[str, ...] = ()
    """What is not whole: a text, a line, a record of the archive, the database."""

    parts: tuple[str, ...] = ()
    """Temporary files that were left."""

    digests: Counter[str] = field(default_factory=Counter)
    """How many text files hold a text, by its digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a corpus lacks or has too much beside another."""

    lost: tuple[str, ...]
    """Texts, lines and rows that are missing."""

    twice: tuple[str, ...]
    """Texts that are there more often, and lines and rows beyond those of the other."""

    torn: tuple[str, ...]
    parts: tuple[str, ...]
    other: tuple[str, ...]
    """Files that differ in their bytes though no text is lost or there twice."""

    def __bool__(self) -> bool:
        return bool(self.lost or self.twice or self.torn or self.parts or self.other)

    def of_texts(self) -> "Difference":
        """Return what concerns the texts alone, and not their lines and rows."""
        return replace(
            self,
            lost=tuple(what for what in self.lost if what.startswith("text ")),
            twice=tuple(what for what in self.twice if what.startswith("text ")),
            other=tuple(what for what in self.other if not what.startswith("line of ")),
        )

    def lines(self, limit: int = 10) -> Iterator[str]:
        """Yield what is wrong, a line each."""
        for name in ("lost", "twice", "torn", "parts", "other"):
            found: tuple[str, ...] = getattr(self, name)
            yield from (f"{name}: {what}" for what in found[:limit])


def read_corpus(root: Path) -> Corpus:
    """Read what lies below *root*."""
    torn: list[str] = []
    files = read_files(root)
    digests = {
        place: hashlib.sha256(text_of(content).encode()).hexdigest()
        for place, content in files.items()
    }
    index = read_index(root, digests, torn)
    return Corpus(
        files=files,
        index=index,
        state=read_state(root, torn),
        torn=tuple(torn),
        parts=tuple(path.relative_to(root).as_posix() for path in root.rglob("*.part")),
        digests=Counter(digests.values()),
    )


def torn_texts(expected: Corpus, root: Path) -> tuple[str, ...]:
    """Return the text files below *root* that are there, but not as in *expected*.

    The next crawl may write them anew; until then somebody may read them.
    """
    return tuple(
        f"text of {path}, until the next crawl"
        for path, content in read_files(root).items()
        if content != expected.files.get(path)
    )


def read_files(root: Path) -> dict[str, str]:
    """Return the content of the text files below *root*, with the times of the fetches masked."""
    return {
        path.relative_to(root).as_posix(): FETCHED.sub(
            MASK, path.read_text(encoding="utf-8", errors="replace")
        )
        for path in sorted(root.glob("articles/**/*.txt"))
    }


def read_index(root: Path, digests: Mapping[str, str], torn: list[str]) -> dict[str, str]:
    """Return the last line of each path; a text that is not the one of its line is torn."""
    found: dict[str, str] = {}
    for path in sorted(root.glob("articles/*/index.jsonl")):
        for line in path.read_bytes().split(b"\n")[:-1]:
            try:
                entry = json.loads(line)
            except ValueError:
                torn.append(f"line of {path.name}: {line[:60]!r}")
                continue
            place = entry["path"]
            found[place] = json.dumps(entry | {"fetched": ""}, sort_keys=True)
    for place, told in found.items():
        if digests.get(place) != json.loads(told)["sha256"]:
            torn.append(f"text of {place}")
    return found


def read_state(root: Path, torn: list[str]) -> frozenset[tuple[object, ...]]:
    """Return the rows of the state; what cannot be read is torn, a record it names too."""
    database = root / "state.db"
    if not database.exists():
        return frozenset()
    with closing(sqlite3.connect(database)) as connection:
        checked = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if checked != "ok":
            torn.append(f"state: {checked}")
        rows = {
            (name, *row)
            for name, query in (("article", ARTICLES), ("link", LINKS), ("alias", ALIASES))
            for row in connection.execute(query)
        }
        for file, offset, length, digest in connection.execute(FETCHES):
            place = Archived(file=file, offset=offset, length=length, digest=digest)
            try:
                read_archived(root, place)
            except (RecordError, OSError) as error:
                torn.append(f"record: {error}")
    return frozenset(rows)


def compare(expected: Corpus, found: Corpus) -> Difference:
    """Return how *found* differs from *expected*."""
    missing, extra = expected.digests - found.digests, found.digests - expected.digests
    lost = [f"text {digest}" for digest in missing.elements()]
    twice = [f"text {digest}" for digest in extra.elements()]
    lost += [f"line of {path}" for path in expected.index.keys() - found.index.keys()]
    twice += [f"line of {path}" for path in found.index.keys() - expected.index.keys()]
    lost += [str(row) for row in expected.state - found.state]
    twice += [str(row) for row in found.state - expected.state]
    other = [
        path
        for path in expected.files.keys() | found.files.keys()
        if expected.files.get(path) != found.files.get(path)
    ]
    other += [
        f"line of {path}"
        for path in expected.index.keys() & found.index.keys()
        if expected.index[path] != found.index[path]
    ]
    return Difference(
        lost=tuple(sorted(lost)),
        twice=tuple(sorted(twice)),
        torn=found.torn,
        parts=found.parts,
        other=tuple(sorted(other)),
    )
