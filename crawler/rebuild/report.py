"""What a rebuild says of one site: a line for people, an object for programs."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from crawler.rebuild.changes import Change, Comparison

# for one, for several
WORDS: tuple[tuple[str, str, str], ...] = (
    ("date", "date changes", "dates change"),
    ("header", "header changes", "headers change"),
    ("moved", "file moves", "files move"),
    ("version", "older text changes", "older texts change"),
    ("missing", "missing file comes back", "missing files come back"),
    ("entry", "entry changes", "entries change"),
)
FORMER = {"refused": "refused before", "duplicate": "repeated before", "moved": "repeated before"}
"""What the page of a new article was, by the status of its link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The counts of one site."""

    site: str
    articles: int
    unchanged: int
    kinds: Counter[str]
    added: int
    removed: int
    refused: Counter[str]
    """Articles that are refused now, by reason."""

    new: Counter[str]
    """Pages that are articles now, by what they were before."""

    left: Counter[str]
    """Articles that stay as they are, by reason."""

    changes: int
    """Articles that change in whatever way."""

    @classmethod
    def of(cls, site: str, comparison: Comparison) -> Self:
        """Count the changes."""
        changes = comparison.changes
        known = sum(change.before is not None and bool(change.before.digest) for change in changes)
        return cls(
            site=site,
            articles=comparison.articles,
            unchanged=comparison.articles - known - comparison.left.total(),
            kinds=Counter(kind for change in changes for kind in change.kinds),
            added=sum(change.added for change in changes),
            removed=sum(change.removed for change in changes),
            refused=Counter(change.why for change in changes if "refused" in change.kinds),
            new=Counter(_former(change) for change in changes if "new" in change.kinds),
            left=comparison.left,
            changes=len(changes),
        )

    def line(self) -> str:
        """Return ``faz: 214 articles, 12 texts change (+3 -41 lines), …, 199 unchanged``."""
        return f"{self.site}: " + ", ".join(self._parts())

    def _parts(self) -> list[str]:
        parts = [_counted(self.articles, "article", "articles")]
        if texts := self.kinds["text"]:
            told = _counted(texts, "text changes", "texts change")
            parts.append(f"{told} (+{self.added} -{self.removed} lines)")
        parts += [_counted(self.kinds[kind], *words) for kind, *words in WORDS if self.kinds[kind]]
        if refused := self.refused.total():
            told = _counted(refused, "is refused now", "are refused now")
            parts.append(f"{told} ({_listed(self.refused)})")
        if repeated := self.kinds["repeated"]:
            parts.append(_counted(repeated, "repeats another now", "repeat others now"))
        for former, number in self.new.most_common():
            parts.append(
                _counted(number, f"{former} is an article now", f"{former} are articles now")
            )
        if left := self.left.total():
            parts.append(f"{left} left as they are ({_listed(self.left)})")
        return [*parts, f"{self.unchanged} unchanged"]

    def json(self) -> dict[str, object]:
        """Return the counts by name; the keys are always the same."""
        names = ("text", *(kind for kind, *_ in WORDS), "repeated")
        return {
            "site": self.site,
            "articles": self.articles,
            "unchanged": self.unchanged,
            **{name: self.kinds[name] for name in names},
            "lines_added": self.added,
            "lines_removed": self.removed,
            "refused": dict(self.refused),
            "new": dict(self.new),
            "left": dict(self.left),
        }


def _former(change: Change) -> str:
    return FORMER.get(change.why, "unfinished before")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _listed(counts: Counter[str]) -> str:
    if len(counts) == 1:
        return next(iter(counts))
    return ", ".join(f"{number} {why}" for why, number in counts.most_common())
