"""Parts of a page that are never its article, whatever stands in them, by their classes and ids.

Consent dialogs, comment systems, boxes of facts or about the author, sign-up forms and the like
come from a few makers or are called alike on every site, and so is what a style sheet shows on
narrow screens, on paper or to screen readers alone. A score knows words: it takes a long policy, or
a text that stands there twice, for prose.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from cleaners.blocks import Block, Element
from cleaners.text import count_words

MOST = 0.8  # of the kept words; what holds more is the frame of the page, named after a part of it
MAX_NAMES = 1000  # characters of the classes of an element; what is remembered must not grow
CONSENT = "consent"  # the one kind that may hold more: its dialogs are longer than short news


class Component(NamedTuple):
    """An element that is no part of the article."""

    element: Element
    kind: str
    """Such as ``author`` or ``comments``: the first column of the data file."""


def load(table: str) -> re.Pattern[str]:
    """Compile the names of *table*, one group a kind; a star stands for any letters."""
    names: dict[str, list[str]] = {}
    for row in table.splitlines()[1:]:
        kind, name = row.split("\t")
        names.setdefault(kind, []).append(re.escape(name).replace(r"\*", r"\S*"))
    kinds = (f"(?P<{kind}>{'|'.join(some)})" for kind, some in names.items())
    return re.compile(rf"\s(?:{'|'.join(kinds)})(?=\s)")


COMPONENTS = load((files("cleaners") / "data" / "components.tsv").read_text(encoding="utf-8"))


def components_around(blocks: Sequence[Block], kept: Sequence[bool]) -> list[str]:
    """Return for each of *blocks* that is kept what kind of component it is in; empty for none."""
    known: dict[Element, Component | None] = {}
    found = [
        component_around(block.element, known) if keep else None
        for block, keep in zip(blocks, kept, strict=True)
    ]
    if not any(found):
        return [""] * len(blocks)
    words = [count_words(b.text) if keep else 0 for b, keep in zip(blocks, kept, strict=True)]
    sizes = Counter[Element]()
    for component, size in zip(found, words, strict=True):
        if component is not None:
            sizes[component.element] += size
    room = MOST * sum(words)
    return [
        component.kind
        if component and (component.kind == CONSENT or sizes[component.element] <= room)
        else ""
        for component in found
    ]


def component_around(element: Element, known: dict[Element, Component | None]) -> Component | None:
    """Return the outermost component around *element*; *known* is what was found so far."""
    chain = []
    step: Element | None = element
    while step is not None and step not in known:
        chain.append(step)
        step = step.parent
    found = known[step] if step is not None else None
    for step in reversed(chain):
        if found is None:
            said = step.node.attributes
            classes, name = said.get("class") or "", said.get("id") or ""
            kind = kind_of(classes[:MAX_NAMES], name[:MAX_NAMES])
            found = Component(step, kind) if kind else None
        known[step] = found
    return found


@lru_cache(maxsize=20_000)
def kind_of(classes: str, name: str) -> str:
    """Return the kind of component that has these *classes* and this id; empty for none."""
    match = COMPONENTS.search(f" {classes} {name} ".lower())
    return (match.lastgroup or "") if match else ""
