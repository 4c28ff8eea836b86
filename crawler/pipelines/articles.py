"""What happens to articles that are to be written: files, then index, then state."""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from crawler import index
from crawler.draft import Draft
from crawler.entry import entry
from crawler.files import write_all
from crawler.paths import index_path, version_path
from crawler.state import Finish, State
from crawler.storage import Storage
from crawler.textfile import text_of, with_header


def write_files(storage: Storage, drafts: Sequence[Draft]) -> list[Draft]:
    """Return *drafts* once their files are on disk; an older text stays beside each."""
    found = [_with_versions(storage.root, made) for made in drafts]
    write_all({path: older for _, path, older in found if older})
    write_all(
        {
            storage.root / made.stored.path: with_header(
                made.text, made.article, storage.header, made.fetch.fetched
            )
            for made in drafts
        }
    )
    return [made for made, _, _ in found]


def _with_versions(root: Path, made: Draft) -> tuple[Draft, Path, bytes]:
    """Return a draft that knows of its versions on disk, the next one's place, and its content.

    The content is empty where there is no older text, or none that is not kept already. What is on
    disk decides: a crash may have come between the files and the state.
    """
    path = PurePosixPath(made.stored.path)
    file = root / path
    older = file.read_bytes() if file.exists() else b""
    # a person may have saved it in another encoding
    is_older = bool(older) and text_of(older.decode(errors="replace")) != made.text
    for number in count(1):
        version = root / version_path(path, number)
        if not version.exists():
            break
        is_older = is_older and version.read_bytes() != older
    stored = dataclasses.replace(made.stored, versions=number - 1 + is_older)
    is_version = stored.versions > made.stored.versions
    known = dataclasses.replace(made, stored=stored, is_version=is_version)
    return known, version, older if is_older else b""


def add_lines(root: Path, drafts: Sequence[Draft]) -> list[dict[str, index.Value]]:
    """Return the entries of articles once they are in the indexes of their publishers, on disk."""
    entries = [entry(made) for made in drafts]
    lines: defaultdict[Path, list[dict[str, index.Value]]] = defaultdict(list)
    for made, line in zip(drafts, entries, strict=True):
        lines[root / index_path(made.article.source)].append(line)
    for path, new in lines.items():
        index.append(path, new)
    return entries


def finish(state: State, source: str, drafts: Sequence[Draft]) -> None:
    """Call articles finished: their files and their lines are on disk."""
    ends = [
        Finish(
            ending="written",
            article=made.stored,
            aliases=made.visited,
            fetched=made.fetch.fetched,
            published=made.article.published,
            validators=made.fetch.validators,
        )
        for made in drafts
    ]
    links = [made.fetch.link.url for made in drafts]
    state.finish_all(source, list(zip(links, ends, strict=True)))
