"""The one walk over a page's tree that makes its blocks."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cleaners.blocks import LINE_BREAK, Block, Element, paragraphs_of
from cleaners.compiled import compiled
from cleaners.tags import MAX_ELEMENTS, NAMES, PHRASING, TooManyElementsError, actions
from cleaners.text import tidy
from cleaners.tree import TEXT, Node

SKIP, INSIDE, LINK, STRESS, BLOCK, ASIDE = range(
    6
)  # what to do with an element's content, and behind it


class _Walk:
    """The state of one walk: what is open, and the text since the last block."""

    def __init__(self, root: Node, zones: Mapping[int, str]) -> None:
        self.blocks: list[Block] = []
        self.gathered: defaultdict[int, list[Node]] = defaultdict(list)
        self.zones = zones
        self._room = MAX_ELEMENTS
        self._open = [Element(root, "html", None, "")]
        self._parts: list[str] = []
        self._linked = 0  # characters inside links since the last block
        self._links = 0  # links open now
        self._stressed = 0  # bold and italic characters since the last block
        self._stresses = 0  # bold and italic elements open now
        self._pictured = False  # a picture since the last block
        self._asides: list[tuple[Node, list[str]]] = []  # dropped inside a paragraph
        child = root.first_child
        if child is not None:
            self._run(child)
        self._flush()

    def _run(self, node: Node) -> None:
        """Enter and leave every node from *node* on, without recursion: pages nest deeply."""
        above: list[tuple[Node, int]] = []
        find = (MARKED_HANDLERS if self.zones else HANDLERS).get
        other = MARKED_BLOCK if self.zones else _Walk.enter_block
        while True:
            state = find(node.tag_id, other)(self, node)
            if state:
                child = node.first_child
                if child is not None:
                    above.append((node, state))
                    node = child
                    continue
                self._leave(state)
            while (following := node.next) is None:
                if not above:
                    return
                node, state = above.pop()
                if state > INSIDE:
                    self._leave(state)
            node = following

    def enter_marked(self, node: Node, handler: "Handler") -> int:
        """Enter *node* where some elements have zones."""
        zone = self.zones.get(node.mem_id)
        if zone is None or handler in {_Walk.skip, _Walk.skip_picture, _Walk.skip_gathered}:
            return handler(self, node)
        if handler in GATHERING:
            self.gathered[node.tag_id].append(node)
        if zone.startswith("drop") and is_phrase(node):
            self._asides.append((node, self._parts))
            self._parts = []
            return ASIDE
        self._flush()
        self._open.append(Element(node, str(node.tag), self._open[-1], zone))
        return BLOCK

    def _leave(self, state: int) -> None:
        if state == BLOCK:
            if self._parts:
                self._flush()
            self._open.pop()
        elif state == LINK:
            self._links -= 1
        elif state == STRESS:
            self._stresses -= 1
        elif state == ASIDE:
            text = tidy("".join(self._parts))
            node, self._parts = self._asides.pop()
            if text:
                zone = self.zones[node.mem_id]
                aside = Element(node, str(node.tag), self._open[-1], zone)
                self.blocks.append(Block(text, aside, zone, 0.0))

    def _flush(self) -> None:
        """End the current block."""
        whole = "".join(self._parts)
        self._parts.clear()
        bare = whole.strip()
        if bare:
            element = self._open[-1]
            size = len(bare)
            linked = min(1.0, self._linked / size) if self._linked else 0.0
            stressed = min(1.0, self._stressed / size) if self._stressed else 0.0
            pictured, self._pictured = self._pictured, False
            for text in paragraphs_of(bare):
                self.blocks.append(Block(text, element, element.zone, linked, stressed, pictured))
        self._linked = self._stressed = 0

    def enter_text(self, node: Node) -> int:
        text = node.text_content
        if text and (self._parts or not text.isspace()):
            self._parts.append(text)
            if self._links:
                self._linked += len(text.strip())
            if self._stresses:
                self._stressed += len(text.strip())
        return SKIP

    def enter_block(self, node: Node) -> int:
        if self._parts:
            self._flush()
        self._room -= 1
        if self._room < 0:
            raise TooManyElementsError
        above = self._open[-1]
        tag = NAMES.get(node.tag_id) or str(node.tag)
        self._open.append(Element(node, tag, above, above.zone))
        return BLOCK

    def enter_cell(self, node: Node) -> int:
        if self._open[-1].tag != "tr":
            return self.enter_block(node)
        if self._parts:
            self._parts.append(" | ")
        return INSIDE

    def enter_link(self, node: Node) -> int:
        self.gathered[node.tag_id].append(node)
        self._links += 1
        return LINK

    def enter_stress(self, _: Node) -> int:
        self._stresses += 1
        return STRESS

    def enter_inline(self, _: Node) -> int:
        return INSIDE

    def break_line(self, _: Node) -> int:
        self._parts.append(LINE_BREAK)
        return SKIP

    def skip_picture(self, _: Node) -> int:
        self._pictured = True
        return SKIP

    def skip(self, _: Node) -> int:
        return SKIP

    def skip_gathered(self, node: Node) -> int:
        self.gathered[node.tag_id].append(node)
        return SKIP

    def enter_heading(self, node: Node) -> int:
        self.gathered[node.tag_id].append(node)
        return self.enter_block(node)

    def enter_time(self, node: Node) -> int:
        self.gathered[node.tag_id].append(node)
        return INSIDE


Handler = Callable[[_Walk, Node], int]


ENTERING: dict[str, Handler] = {
    "skip": _Walk.skip, "inline": _Walk.enter_inline, "text": _Walk.enter_text,
    "link": _Walk.enter_link, "stress": _Walk.enter_stress, "break": _Walk.break_line,
    "picture": _Walk.skip_picture, "cell": _Walk.enter_cell, "heading": _Walk.enter_heading,
    "time": _Walk.enter_time, "gather": _Walk.skip_gathered,
}  # fmt: skip


def marked(handler: Handler) -> Handler:
    """Return what *handler* does where some elements have zones."""
    return lambda walk, node: walk.enter_marked(node, handler)


GATHERING = {_Walk.enter_link, _Walk.enter_heading, _Walk.enter_time}
"""What enters an element and gathers it, too."""

HANDLERS = {number: ENTERING[action] for number, action in actions().items()}
MARKED_HANDLERS = {
    number: handler if number == TEXT else marked(handler) for number, handler in HANDLERS.items()
}
MARKED_BLOCK = marked(_Walk.enter_block)


def is_phrase(node: Node) -> bool:
    """Whether *node* is a part of a paragraph: inline, with nothing but inline inside."""
    return all(below.tag_id in PHRASING for below in node.traverse())


class Walked(NamedTuple):
    """What one walk found."""

    blocks: tuple[Block, ...]
    """Every text that a reader may see, in page order."""

    gathered: Mapping[int, Sequence[Node]]
    """The elements of `GATHERED` by the number of their tag."""


_native = compiled("_walk")


def walk(root: Node, zones: Mapping[int, str]) -> Walked:
    """Return the texts of *root* as blocks, and the elements that say what the page is.

    A zone holds for an element and all below it, up to an element with a zone of its own. A row
    whose cells hold no paragraphs is one block, its cells parted by ``" | "``.

    Raises:
        TooManyElementsError: over `MAX_ELEMENTS` block-level elements.
    """
    if _native:
        return Walked(*_native.walk(root, zones))
    return walk_in_python(root, zones)


def walk_in_python(root: Node, zones: Mapping[int, str]) -> Walked:
    """Return what `walk` does."""
    walked = _Walk(root, zones)
    return Walked(tuple(walked.blocks), walked.gathered)
