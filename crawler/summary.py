"""What a crawl came to: one line for people, one exit code for programs.

0 ok, 1 error, 2 usage, 4 nothing fetched or blocked, 11 interrupted. Scrapy by itself exits
with 0 even when every request fails.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

OK, ERROR, USAGE, NOTHING, INTERRUPTED = 0, 1, 2, 4, 11
GOOD_ENDS = {"finished", "closespider_itemcount", "closespider_pagecount", "closespider_timeout"}
INTERRUPTION = "shutdown"  # Scrapy's reason for SIGINT and SIGTERM


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The counts of one crawl."""

    new: int = 0
    changed: int = 0
    """Articles whose text differs from the one on disk, which is kept as a version."""

    unchanged: int = 0
    """Articles fetched again, with the text that is on disk."""

    incomplete: int = 0
    """Of the new and the changed those that lack some of their pages."""

    known: int = 0
    """Links that earlier runs finished."""

    duplicates: int = 0
    refused: Mapping[str, int]
    """Pages without an article, by the class of the error."""

    closed: int = 0
    """Pages that robots.txt forbids to ask for."""

    failed: Mapping[str, int]
    """Pages that did not come, by reason."""

    lost: Mapping[str, int]
    """Listings that gave nothing, by reason."""

    out_of_range: int = 0
    """Articles of other days than those asked for, which only their page told."""

    filtered: int = 0
    """Links of other days, by their listing."""

    to_fetch: int = 0
    """Pages that were to be fetched."""

    errors: int = 0
    """Exceptions in spider and pipelines: faults of the project or its storage."""

    reason: str = ""
    """Why the crawl ended, in Scrapy's words."""

    @classmethod
    def of(cls, stats: Mapping[str, object]) -> Self:
        """Read the counts out of the stats of a crawl."""
        return cls(
            new=_number(stats, "articles/written"),
            changed=_number(stats, "articles/version"),
            unchanged=_number(stats, "articles/unchanged"),
            incomplete=_number(stats, "articles/incomplete"),
            known=_number(stats, "articles/known"),
            duplicates=_number(stats, "articles/duplicate"),
            refused=_group(stats, "articles/refused/"),
            closed=_number(stats, "articles/closed"),
            failed=_group(stats, "articles/failed/"),
            lost=_group(stats, "listings/failed/"),
            out_of_range=_number(stats, "articles/out_of_range"),
            filtered=_number(stats, "links/out_of_range"),
            to_fetch=_number(stats, "links/to_fetch"),
            errors=_number(stats, "spider_exceptions/count") + _number(stats, "items/errors"),
            reason=str(stats.get("finish_reason", "")),
        )

    @property
    def done(self) -> int:
        """Pages of which is known what became of them."""
        ends = (self.new, self.changed, self.unchanged, self.duplicates, self.out_of_range)
        return sum(ends) + sum(self.refused.values()) + self.closed + sum(self.failed.values())

    def counts(self) -> str:
        """Return the counts in one line: ``12 new, 214 known, 1 failed (timeout)``."""
        parts = [f"{self.new} new", f"{self.known} known"]
        for number, name in (
            (self.changed, "changed"),
            (self.incomplete, "incomplete"),
            (self.unchanged, "unchanged"),
            (self.duplicates, "duplicate"),
            (self.out_of_range, "out of range"),
            (self.closed, "closed by robots.txt"),
        ):
            if number:
                parts.append(f"{number} {name}")
        parts += [_told("refused", self.refused), _told("failed", self.failed)]
        lost = sum(self.lost.values())
        parts.append(_told("listing lost" if lost == 1 else "listings lost", self.lost))
        if self.errors:
            parts.append(f"{self.errors} {'error' if self.errors == 1 else 'errors'}")
        return ", ".join(part for part in parts if part)

    def exit_code(self) -> int:
        """Return how the crawl went, for the shell."""
        if self.reason == INTERRUPTION:
            return INTERRUPTED
        if self.errors or self.reason not in GOOD_ENDS:
            return ERROR
        if self.new or self.changed or self.unchanged:
            return OK
        if "blocked" in self.failed or "blocked" in self.lost:
            return NOTHING
        is_quiet = self.known or self.duplicates or self.out_of_range or self.filtered
        # where nothing but closed pages was named, the crawl did what there was to do
        is_closed = self.closed and not (self.refused or self.failed or self.lost)
        return OK if is_quiet or is_closed else NOTHING


def _number(stats: Mapping[str, object], name: str) -> int:
    value = stats.get(name, 0)
    return value if isinstance(value, int) else 0


def _group(stats: Mapping[str, object], prefix: str) -> Mapping[str, int]:
    found = {name: _number(stats, name) for name in stats if name.startswith(prefix)}
    return {name.removeprefix(prefix): number for name, number in found.items()}


def _told(name: str, group: Mapping[str, int]) -> str:
    if not group:
        return ""
    counted = Counter(group).most_common()
    if len(counted) == 1:
        [(reason, total)] = counted
        return f"{total} {name} ({reason})"
    details = ", ".join(f"{number} {reason}" for reason, number in counted)
    return f"{sum(group.values())} {name} ({details})"
