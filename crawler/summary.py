"""What a crawl came to: one line for people, one exit code for programs.

0 ok, 1 error, 2 usage, 3 unhealthy, 4 nothing fetched or blocked, 5 locked, 11 interrupted. Scrapy
by itself exits with 0 even when every request fails.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from crawler.health import Health

OK, ERROR, USAGE, UNHEALTHY, NOTHING, LOCKED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 11
ENDS = {
    OK: "ok",
    ERROR: "error",
    USAGE: "usage",
    UNHEALTHY: "unhealthy",
    NOTHING: "nothing",
    LOCKED: "locked",
    INTERRUPTED: "interrupted",
}
"""Exit codes in a word."""

GOOD_ENDS = {"finished", "closespider_itemcount", "closespider_pagecount", "closespider_timeout"}
FAULTS = ("spider_exceptions/count", "items/errors", "faults/count")
SAME = ("unchanged", "settled")  # statistics of listings
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

    layout_changed: int = 0
    """Of the new and the changed those that no layout of the site's rules fits."""

    guarded: int = 0
    """Of the new and the changed those of which the site's layout lost text."""

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

    same_listings: int = 0
    """Listings that named nothing new by the word of the server or of their index."""

    not_due: int = 0
    """Listings that were left out, for it is too early to ask them again."""

    listed: int | None = None
    """Pages on the site and in range that feeds and sitemaps named; None: it was not told."""

    listed_written: int | None = None
    """Of those the ones whose article is on disk, under this address or another."""

    out_of_range: int = 0
    """Articles of other days than those asked for, which only their page told."""

    filtered: int = 0
    """Links of other days, by their listing."""

    to_fetch: int = 0
    """Pages that were to be fetched."""

    errors: int = 0
    """Exceptions in spider, pipelines and extensions: faults of the project or its storage."""

    storage_error: str = ""
    """What the disk or the database said when it failed, or how full it is; else empty."""

    trouble: str = ""
    """Why the site is unhealthy, by `crawler.health`; empty where it is healthy."""

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
            layout_changed=_number(stats, "articles/layout_changed"),
            guarded=_number(stats, "articles/guarded"),
            known=_number(stats, "articles/known"),
            duplicates=_number(stats, "articles/duplicate"),
            refused=_group(stats, "articles/refused/"),
            closed=_number(stats, "articles/closed"),
            failed=_group(stats, "articles/failed/"),
            lost=_group(stats, "listings/failed/"),
            same_listings=sum(_number(stats, f"listings/{name}") for name in SAME),
            not_due=_number(stats, "listings/not_due"),
            listed=_told_number(stats, "links/listed_in_range"),
            listed_written=_told_number(stats, "links/listed_written"),
            out_of_range=_number(stats, "articles/out_of_range"),
            filtered=_number(stats, "links/out_of_range"),
            to_fetch=_number(stats, "links/to_fetch"),
            errors=sum(_number(stats, name) for name in FAULTS),
            storage_error=str(stats.get("storage/error") or stats.get("storage/full") or ""),
            trouble=Health.of(_numbers(stats)).trouble(),
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
        for number, name in ((self.same_listings, "unchanged"), (self.not_due, "not due")):
            if number:
                parts.append(f"{number} {'listing' if number == 1 else 'listings'} {name}")
        lost = sum(self.lost.values())
        parts.append(_told("listing lost" if lost == 1 else "listings lost", self.lost))
        if self.errors:
            parts.append(f"{self.errors} {'error' if self.errors == 1 else 'errors'}")
        return ", ".join(part for part in parts if part)

    def verdict(self) -> tuple[int, str]:
        """Return how the crawl went, for the shell, and why in words; no words where all is well.

        A crawl that was interrupted may have found trouble, but has not seen enough to say so.
        """
        if self.reason == INTERRUPTION:
            return INTERRUPTED, "interrupted"
        if self.errors or self.reason not in GOOD_ENDS:
            return ERROR, self.storage_error or self._fault()
        if self._is_blocked():
            return NOTHING, "the site refuses every request"
        if self.trouble:
            return UNHEALTHY, self.trouble
        return (OK, "") if self._has_come() else (NOTHING, "nothing came")

    def exit_code(self) -> int:
        """Return how the crawl went, for the shell."""
        return self.verdict()[0]

    def _fault(self) -> str:
        if not self.errors:
            return self.reason
        return f"{self.errors} {'error' if self.errors == 1 else 'errors'}; the log has more"

    def _is_blocked(self) -> bool:
        is_refused = "blocked" in self.failed or "blocked" in self.lost
        return is_refused and not (self.new or self.changed or self.unchanged)

    def _has_come(self) -> bool:
        # where nothing but closed pages was named, the crawl did what there was to do
        is_closed = self.closed and not (self.refused or self.failed or self.lost)
        is_quiet = self.known or self.duplicates or self.out_of_range or self.filtered
        is_quiet = is_quiet or self.same_listings or self.not_due
        return bool(self.new or self.changed or self.unchanged or is_quiet or is_closed)


def _number(stats: Mapping[str, object], name: str) -> int:
    value = stats.get(name, 0)
    return value if isinstance(value, int) else 0


def _told_number(stats: Mapping[str, object], name: str) -> int | None:
    return _number(stats, name) if name in stats else None


def _numbers(stats: Mapping[str, object]) -> Mapping[str, int]:
    return {name: _number(stats, name) for name in stats}


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
