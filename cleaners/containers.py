"""The elements around a page's blocks, with sums over what they hold."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Block, Element
from cleaners.surroundings import KIND_BITS, own_mask

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Containers:
    """Every element with a block below it, a parent before its children."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._index: dict[Element, int] = {}
        self._parents: list[int] = []
        self._masks: list[int] = []
        self._inherited: list[int] = []
        self._kinds: list[int] = []
        self._depths: list[int] = []
        self._signatures: list[tuple[str, str, int]] = []
        self.of_block: Ints = np.array([self._add(block.element) for block in blocks], np.int64)
        self.parents: Ints = np.array(self._parents, np.int64)
        self.masks: Ints = np.array(self._masks, np.int64)
        self.inherited: Ints = np.array(self._inherited, np.int64)
        self.kinds: Ints = np.array(self._kinds, np.int64)
        self.depths: Ints = np.array(self._depths, np.int64)

    def _add(self, element: Element) -> int:
        """Return the place of *element*; its ancestors get theirs first."""
        known = self._index.get(element)
        if known is not None:
            return known
        chain = [element]
        parent = element.parent
        while parent is not None and parent not in self._index:
            chain.append(parent)
            parent = parent.parent
        place = self._index[parent] if parent is not None else -1
        for each in reversed(chain):
            place = self._append(each, place)
        return place

    def _append(self, element: Element, parent: int) -> int:
        place = len(self._parents)
        attributes = element.node.attributes
        mask = own_mask(element.tag, attributes)
        above = parent >= 0
        self._index[element] = place
        self._parents.append(max(parent, 0))
        self._masks.append(mask)
        self._inherited.append(mask | (self._inherited[parent] if above else 0))
        kind = KIND_BITS.get(element.tag, 0)
        self._kinds.append(kind | (self._kinds[parent] if above else 0))
        self._depths.append(self._depths[parent] + 1 if above else 0)
        self._signatures.append((element.tag, attributes.get("class") or "", parent))
        return place

    def totals(self, values: Floats) -> Floats:
        """Return for each container the sum of all blocks' *values* in it and all below it."""
        return self.totals_of(np.arange(len(values)), values)

    def totals_of(self, blocks: Ints, values: Floats) -> Floats:
        """Return for each container the sum of the *values* of some *blocks* in and below it."""
        sums = np.bincount(self.of_block[blocks], values, len(self.parents)).tolist()
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

    def alike(self) -> Ints:
        """Return for each block a number: equal for two of one kind of place.

        One kind of place is the same tag and class, below the same tag and class.
        """
        numbers: dict[tuple[str, str, str, str], int] = {}
        found = []
        for place in self.of_block.tolist():
            tag, name, parent = self._signatures[place]
            above = self._signatures[parent] if parent >= 0 else ("", "", 0)
            found.append(numbers.setdefault((tag, name, above[0], above[1]), len(numbers)))
        return np.array(found, np.int64)

    def shared_depth(self, container: int) -> Ints:
        """Return for each container how deep the last ancestor it shares with *container* is."""
        path = set()
        place = container
        while place not in path:
            path.add(place)
            place = self._parents[place]
        shared: list[int] = []
        for place, parent in enumerate(self._parents):
            shared.append(self._depths[place] if place in path else shared[parent])
        return np.array(shared, np.int64)

    def deepest(self, values: Floats, share: float) -> int:
        """Return the deepest container that holds *share* of the blocks' *values*."""
        totals = self.totals(values)
        holding = np.nonzero(totals >= share * totals[0])[0]
        return int(holding[np.argmax(self.depths[holding])])

    def inside(self, container: int) -> NDArray[np.bool_]:
        """Return for each container whether it is *container* or below it."""
        within = [False] * len(self._parents)
        within[container] = True
        for place in range(container + 1, len(within)):
            within[place] = within[self._parents[place]]
        return np.array(within)
