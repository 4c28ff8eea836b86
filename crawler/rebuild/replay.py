"""The crawls of a site once more, page by page, with today's rules and into no file.

What is recognised, and how, is what the pipelines do; a state of its own in memory takes the
place of that of the crawls, so an article is compared with what came before it, as it was then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cleaners import Article
from crawler.draft import Draft, draft
from crawler.entry import entry
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError
from crawler.fetch import Fetch
from crawler.paths import article_path, published_day
from crawler.pipelines.known import ENDINGS
from crawler.rebuild.items import Item, joined
from crawler.rebuild.known import NOT_ARCHIVED, Known
from crawler.rebuild.pages import Lost
from crawler.rebuild.spool import Place, Spool
from crawler.recognition import recognise
from crawler.record import DamagedRecordError, TornRecordError
from crawler.state import Ending, Finish, State, Stored
from crawler.state.rebuilding import aliases_of
from crawler.textfile import Header, text_of, with_header

REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (FileNotFoundError, NOT_ARCHIVED),
    (TornRecordError, "torn"),
    (DamagedRecordError, "damaged"),
    (ExtractionTimeoutError, "took too long"),
    (ExtractionCrashError, "crashed"),
)


@dataclass(slots=True)
class Rebuilt:
    """One article by today's rules."""

    stored: Stored
    real: int | None
    """Id of the article that the site has in its place; None for a new one."""

    content: Place | None = None
    """What its file holds; None for an article that stays as it is."""

    versions: list[Place] = field(default_factory=list)
    """The older texts, the oldest first."""

    entries: list[Place] = field(default_factory=list)
    """The lines of the index."""

    why_left: str = ""
    """Why it stays as it is; empty where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a link ends by today's rules."""

    ending: Ending
    reason: str = ""
    article: int | None = None
    """Key of `Replay.articles`; None for a link without one."""


class Replay:
    """Takes the items of the archive in order.

    Attributes:
        articles: by their id in the replay.
        ends: by the address of the link.
        lost: links with a page that cannot be read or cleaned, with the first of these.
    """

    def __init__(self, known: Known, header: Header, spool: Spool) -> None:
        self.articles: dict[int, Rebuilt] = {}
        self.ends: dict[str, End] = {}
        self.lost: dict[str, Lost] = {}
        self._known = known
        self._header = header
        self._spool = spool
        self._state = State("sqlite://")
        self._of_real: dict[int, Rebuilt] = {}
        leading: dict[int, list[str]] = {number: [] for number in known.left}
        for url, number in known.aliases.items():
            if number in leading:
                leading[number].append(url)
        for number, why in known.left.items():
            self._leave(known.articles[number], why, leading[number])

    def close(self) -> None:
        """Give the state in memory back."""
        self._state.close()

    def take(self, item: Item) -> None:
        """Do with an item what the pipelines of a crawl would."""
        if item.lost:
            self._lose(item)
            return
        fetch = joined(item)
        if not isinstance(fetch.outcome, Article):
            self._refuse(fetch)
            return
        made = draft(fetch, fetch.outcome)
        found = recognise(self._state, made)
        if found.relation in {"new", "version"}:
            self._write(replace(made, stored=found.stored))
        else:
            self._finish(made, found.stored, ENDINGS[found.relation])

    def _refuse(self, fetch: Fetch) -> None:
        before = self.ends.get(fetch.link.url)
        if before is None or before.article is None:
            reason = f"{type(fetch.outcome).__name__}: {fetch.outcome}"
            self.ends[fetch.link.url] = End(ending="refused", reason=reason)

    def _write(self, made: Draft) -> None:
        stored = made.stored if made.stored.path else self._placed(made)
        article = self.articles[stored.id]
        if article.why_left:
            self._finish(made, article.stored, "written")
            return
        content = with_header(made.text, made.article, self._header, made.fetch.fetched)
        if article.content is not None:
            self._keep_older(article, made.text)
        article.content = self._spool.put(content)
        stored = replace(stored, versions=len(article.versions))
        article.stored = stored
        article.entries.append(self._spool.put_entry(entry(replace(made, stored=stored))))
        self._finish(made, stored, "written")

    def _keep_older(self, article: Rebuilt, text: str) -> None:
        if article.content is None:
            return
        older = self._spool.get(article.content)
        is_kept = any(self._spool.get(place) == older for place in article.versions)
        if text_of(older.decode()) != text and not is_kept:
            article.versions.append(article.content)

    def _placed(self, made: Draft) -> Stored:
        new, known = made.stored, self._known
        number = known.match(new.canonical, new.url)
        number = None if number in self._of_real else number
        path = str(article_path(made.article, new.canonical, made.fetch.fetched))
        if number is not None:
            path = self._lasting(path, made.article, known.articles[number])
        placed = self._state.place(replace(new, path=path, digest=""))
        self._remember(placed, number)
        return replace(placed, digest=new.digest)

    def _lasting(self, path: str, article: Article, real: Stored) -> str:
        """Keep the day in the name of an article without a date: its first fetch may be lost."""
        tail, real_tail = (name.partition("_")[2] for name in (path, real.path))
        entries = self._known.index.entries(real)
        is_undated = bool(entries) and entries[-1]["date_source"] == "fetched"
        if is_undated and published_day(article) is None and tail == real_tail:
            return real.path
        return path

    def _lose(self, item: Item) -> None:
        """Leave the article of a link as it is, for one of its pages is not to be had."""
        self.lost[item.link] = item.lost[0]
        end = self._known.links.get(item.link)
        if end is None or end.article is None:
            return
        why, real = why_lost(item.lost[0]), self._known.articles[end.article]
        article = self._of_real.get(real.id) or self._at(real)
        if article is None:
            self._leave(real, why, [item.link])
        elif not article.why_left:
            article.why_left = why

    def _at(self, real: Stored) -> Rebuilt | None:
        placed = self._state.article(real.source, real.canonical)
        return None if placed is None else self.articles[placed.id]

    def _leave(self, real: Stored, why: str, aliases: Iterable[str]) -> None:
        """Let an article take part as it is."""
        placed = self._state.place(replace(real, id=0))
        self._remember(placed, real.id).why_left = why
        end = Finish(ending="written", article=placed, aliases=tuple(aliases))
        self._state.finish(real.source, real.url, end)

    def _remember(self, placed: Stored, number: int | None) -> Rebuilt:
        made = self.articles[placed.id] = Rebuilt(placed, number)
        if number is not None:
            self._of_real[number] = made
        return made

    def _finish(self, made: Draft, stored: Stored, ending: Ending) -> None:
        end = Finish(ending=ending, article=stored, aliases=made.visited)
        self._state.finish(made.fetch.source, made.fetch.link.url, end)
        self.ends[made.fetch.link.url] = End(ending=ending, article=stored.id)

    def aliases(self, source: str) -> dict[str, Rebuilt]:
        """Return the addresses that lead to articles."""
        with self._state.transaction() as connection:
            found = aliases_of(connection, source)
        return {url: self.articles[number] for url, number in found.items()}

    def of_real(self, number: int) -> Rebuilt | None:
        """Return what became of an article of the site; None where nothing did."""
        return self._of_real.get(number)


def why_lost(lost: Lost) -> str:
    """Return why a page cannot be had, for people."""
    return next((why for kind, why in REASONS if isinstance(lost.error, kind)), "unreadable")
