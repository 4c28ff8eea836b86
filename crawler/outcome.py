"""How a crawl ended: the last line for people, one JSON object for programs."""

import asyncio
import json
import logging
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.errors import DataDirError, UnusableError
from crawler.lock import LockedError
from crawler.spiders.article import ArticleSpider
from crawler.state import StateError
from crawler.summary import (
    ENDS,
    ERROR,
    INTERRUPTED,
    LOCKED,
    OK,
    UNHEALTHY,
    Summary,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of one crawl."""

    code: int
    reason: str = ""
    """Why it ended so; empty where all is well."""

    spider: str
    source: str = ""
    """Name of the site; empty where the crawl did not get so far."""

    folder: Path | None = None
    """Folder of the articles; None where the crawl did not get so far."""

    seconds: float = 0.0
    summary: Summary

    def line(self) -> str:
        """Return the last line: counts, what is wrong, folder."""
        told = [self.summary.counts()]
        if self.code == UNHEALTHY:
            told.append(f"unhealthy ({self.reason})")
        elif self.code == INTERRUPTED:
            told.append(self.reason)
        return f"{', '.join(told)} · {self.folder}\n"

    def json(self) -> str:
        """Return all there is to say, in one line; the keys are always the same."""
        return json.dumps(self._fields()) + "\n"  # ASCII: a locale may hold no more

    def _fields(self) -> dict[str, object]:
        summary = self.summary
        return {
            "spider": self.spider,
            "source": self.source,
            "exit_code": self.code,
            "end": ENDS[self.code],
            "reason": self.reason,
            "seconds": round(self.seconds, 3),
            "articles": str(self.folder or ""),
            "counts": summary.counts(),
            "new": summary.new,
            "changed": summary.changed,
            "unchanged": summary.unchanged,
            "known": summary.known,
            "duplicate": summary.duplicates,
            "incomplete": summary.incomplete,
            "layout_changed": summary.layout_changed,
            "guarded": summary.guarded,
            "listed": summary.listed,
            "listed_written": summary.listed_written,
            "listings_unchanged": summary.same_listings,
            "listings_not_due": summary.not_due,
            "out_of_range": summary.out_of_range + summary.filtered,
            "closed_by_robots": summary.closed,
            "refused": dict(summary.refused),
            "failed": dict(summary.failed),
            "listings_lost": dict(summary.lost),
            "errors": summary.errors,
        }


def outcome_of(crawler: Crawler, task: asyncio.Task[None], seconds: float) -> Outcome:
    """Return how the crawl ended; what kept it from starting is told at once.

    Raises:
        UsageError: an argument or a setting cannot be used.
    """
    is_forced = not task.done() or task.cancelled()
    error = None if is_forced else task.exception()
    if isinstance(error, UnusableError):
        raise UsageError(str(error)) from error
    # a crawl that could not start may have come to no statistics
    summary = Summary.of({} if error is not None else crawler.stats.get_stats())
    made = Outcome(code=OK, spider=crawler.spidercls.name, seconds=seconds, summary=summary)
    if isinstance(crawler.spider, ArticleSpider):
        made = replace(made, source=crawler.spider.source)
    if error is not None:
        _tell(error)
        code = LOCKED if isinstance(error, LockedError) else ERROR
        return replace(made, code=code, reason=str(error) or type(error).__name__)
    code, reason = _forced(summary) if is_forced else summary.verdict()
    if isinstance(crawler.spider, ArticleSpider):
        folder = Path(crawler.settings["DATA_DIR"], "articles", crawler.spider.folder)
        made = replace(made, folder=folder)
    return replace(made, code=code, reason=reason)


def _forced(summary: Summary) -> tuple[int, str]:
    """Return why a crawl was ended at once: it failed and could not end in order, or a person."""
    if summary.storage_error:
        return ERROR, summary.storage_error
    return INTERRUPTED, "interrupted"


def _tell(error: BaseException) -> None:
    if isinstance(error, LockedError):
        sys.stderr.write(f"scrapy crawl: {error}\n")
    elif isinstance(error, (DataDirError, StateError)):
        logger.critical("the crawl could not start: %s", error)
    else:
        logger.critical("the crawl could not start: %s", error, exc_info=error)
