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
    """What the tags and classes of the elements around some blocks say."""

    kinds: Ints
    """For each container the kinds of it and all its ancestors; 0 for one around no block."""

    masks: Ints
    """For each container the groups of its own; 0 in the same way."""

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
        self._depths: list[int] = []
        places = []
        for block in blocks:
            place = self._index.get(block.element)
            places.append(self._add(block.element) if place is None else place)
        self.of_block: Ints = np.array(places, np.int64)
        self.parents: Ints = np.array(self._parents, np.int64)
        self.depths: Ints = np.array(self._depths, np.int64)
        below = add_up([1] * len(self._parents), self._parents)
        self._ends: Ints = np.arange(len(self._parents)) + below.astype(np.int64)

    def _add(self, element: Element) -> int:
        """Return the place of *element*, which is new; its ancestors get theirs first."""
        index = self._index
        chain = [element]
        above = element.parent
        while above is not None and above not in index:
            chain.append(above)
            above = above.parent
        place = 0 if above is None else index[above]
        depth = -1 if above is None else self._depths[place]
        for each in reversed(chain):
            depth += 1
            self._parents.append(place)
            self._depths.append(depth)
            place = index[each] = len(self._elements)
            self._elements.append(each)
        return place

    def marks(self, blocks: Ints) -> Marks:
        """Return what is said around some *blocks*; to read those of all takes longer."""
        around: set[int] = set()
        for start in self.of_block[blocks].tolist():
            place = start
            while place not in around:
                around.add(place)
                place = self._parents[place]
        kinds, masks, inherited = ([0] * len(self._parents) for _ in range(3))
        signatures = {}
        for place in sorted(around):
            element, parent = self._elements[place], self._parents[place]
            attributes = element.node.attributes
            kinds[place] = KIND_BITS.get(element.tag, 0) | kinds[parent]
            masks[place] = own_mask(element.tag, attributes)
            inherited[place] = masks[place] | inherited[parent]
            signatures[place] = (element.tag, attributes.get("class") or "")
        known: dict[tuple[tuple[str, str], tuple[str, str]], int] = {}
        alike = [
            known.setdefault((signatures[place], signatures[self._parents[place]]), len(known))
            for place in self.of_block[blocks].tolist()
        ]
        return Marks(*(np.array(numbers, np.int64) for numbers in (kinds, masks, inherited, alike)))

    def totals(self, values: Floats) -> Floats:
        """Return for each container the sum of all blocks' *values* in it and all below it."""
        own = np.bincount(self.of_block, values, len(self._parents))
        return add_up(own.tolist(), self._parents)

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
        end = int(self._ends[container])
        return (self.of_block >= container) & (self.of_block < end)


def add_up(own: list[float], parents: Sequence[int]) -> Floats:
    """Return *own* with what stands in the places below added to each."""
    for place in range(len(own) - 1, 0, -1):
        own[parents[place]] += own[place]
    return np.array(own)
