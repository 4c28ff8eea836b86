"""What reading pages may cost, as the settings have it."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:  # the processes have no use for Scrapy, which takes as long to load as they do
    from scrapy.settings import BaseSettings

MOST_BESIDE, MOST = 2, 8  # processes by default; each takes up to 200 MB on most pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading pages may cost."""

    processes: int
    timeout: float
    """Seconds on the wall for one page."""

    cpu: int = 10
    """Seconds of CPU time for one page; one less than a second more may pass."""

    memory: int
    """Mebibytes of address space for one process."""

    @classmethod
    def of(cls, settings: "BaseSettings", fitting: int) -> Self:
        """Take the limits from the settings; *fitting* processes where they name no number."""
        return cls(
            processes=settings.getint("EXTRACTION_PROCESSES") or fitting,
            timeout=settings.getfloat("EXTRACTION_TIMEOUT"),
            cpu=settings.getint("EXTRACTION_CPU"),
            memory=settings.getint("EXTRACTION_MEMORY_MB"),
        )


def processes_alone() -> int:
    """Return how many keep this machine's processors busy where nothing else does."""
    return min(processors(), MOST)


def processes_beside_crawl() -> int:
    """Return how many keep busy what a crawl leaves of the processors, which is all but one.

    With a process for that one too, its loop waits twice as long and every page costs a twelfth
    more; more than `MOST_BESIDE` would wait for it.
    """
    return min(max(processors() - 1, 1), MOST_BESIDE)


def processors() -> int:
    """Return how many this process may run on."""
    return len(os.sched_getaffinity(0))
