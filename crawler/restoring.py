"""Make the index line of an article anew from its text file, whose header has nearly all of it."""

import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from cleaners.fingerprint import mark
from crawler import index
from crawler.identity import identity_of, normal
from crawler.index import Value
from crawler.paths import id_of
from crawler.textfile import header_of, text_of

OLDER = re.compile(r"\.v\d+$")  # end of the name of an older text, without its suffix

BLANK: dict[str, Value] = {
    **dict.fromkeys(("path", "url", "canonical_url", "source", "title", "lead"), ""),
    "authors": [],
    **dict.fromkeys(("published", "modified", "date_source", "section"), ""),
    "tags": [],
    "language": "",
    "access": None,
    "captions": [],
    "pages": 1,
    "incomplete": False,
    "next_page": "",
    "layout_changed": False,
    "guarded": False,
    "fetched": "",
    **dict.fromkeys(("sha256", "words", "versions", "fingerprint", "identity", "crawl"), ""),
    **dict.fromkeys(("link", "owner"), ""),
    "addresses": [],
    "dateline": "",
}
"""The fields of `crawler.entry`, in their order, where nothing is known."""

logger = logging.getLogger(__name__)


def lost_entries(root: Path, folder: Path) -> Iterator[dict[str, Value]]:
    """Yield an entry for each text file in *folder* that no line of its index names.

    *root* is ``DATA_DIR``. A file without a YAML header tells too little, and is left alone.
    """
    path = folder / "index.jsonl"
    entries = list(index.read(path)) if path.is_file() else []
    known = {entry.get("path") for entry in entries}
    crawl = next((str(entry["crawl"]) for entry in entries if entry.get("crawl")), "")
    for file in sorted(folder.rglob("*.txt")):
        place = file.relative_to(root).as_posix()
        if place in known or OLDER.search(file.stem):
            continue
        entry = _entry(file, place, crawl)
        if entry is None:
            logger.warning("%s: in no line of the index, and without a header", file)
        else:
            logger.warning("%s: its line in the index was lost and is made anew", file)
            yield entry


def _entry(file: Path, place: str, crawl: str) -> dict[str, Value] | None:
    content = file.read_text(encoding="utf-8", errors="replace")
    try:
        fields = header_of(content)
    except yaml.YAMLError:
        return None
    url = str(fields.get("url", ""))
    if not url:
        return None
    text = text_of(content)
    found = mark(text)
    names = (identity_of(url, str(fields.get("canonical_url", ""))), normal(url))
    kept = {name: value for name, value in fields.items() if name in BLANK}
    return {
        **BLANK,
        "canonical_url": url,
        **kept,
        "path": place,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "words": found.words,
        "versions": sum(1 for _ in file.parent.glob(f"{file.stem}.v*.txt")),
        "fingerprint": f"{found.fingerprint:016x}",
        # the file's name tells which of them it was
        "identity": next((name for name in names if file.stem.endswith(id_of(name))), names[0]),
        "crawl": crawl or str(fields.get("source", "")),
        "link": url,
        "owner": url,
        "addresses": list(dict.fromkeys((url, normal(url)))),
    }
