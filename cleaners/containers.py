"""The elements around a page's blocks, with sums over what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Block, Element
from cleaners.surroundings import KIND_BITS, own_mask

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the classes of the elements around some blocks say."""

    masks: Ints
    """For each container the groups of its own; 0 for one around none of the blocks."""

    inherited: Ints
    """The same with those of all its ancestors."""

    alike: Ints
    """For each of the blocks a number: equal for two of one kind of place, which is the same tag
    and class, below the same tag and class."""


class Containers:
    """Every element with a block below it, a parent before its children."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._index: dict[Element, int] = {}
        self._elements: list[Element] = []
        self._rows: list[tuple[int, int, int]] = []
        self.of_block: Ints = np.array([self._add(block.element) for block in blocks], np.int64)
        columns = np.array(self._rows, np.int64).reshape(len(self._rows), 3).T
        self.parents, self.kinds, self.depths = columns
        self._parents: list[int] = self.parents.tolist()

    def _add(self, element: Element) -> int:
        """Return the place of *element*; its ancestors get theirs first."""
        index = self._index
        place = index.get(element)
        if place is not None:
            return place
        chain = []
        above: Element | None = element
        while above is not None and above not in index:
            chain.append(above)
            above = above.parent
        place = -1 if above is None else index[above]
        for each in reversed(chain):
            place = self._append(each, place)
        return place

    def _append(self, element: Element, parent: int) -> int:
        place = len(self._rows)
        kind = KIND_BITS.get(element.tag, 0)
        if parent < 0:
            self._rows.append((0, kind, 0))
        else:
            _, kinds, depth = self._rows[parent]
            self._rows.append((parent, kinds | kind, depth + 1))
        self._index[element] = place
        self._elements.append(element)
        return place

    def marks(self, blocks: Ints) -> Marks:
        """Return what the classes around some *blocks* say; to read those of all takes longer."""
        around: set[int] = set()
        for start in self.of_block[blocks].tolist():
            place = start
            while place not in around:
                around.add(place)
                place = self._parents[place]
        masks, inherited = [0] * len(self._parents), [0] * len(self._parents)
        signatures = {}
        for place in sorted(around):
            element = self._elements[place]
            attributes = element.node.attributes
            masks[place] = own_mask(element.tag, attributes)
            inherited[place] = masks[place] | inherited[self._parents[place]]
            signatures[place] = (element.tag, attributes.get("class") or "")
        numbers: dict[tuple[tuple[str, str], tuple[str, str]], int] = {}
        alike = [
            numbers.setdefault((signatures[place], signatures[self._parents[place]]), len(numbers))
            for place in self.of_block[blocks].tolist()
        ]
        return Marks(
            np.array(masks, np.int64), np.array(inherited, np.int64), np.array(alike, np.int64)
        )

    def totals(self, values: Floats) -> Floats:
        """Return for each container the sum of all blocks' *values* in it and all below it."""
        return self._add_up(np.bincount(self.of_block, values, len(self._parents)))

    def totals_of(self, blocks: Ints, values: Floats) -> Floats:
        """Return for each container the sum of the *values* of some *blocks* in and below it."""
        return self._add_up(np.bincount(self.of_block[blocks], values, len(self._parents)))

    def _add_up(self, own: NDArray[np.generic]) -> Floats:
        """Return *own* with what stands in the containers below added to each."""
        sums = own.tolist()
        parents = self._parents
        for place in range(len(sums) - 1, 0, -1):
            sums[parents[place]] += sums[place]
        return np.array(sums)

    def up(self, levels: int) -> list[Ints]:
        """Return for each block its container, and those 1 to *levels* above it."""
        chain = [self.of_block]
        for _ in range(levels):
            chain.append(self.parents[chain[-1]])
        return chain

    def shared_depth(self, container: int) -> Ints:
        """Return for each container how deep the last ancestor it shares with *container* is."""
        path = set()
        place = container
        while place not in path:
            path.add(place)
            place = self._parents[place]
        depths = self.depths.tolist()
        shared: list[int] = []
        for place, parent in enumerate(self._parents):
            shared.append(depths[place] if place in path else shared[parent])
        return np.array(shared, np.int64)

    def deepest(self, totals: Floats, share: float) -> int:
        """Return the deepest container that holds *share* of all that *totals* sum up."""
        holding = np.nonzero(totals >= share * totals[0])[0]
        return int(holding[np.argmax(self.depths[holding])])

    def inside(self, container: int) -> NDArray[np.bool_]:
        """Return for each container whether it is *container* or below it."""
        within = [False] * len(self._parents)
        within[container] = True
        for place in range(container + 1, len(within)):
            within[place] = within[self._parents[place]]
        return np.array(within)
