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
    """Every element with a block below it, as the page opens them: all below one stand behind it.

    The blocks must stand in page order.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._index: dict[Element, int] = {}
        self._elements: list[Element] = []
        self._parents: list[int] = []
        self._kinds: list[int] = []
        self._depths: list[int] = []
        places = []
        for block in blocks:
            place = self._index.get(block.element)
            places.append(self._add(block.element) if place is None else place)
        self.of_block: Ints = np.array(places, np.int64)
        self.parents: Ints = np.array(self._parents, np.int64)
        self.kinds: Ints = np.array(self._kinds, np.int64)
        self.depths: Ints = np.array(self._depths, np.int64)
        self._ends: Ints = np.array(ends_of(self._parents), np.int64)

    def _add(self, element: Element) -> int:
        """Return the place of *element*, which is new; its ancestors get theirs first."""
        index = self._index
        chain = [element]
        above = element.parent
        while above is not None and above not in index:
            chain.append(above)
            above = above.parent
        place = 0 if above is None else index[above]
        kinds, depth = (0, -1) if above is None else (self._kinds[place], self._depths[place])
        for each in reversed(chain):
            kinds |= KIND_BITS.get(each.tag, 0)
            depth += 1
            self._parents.append(place)
            self._kinds.append(kinds)
            self._depths.append(depth)
            place = index[each] = len(self._elements)
            self._elements.append(each)
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
        sums = np.bincount(self.of_block, values, len(self._parents)).tolist()
        parents = self._parents
        for place in range(len(sums) - 1, 0, -1):
            sums[parents[place]] += sums[place]
        return np.array(sums)

    def counts(self, numbers: Floats) -> Floats:
        """Return `totals` of whole *numbers*, which give the same sum in any order."""
        sums = np.zeros(len(self._parents) + 1)
        np.cumsum(np.bincount(self.of_block, numbers, len(self._parents)), out=sums[1:])
        return sums[self._ends] - sums[:-1]

    def shared_depth(self, container: int) -> Ints:
        """Return for each container how deep the last ancestor it shares with *container* is."""
        path = [container]
        while path[-1] > 0:
            path.append(self._parents[path[-1]])
        shared = np.zeros(len(self._parents), np.int64)
        for depth, place in enumerate(reversed(path)):
            shared[place : self._ends[place]] = depth
        return shared

    def deepest(self, totals: Floats, share: float) -> int:
        """Return the deepest container that holds *share* of all that *totals* sum up."""
        holding = np.nonzero(totals >= share * totals[0])[0]
        return int(holding[np.argmax(self.depths[holding])])

    def inside(self, container: int) -> NDArray[np.bool_]:
        """Return for each block whether it stands in *container* or below it."""
        return (self.of_block >= container) & (self.of_block < self._ends[container])


def ends_of(parents: Sequence[int]) -> list[int]:
    """Return for each place the first one behind it that is not below it."""
    ends = list(range(1, len(parents) + 1))
    for place in range(len(parents) - 1, 0, -1):
        parent = parents[place]
        if ends[place] > ends[parent]:
            ends[parent] = ends[place]
    return ends
