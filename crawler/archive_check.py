"""Whether the archive is what the state remembers of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from crawler.record import RecordError, TornRecordError
from crawler.state import ArchivedFetch
from crawler.warc import WarcRecord, read_records

Kind = Literal["torn", "damaged", "missing", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The end of a record is not there; its bytes are not those that were written; the state has it
and the file has not; the file has it and the state has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one record, or with all of a file that is gone."""

    kind: Kind
    told: str
    """File, offset and more, for people."""

    records: int = 1


class Counted:
    """A file that counts the bytes read of it."""

    def __init__(self, path: Path, count: Callable[[int], None]) -> None:
        self._file = path.open("rb")
        self._count = count

    def read(self, size: int, /) -> bytes:
        """Return up to *size* bytes; none at the end, which closes the file."""
        found = self._file.read(size)
        self._count(len(found))
        if not found:
            self._file.close()
        return found


def check_file(
    root: Path, file: str, known: Mapping[int, ArchivedFetch], count: Callable[[int], None]
) -> Iterator[Fault | None]:
    """Yield what is wrong with each record of *file*, below *root*; None for a good one.

    *known* is what the state remembers of it, by offset; *count* takes the bytes that were read.

    Raises:
        OSError: the file cannot be read.
    """
    if not (root / file).exists():
        told = f"{file}: the file is gone, {len(known)} records with it"
        yield Fault(kind="missing", told=told, records=len(known))
        return
    missing = dict(known)
    for record in read_records(Counted(root / file, count), file):
        if isinstance(record, RecordError):
            fetch = missing.pop(record.offset, None) if record.offset is not None else None
            kind: Kind = "torn" if isinstance(record, TornRecordError) else "damaged"
            yield Fault(kind=kind, told=f"{record}{_of(fetch)}")
        elif record.kind == "response":
            yield _compared(record, missing.pop(record.offset, None))
    for offset, fetch in missing.items():
        yield Fault(kind="missing", told=f"{file} at {offset}: no record begins here{_of(fetch)}")


def _compared(record: WarcRecord, fetch: ArchivedFetch | None) -> Fault | None:
    if fetch is None:
        told = f"{record.place}: the state does not know it: {record.url}"
        return Fault(kind="unknown", told=told)
    if (fetch.place.length, fetch.place.digest) != (record.length, record.digest):
        told = f"{record.place}: not the bytes the state remembers{_of(fetch)}"
        return Fault(kind="damaged", told=told)
    return None


def _of(fetch: ArchivedFetch | None) -> str:
    return f": {fetch.url}" if fetch else ""
