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
        self._rows: list[tuple[int, int, int, int, int]] = []
        self._signatures: list[tuple[str, str, int]] = []
        self.of_block: Ints = np.array([self._add(block.element) for block in blocks], np.int64)
        columns = np.array(self._rows, np.int64).reshape(len(self._rows), 5).T
        self.parents, self.masks, self.inherited, self.kinds, self.depths = columns
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
        attributes = element.node.attributes
        tag = element.tag
        mask = own_mask(tag, attributes)
        kind = KIND_BITS.get(tag, 0)
        if parent < 0:
            self._rows.append((0, mask, mask, kind, 0))
        else:
            _, _, inherited, kinds, depth = self._rows[parent]
            self._rows.append((parent, mask, inherited | mask, kinds | kind, depth + 1))
        self._index[element] = place
        self._signatures.append((tag, attributes.get("class") or "", parent))
        return place

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
