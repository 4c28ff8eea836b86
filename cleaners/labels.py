"""What links between the pages of an article say, in the languages of `data/paging.tsv`."""

import re
from collections.abc import Iterator
from importlib.resources import files

ARROWS = " \t\n|»›→>·…"


def load(table: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Read the labels of links by kind, over all languages."""
    found: dict[str, list[re.Pattern[str]]] = {}
    for row in table.splitlines()[1:]:
        kind, _language, pattern = row.split("\t")
        found.setdefault(kind, []).append(re.compile(pattern, re.IGNORECASE))
    return {kind: tuple(patterns) for kind, patterns in found.items()}


LABELS = load((files("cleaners") / "data" / "paging.tsv").read_text(encoding="utf-8"))


def found_in(kind: str, label: str) -> Iterator[re.Match[str]]:
    """Yield how *label* reads as one of a *kind* of labels."""
    for pattern in LABELS[kind]:
        found = pattern.fullmatch(label)
        if found is not None:
            yield found


def matches(kind: str, label: str) -> bool:
    """Whether *label* is one of a *kind* of labels, with or without arrows around it."""
    return any(True for _ in found_in(kind, label)) or any(
        True for _ in found_in(kind, label.strip(ARROWS))
    )
