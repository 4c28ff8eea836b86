"""A site crawled with the rules of yesterday, to be cleaned again with those of today.

A page is JSON: what the rules of each day make of it. So one crawl can be compared with another
of the same bytes.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from scrapy.exceptions import DropItem
from sqlalchemy import select

from cleaners import Article, CleaningError, NotAnArticleError
from crawler import index
from crawler.extraction import Cleaner
from crawler.fetch import Fetch
from crawler.hints import with_hints
from crawler.limits import Limits
from crawler.link import Link
from crawler.processes import Measured
from crawler.rebuild.changes import VOLATILE, unstamped
from crawler.rebuild.site import Rebuild, Site
from crawler.state import State
from crawler.state.schema import aliases, articles, links
from crawler.storage import storage_of
from crawler.textfile import Header
from tests.crawler.storing import DAY, FETCHED, a_crawler, store

LIMITS = Limits(processes=1, timeout=60, memory=2048)
Rules = Mapping[str, str]


def text(topic: str, lines: int = 12) -> str:
    """Return a text unlike that of any other topic."""
    return "\n\n".join(
        f"{topic} {hashlib.sha256(f'{topic}{number}'.encode()).hexdigest()} people of {topic}"
        f" counted {number * 7} things near the {topic} and went home."
        for number in range(lines)
    )


def an(topic: str, **fields: str) -> Rules:
    """Return what rules make of the page of a *topic*."""
    return {"title": f"News of the {topic}", "text": text(topic), **fields}


LOGIN: Rules = {"refuse": "login wall"}


@dataclass(frozen=True, kw_only=True)
class Came:
    """One page that a crawl fetched."""

    name: str
    old: Rules
    """What the rules of yesterday make of it."""

    new: Rules | None = None
    """What those of today do; None: the same."""

    hour: int = 0
    """Of the fetch, from the first."""

    link: Link | None = None
    further: tuple["Came", ...] = ()

    @property
    def url(self) -> str:
        return f"https://example.org/{self.name}"

    @property
    def body(self) -> bytes:
        return json.dumps({"old": self.old, "new": self.new or self.old}).encode()

    def fetch(self, rules: str, link: Link | None = None) -> Fetch:
        given = link or self.link or Link(self.url)
        fetched = FETCHED + dt.timedelta(hours=self.hour)
        outcome = outcome_of(rules, self.body, self.url)
        made = Fetch(
            url=self.url,
            requested_url=self.url,
            fetched=fetched,
            status=200,
            headers=(("Content-Type", "text/html"),),
            body=self.body,
            link=given,
            source="example",
            outcome=with_hints(outcome, given) if isinstance(outcome, Article) else outcome,
        )
        return replace(made, further=tuple(one.fetch(rules, given) for one in self.further))


def outcome_of(rules: str, page: bytes | str, url: str) -> Article | CleaningError:
    """Return what the *rules* of a day make of a page."""
    made: dict[str, str] = json.loads(page)[rules]
    if "refuse" in made:
        return NotAnArticleError(f"{made['refuse']}: {url}")
    published = made.get("published", DAY.isoformat())
    return Article(
        url=url,
        canonical_url=made.get("canonical_url", ""),
        source="example",
        title=made["title"],
        text=made["text"],
        section=made.get("section", ""),
        next_page=made.get("next_page", ""),
        published=dt.date.fromisoformat(published) if published else None,
        date_source="meta" if published else "",
    )


def slow(page: bytes | str, url: str, fetched: dt.datetime) -> Article:
    """Stand for a page that takes too long."""
    raise TimeoutError


def cleaner(rules: str) -> Cleaner:
    """Return what cleans with the rules of a day."""

    def clean(page: bytes | str, url: str, fetched: dt.datetime) -> Article:
        made = outcome_of(rules, page, url)
        if isinstance(made, CleaningError):
            raise made
        return made

    return clean


class InTurn:
    """Cleans in this process, where a pool of processes would take a second to start."""

    def __init__(self, *_: object) -> None:
        pass

    def begin(self, function: Callable[..., object], *args: object) -> Future[Measured[object]]:
        future: Future[Measured[object]] = Future()
        try:
            future.set_result(Measured(function(*args), 0.0))
        except (TimeoutError, MemoryError) as error:
            future.set_exception(error)
        return future

    def end(self) -> None:
        pass


class End(NamedTuple):
    """How a link ended."""

    status: str
    reason: str
    article: str | None
    """Its identity."""


@dataclass(frozen=True)
class Remembered:
    """What a state says."""

    articles: dict[str, tuple[object, ...]]
    ends: dict[str, End]
    aliases: set[tuple[str, str]]


@dataclass(frozen=True)
class Corpus:
    """What crawls left below `root`."""

    root: Path

    def crawl(self, pages: Sequence[Came], rules: str = "old", header: Header = "yaml") -> None:
        crawler = a_crawler(self.root, TEXT_HEADER=header)
        with closing(storage_of(crawler)) as storage:
            for page in pages:
                storage.state.discover("example", [page.link or Link(page.url)])
                with suppress(DropItem):
                    store(crawler, page.fetch(rules))

    @contextmanager
    def site(
        self, clean: Cleaner, *, since: dt.date | None = None, header: Header = "yaml"
    ) -> Iterator[Site]:
        """Clean the archive again."""
        with closing(State(f"sqlite:///{self.root / 'state.db'}")) as state:
            rebuild = Rebuild(
                root=self.root,
                state=state,
                header=header,
                limits=LIMITS,
                since=since,
                cleaner=clean,
            )
            with rebuild.site("example", StringIO()) as site:
                yield site

    def rebuild(
        self, rules: str = "new", *, since: dt.date | None = None, header: Header = "yaml"
    ) -> str:
        """Clean the archive again, write what changes, and return what is told of it."""
        with self.site(cleaner(rules), since=since, header=header) as site:
            site.write()
            return site.report.line()

    def files(self) -> dict[str, bytes]:
        """Return all text files, without what means nothing in their headers."""
        paths = self.root.glob("articles/**/*.txt")
        return {
            path.relative_to(self.root).as_posix(): unstamped(path.read_bytes()) for path in paths
        }

    def tree(self) -> dict[str, bytes]:
        """Return all files but the state and what belongs to a crawl."""
        paths = [*self.root.glob("articles/**/*"), *self.root.glob("removed/**/*")]
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in paths
            if path.is_file()
        }

    def index(self) -> dict[str, dict[str, index.Value]]:
        """Return the last line of the index about each file."""
        found: dict[str, dict[str, index.Value]] = {}
        for path in self.root.glob("articles/*/index.jsonl"):
            for line in index.read(path):
                kept = {name: value for name, value in line.items() if name not in VOLATILE}
                found[str(line["path"])] = kept
        return found

    def state(self) -> Remembered:
        """Return what the state says, without ids and times."""
        address = f"sqlite:///{self.root / 'state.db'}"
        with closing(State(address)) as state, state.transaction() as connection:
            rows = connection.execute(select(articles)).all()
            names = {row.id: row.canonical for row in rows}
            return Remembered(
                articles={row.canonical: (row.url, *tuple(row)[4:]) for row in rows},
                ends={
                    row.url: End(row.status, row.reason, names.get(row.article_id))
                    for row in connection.execute(select(links))
                },
                aliases={
                    (row.url, names[row.article_id]) for row in connection.execute(select(aliases))
                },
            )

    def article(self, name: str) -> str:
        """Return the content of the only file whose name has *name* in it."""
        [path] = [path for path in self.root.glob("articles/**/*.txt") if name in path.name]
        return path.read_text(encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setattr("crawler.rebuild.pages.KillablePool", InTurn)
    return Corpus(tmp_path)


def damage(path: Path, number: int) -> None:
    """Change a byte of the page with that *number* in an archive file."""
    content = bytearray(path.read_bytes())
    starts = [at for at in range(len(content)) if content[at : at + 3] == b"\x1f\x8b\x08"]
    content[starts[number + 1] + 60] ^= 0xFF
    path.write_bytes(content)
