"""A heading in the parts that its markup makes: headline, kicker, subtitle."""

import re
from collections.abc import Iterator, Mapping

from cleaners.text import key, one_line
from cleaners.tree import TEXT, Node, attribute

ASIDE = re.compile(
    r"kick|eyebrow|over-?line|over-?title|top-?line|dachzeile|spitzmarke|roof|super-?(?:title|head)"
    r"|pre-?(?:title|head)|ressort|rubri[ck]|categor|label|badge|flag|sup-?tit|surtit|catch-?line"
    r"|sub-?(?:title|head|line)|hidden|visually|sr-only|screen-?reader|share|icon|logo|tagline",
    re.IGNORECASE,
)
FORMATS = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s",
    "strong", "sub", "sup", "u", "wbr",
})  # fmt: skip
SILENT = frozenset({"script", "style", "svg", "noscript", "template", "button", "img"})
MAX_PARTS = 8
KICKER_END = re.compile(r"\s*(?::|\s/|\s\||\s[-–—])\s+")
EDGES = re.compile(r"^[\s:/|–—-]+(?=\S)(?!\d)|\s*[:/|–—-]+\s*$")


class Heading:
    """A heading; parts marked as kicker or subtitle count only where there are no others."""

    def __init__(self, node: Node) -> None:
        """Read *node*."""
        marked = split_parts(node)
        plain = [text for text, marks in marked if not ASIDE.search(marks)]
        self._parts = [text for text, _ in marked]
        self.whole = trimmed("".join(self._parts))
        self.text = trimmed("".join(plain)) if len(plain) < len(marked) else self.whole
        if not key(self.text):
            self.text = self.whole
        self.key = key(self.text)

    def confirmed(self, titles: Mapping[str, str]) -> str:
        """Return what of the heading is one of *titles*, which have keys; empty where nothing is.

        What is left without a kicker goes before the whole, and that before all other parts. A
        whole of several parts is spelled as the title, which has a colon between.
        """
        breaks = list(KICKER_END.finditer(self.whole))
        behind = (self.whole[found.end() :] for found in breaks)
        before = (self.whole[: found.start()] for found in breaks if found[0].strip() != ":")
        tails = ("".join(self._parts[start:]) for start in range(1, len(self._parts)))
        runs = self._runs() if len(self._parts) <= MAX_PARTS else ()
        for text in (*tails, self.whole, *behind, self.text, *runs, *before):
            if (same := titles.get(key(text))) is not None:
                return trimmed(text) if text is not self.whole or len(self._parts) == 1 else same
        return ""

    def _runs(self) -> Iterator[str]:
        """Yield every run of parts from the first, and of those in between, the longest first."""
        count = len(self._parts)
        for length in range(count - 1, 0, -1):
            for start in range(count - length):
                yield "".join(self._parts[start : start + length])


def trimmed(text: str) -> str:
    """Return *text* on one line, without the separators that a part left out leaves behind."""
    return EDGES.sub("", one_line(text))


def split_parts(heading: Node) -> list[tuple[str, str]]:
    """Return the texts of a heading, each with what the class and id of its element are.

    Bold words and links are no parts of their own. Where two parts touch, a space goes between.
    """
    parts: list[tuple[str, str]] = []
    joins = False  # whether the next text belongs to the last part
    for child in unwrapped(heading).iter(include_text=True):
        if child.tag in SILENT:
            continue
        is_text = child.tag_id == TEXT or child.tag in FORMATS
        text = child.text() if child.tag != "br" else " "
        marks = "" if is_text else f"{attribute(child, 'class')} {attribute(child, 'id')}"
        if is_text and joins:
            parts[-1] = (parts[-1][0] + text, "")
        elif text:
            parts.append((text if is_text and not parts else spaced(parts, text), marks))
        joins = is_text and bool(parts)
    return parts


def spaced(parts: list[tuple[str, str]], text: str) -> str:
    """Return *text* with a space before it, unless it goes on with a word of the last part."""
    last = parts[-1][0] if parts else ""
    touches = last[-1:].isalnum() and text[:1].islower()
    return text if not last or touches else f" {text}"


def unwrapped(heading: Node) -> Node:
    """Return the innermost element that holds all text of *heading*."""
    node = heading
    while True:
        children = [
            child
            for child in node.iter(include_text=True)
            if child.tag not in SILENT and (child.tag_id != TEXT or child.text().strip())
        ]
        if len(children) != 1 or children[0].tag_id == TEXT:
            return node
        node = children[0]
