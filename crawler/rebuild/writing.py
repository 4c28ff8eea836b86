"""Write what today's rules change, so that a kill at any moment leaves nothing behind.

The order is: new files; lines of the index; old files away; state, in one transaction. Until the
last step the state says what it said before, so the next run finds the same changes and makes
them again, to the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from crawler.files import sync_folder, write_whole
from crawler.paths import version_path
from crawler.rebuild.changes import Change, Comparison, read, unstamped
from crawler.rebuild.indexes import Lines, rewrite
from crawler.rebuild.known import index_of
from crawler.rebuild.replay import Rebuilt
from crawler.rebuild.spool import Place, Spool
from crawler.state import State
from crawler.state.rebuilding import Renewal, apply

REMOVED = "removed"
"""Folder below ``DATA_DIR`` for texts that are none by today's rules; only a person deletes."""


def write(root: Path, state: State, source: str, comparison: Comparison, spool: Spool) -> None:
    """Make the changes of *comparison*, below *root* (``DATA_DIR``) and in *state*."""
    changes = comparison.changes
    renewal = Renewal(
        gone=tuple(one.before.id for one in changes if one.after is None and one.before),
        changed=tuple(
            replace(one.after.stored, id=one.before.id if one.before else 0)
            for one in changes
            if one.after is not None
        ),
        ends=comparison.ends,
        aliases=comparison.aliases,
    )
    for change in changes:
        if change.after is not None:
            _write_files(root, change.after, spool)
    _write_indexes(root, changes, spool)
    _clear(root, comparison)
    if changes or renewal.ends or renewal.aliases:
        with state.transaction() as connection:
            apply(connection, source, renewal)


def _write_files(root: Path, after: Rebuilt, spool: Spool) -> None:
    """Write the older texts, then the newest; what differs in nothing but stamps stays."""
    for path, place in _contents(after):
        new, old = spool.get(place), read(root / path)
        if old is None or unstamped(old) != unstamped(new):
            write_whole(root / path, new)


def _contents(after: Rebuilt) -> Iterator[tuple[PurePosixPath, Place]]:
    path = PurePosixPath(after.stored.path)
    for number, place in enumerate(after.versions, start=1):
        yield version_path(path, number), place
    if after.content is not None:
        yield path, after.content


def _write_indexes(root: Path, changes: Iterable[Change], spool: Spool) -> None:
    """Put the lines of each changed article in the place of its old ones; new ones come last."""
    files: defaultdict[PurePosixPath, list[Lines]] = defaultdict(list)
    for change in changes:
        old = change.before.path if change.before else ""
        new = change.after.stored.path if change.after else ""
        paths = frozenset({old, new} - {""})
        for index in sorted({index_of(path) for path in paths}):
            entries = change.after.entries if change.after and index == index_of(new) else ()
            files[index].append(Lines(paths, tuple(spool.get(place) for place in entries)))
    for index, lines in sorted(files.items()):
        rewrite(root / index, lines)


def _clear(root: Path, comparison: Comparison) -> None:
    """Put away the files that no article has any more."""
    kept = {
        root / path
        for change in comparison.changes
        if change.after is not None
        for path, _ in _contents(change.after)
    }
    for change in comparison.changes:
        if change.before is not None:
            # the last first: versions that are numbered on are found again after a kill
            files = [root / change.before.path, *comparison.versions(change.before)]
            moved = len(change.after.versions) + 1 if change.after else 0
            for number, path in reversed(list(enumerate(files))):
                if path not in kept and path.exists():
                    _take_away(root, path, is_moved=number < moved)


def _take_away(root: Path, path: Path, *, is_moved: bool) -> None:
    if is_moved:
        path.unlink()  # its text is at its new place
    else:
        target = root / REMOVED / path.relative_to(root / "articles")
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        sync_folder(target.parent)
    sync_folder(path.parent)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
