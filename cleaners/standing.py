"""Where a block stands: its ancestors, its neighbours, how far it is from headline and prose."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Block
from cleaners.compiled import compiled
from cleaners.containers import Containers, Floats, Ints, Marks
from cleaners.measures import Measures, measure, pick_candidates
from cleaners.surroundings import BITS, KINDS
from cleaners.text import has_key, key

TAGS = ("p", "h1", "h2", "h3", "h4", "li", "tr", "div", "section", "blockquote", "figcaption",
        "article", "pre", "dd", "span", "header")  # fmt: skip
TAG_ROW = {tag: row for row, tag in enumerate(TAGS)}
ONE_HOT = np.eye(len(TAGS) + 1, len(TAGS))  # the last row, of any other tag, is empty
FAR = ("article", "nav", "foot", "side", "related", "comment", "caption", "tags", "consent",
       "hidden")  # fmt: skip
FAR_PLACES = np.array([list(BITS).index(group) for group in FAR])
SHARES = (0.9, 0.7, 0.5)
LEVELS = 4  # ancestors whose text is summed up
OFFSETS = (-2, -1, 1, 2)
OFFSET_STEPS = np.array(OFFSETS)
REACH = 2
SAME_LENGTH = 0.25  # of the headline's length, by which a copy of it may differ

Stood = tuple[NDArray[np.float32], Ints, Floats]

NAMES = (
    "words", "link_share", "good", "stress_share", "after_picture",
    *(f"tag_{tag}" for tag in TAGS), *(f"in_{kind}" for kind in KINDS),
    *(f"near_{group}" for group in BITS), *(f"far_{group}" for group in FAR),
    *(f"in_top_{int(100 * share)}" for share in SHARES), "depth",
    *(f"good_share_{level}" for level in range(LEVELS + 1)),
    *(f"good_density_{level}" for level in range(LEVELS + 1)),
    *(f"link_density_{level}" for level in range(LEVELS + 1)),
    *(f"words_{level}" for level in range(LEVELS + 1)),
    "alike_good_share", "alike_good_density", "alike_link_density", "alike_blocks",
    "behind_title", "behind_first", "shared_with_title", "apart_from_title", "shared_with_first",
    "apart_from_first",
    *(f"words_{offset:+d}" for offset in OFFSETS),
    *(f"link_share_{offset:+d}" for offset in OFFSETS),
    *(f"good_{offset:+d}" for offset in OFFSETS), *(f"alike_{offset:+d}" for offset in OFFSETS),
    "to_prose_before", "to_prose_behind", "position", "prose_before", "words_before",
    "blocks", "prose",
)  # fmt: skip


def stand_in_python(blocks: Sequence[Block], title: str) -> Stood:
    """Return what `stand` does, by numpy."""
    measures = measure(blocks)
    containers = measures.containers
    goods = containers.counts(measures.good)
    tops = [containers.inside(containers.deepest(goods, share)) for share in SHARES]
    chosen = pick_candidates(measures, tops)
    rows = np.concatenate(standing(blocks, measures, tops, chosen, title), 1, dtype=np.float32)
    return rows, chosen, measures.words[chosen]


def standing(
    blocks: Sequence[Block],
    measures: Measures,
    tops: Sequence[NDArray[np.bool_]],
    chosen: Ints,
    title: str,
) -> list[NDArray[np.generic]]:
    """Return one row for each of the *chosen* blocks, with the columns `NAMES`, in several arrays.

    *tops* says of each block whether it is in the deepest container of each of `SHARES`.
    """
    containers = measures.containers
    marks = containers.marks(chosen)
    some = [blocks[number] for number in chosen]
    words, good = measures.words, measures.good
    return [
        np.stack([
            words[chosen], measures.links[chosen], good[chosen],
            [block.stress_share for block in some], [block.after_picture for block in some],
        ], 1),
        *place(some, containers, marks, chosen),
        np.stack([top[chosen] for top in tops], 1),
        containers.depths[containers.of_block[chosen]][:, None],
        *sums(measures, chosen), alike_sums(marks.alike, measures, chosen),
        anchors(blocks, measures, chosen, title),
        neighbours(np.stack([words, measures.links, good]), marks.alike, chosen),
        progress(measures, chosen),
    ]  # fmt: skip


def place(
    some: Sequence[Block], containers: Containers, marks: Marks, chosen: Ints
) -> list[NDArray[np.generic]]:
    """Return the tags, kinds and class words around *some* blocks, the chosen."""
    tags = ONE_HOT[[TAG_ROW.get(block.element.tag, -1) for block in some]]
    own = containers.of_block[chosen]
    parent = containers.parents[own]
    grand = containers.parents[parent]
    masks = marks.masks
    near = (
        bits(masks[own], len(BITS))
        + 0.5 * bits(masks[parent], len(BITS))
        + 0.25 * bits(masks[grand], len(BITS))
    )
    far = bits(marks.inherited[own], len(BITS))[:, FAR_PLACES]
    return [tags, bits(marks.kinds[own], len(KINDS)), near, far]


def bits(masks: Ints, count: int) -> Ints:
    """Return the lowest *count* bits of each mask, one a column."""
    return (masks[:, None] >> np.arange(count)) & 1


def sums(measures: Measures, chosen: Ints) -> list[NDArray[np.float64]]:
    """Return how much text, prose and links the ancestors of each chosen block hold."""
    containers = measures.containers
    goods, alls = containers.counts(measures.good), containers.counts(measures.words)
    linked = containers.totals(measures.links * measures.words)
    chain = [containers.of_block[chosen]]
    for _ in range(LEVELS):
        chain.append(containers.parents[chain[-1]])
    above = np.stack(chain, 1)
    good, size = goods[above], np.maximum(alls[above], 1)
    return [good / measures.all_good, good / size, linked[above] / size, alls[above]]


def alike_sums(alike: Ints, measures: Measures, chosen: Ints) -> NDArray[np.float64]:
    """Return how much text, prose and links all chosen blocks of one kind of place hold."""
    words = measures.words[chosen]
    goods, alls, linked = (
        np.bincount(alike, values)[alike]
        for values in (measures.good[chosen], words, measures.links[chosen] * words)
    )
    size = np.maximum(alls, 1)
    return np.column_stack([
        goods / measures.all_good, goods / size, linked / size,
        np.bincount(alike)[alike],
    ])  # fmt: skip


def anchors(
    blocks: Sequence[Block], measures: Measures, chosen: Ints, title: str
) -> NDArray[np.float64]:
    """Return how near each chosen block stands to the headline and to the first prose behind it."""
    containers = measures.containers
    prose = np.nonzero(measures.good)[0]
    heading = find_heading(blocks, prose, title)
    behind = np.searchsorted(prose, heading, side="right")
    first = int(prose[behind]) if behind < len(prose) else 0
    columns = [
        np.clip(chosen - heading, -30, 30) if heading >= 0 else np.full(len(chosen), -31),
        np.clip(chosen - first, -30, 60),
    ]
    for anchor in (heading, first):
        if anchor < 0:
            columns += [np.full(len(chosen), -1)] * 2
            continue
        container = int(containers.of_block[anchor])
        shared = containers.shared_depth(container)[containers.of_block[chosen]]
        columns += [shared, containers.depths[container] - shared]
    return np.stack(columns, 1).astype(np.float64)


def find_heading(blocks: Sequence[Block], prose: Ints, title: str) -> int:
    """Return the block that is the headline: the only one, else the last before half of the prose.

    -1 where there is none.
    """
    wanted = key(title)
    slack = SAME_LENGTH * len(title) + 4
    least, most = len(title) - slack, len(title) + slack
    places = [
        number
        for number, block in enumerate(blocks)
        if least <= len(block.text) <= most and has_key(block.text, wanted)
    ]
    if not wanted or not places:
        return -1
    if len(places) == 1:
        return places[0]
    middle = int(prose[len(prose) // 2]) if len(prose) else -1
    return next((number for number in places if number < middle), -1)


def neighbours(measured: Floats, alike: Ints, chosen: Ints) -> NDArray[np.float64]:
    """Return what was *measured* of the blocks before and behind each chosen one.

    Then whether these are chosen themselves and of the same kind of place.
    """
    count = measured.shape[1]
    values = np.zeros((len(measured) + 1, count + 2 * REACH))
    values[:-1, REACH : REACH + count] = measured
    kinds = values[-1]
    kinds[:] = -1
    kinds[chosen + REACH] = alike
    around = values[:, chosen[:, None] + (REACH + OFFSET_STEPS)]
    around[-1] = around[-1] == alike[:, None]
    return np.concatenate(list(around), 1)


def progress(measures: Measures, chosen: Ints) -> NDArray[np.float64]:
    """Return how far along the page and its prose each chosen block is."""
    count = len(measures.words)
    good = measures.good
    prose = np.nonzero(good)[0]
    ends = np.concatenate([[-30], prose, [count + 30]])
    before = ends[np.searchsorted(prose, chosen, side="left")]
    behind = ends[np.searchsorted(prose, chosen, side="right") + 1]
    return np.column_stack([
        np.minimum(chosen - before, 30), np.minimum(behind - chosen, 30), chosen / max(1, count),
        ((np.cumsum(good) - good) / measures.all_good)[chosen],
        (np.cumsum(measures.words) / measures.words.sum())[chosen],
        np.full(len(chosen), count), np.full(len(chosen), good.sum()),
    ])  # fmt: skip


_native = compiled("_standing")
stand: Callable[[Sequence[Block], str], Stood] = _native.stand if _native else stand_in_python
"""Return for at least one block of a page what is known of each that can be article text: one row
with the columns `NAMES`, its place among *blocks*, and its words."""
