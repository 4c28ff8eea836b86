"""Which files a folder holds, and what the cleaned ones are called."""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePath

from cleaners.registry import source_of
from crawler.paths import slug, source_name

PAGE_NAME = re.compile(r"(?P<stem>.+)\.(?P<kind>html?|xhtml|txt|w?arc)(?:\.gz)?", re.IGNORECASE)
SLUG_LENGTH = 80  # characters


def find_pages(folder: Path) -> list[Path]:
    """Return pages, dumps and WARC files under *folder*, sorted, without what a dot hides."""
    return sorted(
        path
        for path in folder.rglob("*")
        if PAGE_NAME.fullmatch(path.name)
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def is_dump_name(path: Path) -> bool:
    """Whether *path* is named like a flattened page: ``.txt`` or ``.txt.gz``."""
    named = PAGE_NAME.fullmatch(path.name)
    return named is not None and named["kind"].lower() == "txt"


def is_warc_name(path: Path) -> bool:
    """Whether *path* is named like a WARC or ARC file, packed or not."""
    named = PAGE_NAME.fullmatch(path.name)
    return named is not None and named["kind"].lower().endswith("arc")


def output_stems(names: Iterable[PurePath]) -> dict[PurePath, PurePath]:
    """Map each input to its output's name without an ending.

    ``a.html`` gives ``a``; beside an ``a.txt`` both keep their whole names, as neither may
    overwrite the other.
    """
    short = {name: name.with_name(bare(name.name)) for name in names}
    claims = Counter((*short.values(), *(name for name in short if name != short[name])))
    return {name: stem if claims[stem] == 1 else name for name, stem in short.items()}


def bare(name: str) -> str:
    """Return a file *name* without the endings of a page."""
    named = PAGE_NAME.fullmatch(name)
    return named["stem"] if named else name


def stem_of_url(url: str) -> str:
    """Return a file name for *url*: publisher, end of the path, and a mark that tells two apart."""
    mark = sha256(url.encode()).hexdigest()[:8]
    return f"{source_name(source_of(url))}_{slug('', url)[:SLUG_LENGTH].strip('-')}_{mark}"
