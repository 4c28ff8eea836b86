"""One walk over a page: its text as blocks, in reading order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from cleaners.text import tidy

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
SILENT = frozenset({
    "area", "audio", "base", "canvas", "datalist", "embed", "head", "iframe", "img", "input",
    "link", "map", "meta", "noscript", "object", "option", "script", "select", "source",
    "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
"""Elements whose text no reader sees, or sees in a box of its own."""

LINE_BREAK = "\x0b"


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A paragraph, heading, list item, quote, table row, or bare text between them."""

    text: str
    """Tidied; a ``<br>`` is a line feed."""

    element: HtmlElement
    """The block-level element around the text."""

    zone: str
    """What the caller's `zones` say of the innermost marked ancestor; empty without one."""

    link_share: float
    """Share of the text's characters that stand inside links, 0 to 1."""

    @property
    def tag(self) -> str:
        """Name of `element`, such as ``p``, ``h2``, ``li``, ``tr`` or ``div``."""
        return str(self.element.tag)


class _Walk:
    """The state of one walk: what is open, and the text since the last block."""

    def __init__(self, root: HtmlElement, zones: Mapping[HtmlElement, str]) -> None:
        self.zones = zones
        self.blocks: list[Block] = []
        self.open = [(root, "")]  # block-level elements, each with its zone
        self.parts: list[str] = []
        self.linked = 0  # characters inside links since the last block
        self.links = 0  # links open now
        self.asides: list[tuple[HtmlElement, list[str]]] = []  # dropped inside a paragraph

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            if self.links:
                self.linked += len(text.strip())

    def flush(self) -> None:
        """End the current block."""
        whole = "".join(self.parts)
        if whole and not whole.isspace():
            element, zone = self.open[-1]
            share = min(1.0, self.linked / max(1, len(whole.strip())))
            for paragraph in filter(None, split_paragraphs(whole)):
                self.blocks.append(Block(paragraph, element, zone, share))
        self.parts.clear()
        self.linked = 0

    def enter(self, element: HtmlElement) -> None:
        zone = self.zones.get(element)
        if element.tag == "br" and zone is None:
            self.parts.append(LINE_BREAK)
        elif element.tag in INLINE and zone is None:
            self.links += element.tag == "a"
        elif zone is not None and zone.startswith("drop") and is_phrase(element):
            self.asides.append((element, self.parts))
            self.parts = []
        elif element.tag in {"td", "th"} and self.open[-1][0].tag == "tr":
            self.parts.append(" | " if self.parts else "")
        else:
            self.flush()
            self.open.append((element, self.open[-1][1] if zone is None else zone))
        self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        if self.open[-1][0] is element:
            self.flush()
            self.open.pop()
        elif self.asides and self.asides[-1][0] is element:
            text, self.parts = "".join(self.parts), self.asides.pop()[1]
            if tidy(text):
                self.blocks.append(Block(tidy(text), element, self.zones[element], 0.0))
        elif element.tag == "a":
            self.links -= 1


def is_phrase(element: HtmlElement) -> bool:
    """Whether *element* is a part of a paragraph: inline, with nothing but inline inside."""
    return element.tag in INLINE and all(below.tag in INLINE for below in element.iterdescendants())


def walk(root: HtmlElement, zones: Mapping[HtmlElement, str]) -> list[Block]:
    """Return every text of *root* that a reader may see, as blocks in page order.

    A zone holds for an element and all below it, up to an element with a zone of its own. A row
    whose cells hold no paragraphs is one block, its cells parted by ``" | "``.
    """
    state = _Walk(root, zones)
    state.add(root.text)
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if element is root:
            continue
        if element.tag in SILENT:
            if event == "start":
                steps.skip_subtree()
                continue
        elif event == "start":
            state.enter(element)
            continue
        else:
            state.leave(element)
        state.add(element.tail)
    state.flush()
    return state.blocks


def split_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of *text*, in which `LINE_BREAK` stands for a ``<br>``."""
    lines: list[str] = []
    for line in text.split(LINE_BREAK):
        bare = " ".join(line.split())
        if bare:
            lines.append(bare)
        elif lines:
            yield tidy("\n".join(lines))
            lines.clear()
    if lines:
        yield tidy("\n".join(lines))


def path_of(element: HtmlElement) -> str:
    """Return the tags and classes from the root to *element*, as in a CSS selector."""
    steps = []
    for step in (element, *element.iterancestors()):
        classes = "".join(f".{name}" for name in step.get("class", "").split())
        steps.append(str(step.tag) + classes)
    return " > ".join(reversed(steps))
