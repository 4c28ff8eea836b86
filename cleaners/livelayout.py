"""How the entries of a live report lie on its page: the blocks around each printed time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaners.blocks import Block, Element
from cleaners.tree import Node

LEAST = 3  # entries; two times are those of the article


@dataclass(slots=True)
class Mark:
    """One printed time that may begin an entry."""

    node: Node
    printed: str
    stated: str = ""
    """The machine-readable time; empty without one."""


@dataclass(frozen=True, slots=True)
class Live:
    """The entries of a live report among the blocks of a page."""

    marks: tuple[Mark, ...]
    """One an entry, in page order."""

    owners: tuple[int | None, ...]
    """For each block the place of its entry in `marks`; None outside of all."""

    inside: tuple[bool, ...]
    """For each block whether it stands in an entry's own container, not just behind a time."""


@dataclass(frozen=True, slots=True)
class Row:
    """Containers that lie side by side, told by their `mem_id`."""

    marks: tuple[Mark, ...]
    """The first one in each."""

    containers: tuple[int, ...]
    parent: int
    """The element that they lie in."""


def line_up(marks: Sequence[Mark]) -> Row | None:
    """Return the largest parts of the page that hold one of *marks*; None where they lie apart."""
    held = Counter(above.mem_id for mark in marks for above in (mark.node, *ancestors(mark.node)))
    containers: dict[int, tuple[Node, Mark]] = {}
    for mark in marks:
        alone = mark.node
        for above in ancestors(mark.node):
            if held[above.mem_id] > 1:
                break
            alone = above
        containers.setdefault(alone.mem_id, (alone, mark))
    outer = {place: around.parent for place, (around, _) in containers.items()}
    parents = {place: node.mem_id for place, node in outer.items() if node is not None}
    if not parents:
        return None
    parent, count = Counter(parents.values()).most_common(1)[0]
    if count < LEAST:
        return None
    chosen = [place for place in parents if parents[place] == parent]
    return Row(tuple(containers[place][1] for place in chosen), tuple(chosen), parent)


def assign(row: Row, blocks: Sequence[Block]) -> Live:
    """Give each block to the container it is in, else to the last one before it in the *row*."""
    places = {container: place for place, container in enumerate(row.containers)}
    known: dict[Element, tuple[int | None, bool]] = {}
    owners: list[int | None] = []
    inside: list[bool] = []
    last: int | None = None
    for block in blocks:
        own, is_below = place_of(block.element, places, row.parent, known)
        if own is not None:
            last = own
        elif not is_below:
            last = None
        owners.append(last)
        inside.append(own is not None)
    return Live(row.marks, tuple(owners), tuple(inside))


def place_of(
    element: Element,
    places: Mapping[int, int],
    parent: int,
    known: dict[Element, tuple[int | None, bool]],
) -> tuple[int | None, bool]:
    """Return the container that *element* is in, and whether it is in *parent*.

    *known* is filled with the answers for it and all elements around it, for blocks share most.
    """
    chain: list[Element] = []
    step: Element | None = element
    while step is not None and step not in known:
        chain.append(step)
        step = step.parent
    own, is_below = (None, False) if step is None else known[step]
    for each in reversed(chain):
        own = places.get(each.node.mem_id, own)
        is_below = is_below or each.node.mem_id == parent
        known[each] = own, is_below
    return own, is_below


def ancestors(node: Node) -> Iterator[Node]:
    """Yield the elements around *node* below the body, from the inside out."""
    step = node.parent
    while step is not None and step.tag not in {"body", "html"}:
        yield step
        step = step.parent
