"""When each entry of the schedule last began and ended: one small file, written whole."""

import datetime as dt
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from crawler.files import write_whole

NAME = "schedule.json"  # below DATA_DIR

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last crawl of an entry; times are ISO 8601 in UTC."""

    due: str
    """Time for which it was started, or left out; the next one is reckoned from it."""

    started: str = ""
    """Empty: never."""

    ended: str = ""
    """Empty: it is running, or was cut off."""

    exit_code: int | None = None
    """None: as for `ended`."""

    @classmethod
    def read(cls, value: object) -> Self:
        """Return what `asdict` made of it.

        Raises:
            ValueError: it is something else.
        """
        try:
            last = cls(**value)  # type: ignore[arg-type]  # what is no mapping is a TypeError
            is_aware = dt.datetime.fromisoformat(last.due).tzinfo is not None
        except TypeError as error:
            raise ValueError(f"no entry: {value}") from error
        if not is_aware:
            raise ValueError(f"a time without a zone: {last.due}")
        return last


class History:
    """The last crawls of all entries, by name.

    An entry that is absent or damaged was never crawled: that costs one crawl that finds
    nothing new.
    """

    def __init__(self, path: Path | None) -> None:
        """Read the file at *path*; without one nothing outlives the process."""
        self._path = path
        self._last = dict(_read(path)) if path is not None else {}

    def due(self, name: str) -> dt.datetime | None:
        """Return the time for which an entry was last started or left out; None: never."""
        last = self._last.get(name)
        return dt.datetime.fromisoformat(last.due) if last else None

    def start(self, name: str, due: dt.datetime, now: dt.datetime) -> None:
        """Note that a crawl begins.

        Raises:
            OSError: the file cannot be written.
        """
        self._keep(name, Last(due=_iso(due), started=_iso(now)))

    def leave_out(self, name: str, due: dt.datetime) -> None:
        """Note that a crawl did not begin at its time; it is not made up for.

        Raises:
            OSError: the file cannot be written.
        """
        last = self._last.get(name, Last(due=_iso(due)))
        self._keep(name, replace(last, due=_iso(due)))

    def end(self, name: str, now: dt.datetime, exit_code: int) -> None:
        """Note that a crawl has ended.

        Raises:
            OSError: the file cannot be written.
        """
        self._keep(name, replace(self._last[name], ended=_iso(now), exit_code=exit_code))

    def _keep(self, name: str, last: Last) -> None:
        self._last[name] = last
        if self._path is not None:
            lasts = {name: asdict(last) for name, last in self._last.items()}
            write_whole(self._path, json.dumps(lasts, indent=1, ensure_ascii=False).encode())


def _iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


def _read(path: Path) -> Mapping[str, Last]:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        logger.warning("%s is damaged, so all counts as never crawled: %s", path, error)
        return {}
    lasts = {}
    for name, value in found.items() if isinstance(found, dict) else ():
        try:
            lasts[name] = Last.read(value)
        except ValueError as error:
            logger.warning(
                "%s: %s is damaged, so it counts as never crawled: %s", path, name, error
            )
    return lasts
