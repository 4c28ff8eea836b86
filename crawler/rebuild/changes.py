"""What today's rules change at a site: article by article, against what is on disk."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Literal

from crawler.paths import version_path
from crawler.rebuild.known import NOT_ASKED, Known
from crawler.rebuild.replay import Rebuilt, Replay
from crawler.rebuild.spool import Spool
from crawler.state import Stored
from crawler.state.rebuilding import NewEnd
from crawler.textfile import FENCE, text_of

Kind = Literal[
    "text", "date", "header", "moved", "missing", "version", "entry", "new", "refused", "repeated"
]
"""Another text; another date; another field of the header; another place; the file is not there;
another older text; the state or the index says something else; an article where there was none;
none where there was one: the page is refused, or repeats another article."""

VOLATILE = ("fetched", "dateline", "addresses", "crawl", "link", "owner", "versions")
"""Fields of the index that may differ without a change of the article."""

STAMPS = (b"fetched: ", b"dateline: ")
"""Lines of the header that may: a crawl that was killed had fetched a page before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changes at one article."""

    kinds: frozenset[Kind]
    before: Stored | None
    """The article as it is; None for a new one."""

    after: Rebuilt | None
    """The article as it will be; None for one that is none any more."""

    why: str = ""
    """Why it is refused, or what its page was before it became an article."""

    added: int = 0
    removed: int = 0
    """Lines of the text."""


class Comparison:
    """All changes at a site.

    Attributes:
        articles: number of articles as they are, of those asked for.
        changes: in the order of the articles, the new ones last.
        left: why how many articles stay as they are.
        ends: links that end in another way.
        aliases: addresses that lead elsewhere, with the identity of the article there.
    """

    def __init__(self, known: Known, replay: Replay, spool: Spool, source: str) -> None:
        self._known = known
        self._replay = replay
        self._spool = spool
        self.left: Counter[str] = Counter()
        self.changes = [change for change in self._all() if change is not None]
        self.articles = sum(
            bool(stored.digest) and known.left.get(number) != NOT_ASKED
            for number, stored in known.articles.items()
        )
        self.ends = tuple(self._ends())
        self.aliases = {
            url: article.stored.canonical
            for url, article in replay.aliases(source).items()
            if not article.why_left
            and (article.real is None or known.aliases.get(url) != article.real)
        }

    def _all(self) -> Iterator[Change | None]:
        for number, before in self._known.articles.items():
            after = self._replay.of_real(number)
            if after is None:
                yield self._gone(before)
            elif after.why_left:
                if after.why_left != NOT_ASKED:
                    self.left[after.why_left] += 1
            else:
                yield self._changed(before, after)
        for after in self._replay.articles.values():
            if after.real is None and not after.why_left:
                end = self._known.links.get(after.stored.url)
                why = end.status if end else ""
                yield Change(kinds=frozenset({"new"}), before=None, after=after, why=why)

    def _gone(self, before: Stored) -> Change | None:
        end = self._replay.ends.get(before.url)
        if not before.digest:
            return None
        if end is None:
            self.left["its page made another article"] += 1
            return None
        if end.article is not None:
            return Change(kinds=frozenset({"repeated"}), before=before, after=None)
        why = short_reason(end.reason)
        return Change(kinds=frozenset({"refused"}), before=before, after=None, why=why)

    def _changed(self, before: Stored, after: Rebuilt) -> Change | None:
        kinds: set[Kind] = set()
        added = removed = 0
        old = read(self._known.root / before.path)
        new = self.content(after)
        if not before.digest:
            kinds.add("new")
        elif old is None:
            kinds.add("missing")
        elif text_of(old.decode(errors="replace")) != text_of(new.decode()):
            kinds.add("text")
            added, removed = count_lines(old, new)
        kinds |= self._beside(before, after)
        if old is not None and not kinds and unstamped(old) != unstamped(new):
            kinds.add("header")
        if not kinds and not self._is_entered(before, after):
            kinds.add("entry")
        if not kinds:
            return None
        return Change(
            kinds=frozenset(kinds), before=before, after=after, added=added, removed=removed
        )

    def _beside(self, before: Stored, after: Rebuilt) -> set[Kind]:
        """Return what changes besides the text and the header."""
        kinds: set[Kind] = set()
        if before.path != after.stored.path:
            kinds.add("moved")
        versions = [unstamped(self._spool.get(place)) for place in after.versions]
        if [unstamped(read(path) or b"") for path in self.versions(before)] != versions:
            kinds.add("version")
        entries = self._known.index.entries(before)
        if entries:
            new = self._spool.get_entry(after.entries[-1])
            if any(entries[-1][name] != new[name] for name in ("published", "date_source")):
                kinds.add("date")
        return kinds

    def _is_entered(self, before: Stored, after: Rebuilt) -> bool:
        """Whether state and index say of an article what they are to say."""
        marks = (
            (one.canonical, one.url, one.digest, one.fingerprint, one.words, one.versions)
            for one in (before, after.stored)
        )
        entries = self._known.index.entries(before)
        if next(marks) != next(marks) or not entries:
            return False
        new = self._spool.get_entry(after.entries[-1])
        return all(entries[-1].get(name) == new[name] for name in new if name not in VOLATILE)

    def _ends(self) -> Iterator[NewEnd]:
        for url, end in self._replay.ends.items():
            real = self._known.links.get(url)
            if real is None or url in self._replay.lost:
                continue
            article = None if end.article is None else self._replay.articles[end.article]
            if article is None and real.article is None:
                if real.status != "refused" or real.reason == end.reason:
                    continue  # waiting or given up: the archive does not know better
            elif article and (article.real, end.ending) == (real.article, real.status):
                continue
            canonical = article.stored.canonical if article else ""
            yield NewEnd(url=url, ending=end.ending, reason=end.reason, canonical=canonical)

    def versions(self, before: Stored) -> list[Path]:
        """Return the older texts beside an article's file, as far as they are numbered on."""
        paths: list[Path] = []
        for number in count(1):
            path = self._known.root / version_path(PurePosixPath(before.path), number)
            if not path.exists():
                break
            paths.append(path)
        return paths

    def content(self, after: Rebuilt) -> bytes:
        """Return what an article's file will hold."""
        return self._spool.get(after.content) if after.content else b""

    def diff(self, change: Change) -> str:
        """Return the difference of an article's file, header and text, as a unified diff."""
        before, after = change.before, change.after
        old = read(self._known.root / before.path) if before else None
        new = self.content(after) if after else None
        return "".join(
            unified_diff(
                lines_of(old or b""),
                lines_of(new or b""),
                "/dev/null" if old is None or before is None else f"a/{before.path}",
                "/dev/null" if after is None else f"b/{after.stored.path}",
            )
        )


def read(path: Path) -> bytes | None:
    """Return what a file holds; None where there is none."""
    return path.read_bytes() if path.exists() else None


def unstamped(content: bytes) -> bytes:
    """Return the content of a text file without the lines of its header that mean nothing."""
    fence = FENCE.encode()
    if not content.startswith(fence):
        return content
    head, end, text = content.partition(b"\n" + fence + b"\n")
    kept = [line for line in head.split(b"\n") if not line.startswith(STAMPS)]
    return b"\n".join(kept) + end + text


def count_lines(old: bytes, new: bytes) -> tuple[int, int]:
    """Return how many lines of text come, and how many go."""
    before, after = (text_of(one.decode(errors="replace")).splitlines() for one in (old, new))
    changed = [line for line in unified_diff(before, after, n=0, lineterm="") if line[1:].strip()]
    signs = Counter(line[0] for line in changed if not line.startswith(("---", "+++", "@@")))
    return signs["+"], signs["-"]


def lines_of(content: bytes) -> list[str]:
    """Return the lines of a file with their ends."""
    return content.decode(errors="replace").splitlines(keepends=True)


def short_reason(reason: str) -> str:
    """Return ``login wall`` for ``NotAnArticleError: login wall: https://…``."""
    name, _, message = reason.partition(": ")
    return message.partition(": ")[0] or name
