"""JSON-LD: what a page says of itself in schema.org terms."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleaners.tree import Node as Element
from cleaners.tree import attribute

Node = Mapping[str, object]

MAX_SCRIPT = 400_000  # characters; a larger one is data for a widget, and slow to repair
ARTICLE_TYPE = re.compile(
    r"Article|BlogPosting|Report|Review|LiveBlogPosting|OpinionPiece", re.IGNORECASE
)
BRANCHES = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement")
WRAPPER = re.compile(
    r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[|/\*.{0,20}?\*/)|(?://)?\s*(?:-->|\]\]>)\s*$"
)
CONTROLS = re.compile(r"[\x00-\x1f]+")
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
MARKUP = re.compile(r"<[^<>]{1,300}>")
BREAKS = re.compile(r"</(?:p|h\d|li|div|blockquote)>|<br\s*/?>", re.IGNORECASE)


def linked_nodes(scripts: Iterable[Element]) -> list[Node]:
    """Return every node of the JSON-LD among *scripts*.

    Scripts that no repair makes valid are left out: other readers of the page never see them.
    """
    return [
        node
        for script in scripts
        if "ld+json" in attribute(script, "type").lower()
        for node in walk_nodes(load(script.text()))
    ]


def articles_among(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return the nodes of articles, the one with the longest body first."""
    articles = [node for node in nodes if is_article(node)]
    return tuple(sorted(articles, key=lambda node: -len(string(node.get("articleBody")))))


def people_among(nodes: Sequence[Node]) -> dict[str, str]:
    """Map the ``@id`` of every named node to its name."""
    return {
        str(node["@id"]): string(node["name"]) for node in nodes if "@id" in node and "name" in node
    }


def load(script: str) -> object:
    """Parse one script as found in the wild; None where it stays invalid."""
    if len(script) > MAX_SCRIPT:
        return None
    for attempt in repairs(script.strip()):
        try:
            parsed: object = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return parsed
    return None


def repairs(script: str) -> Iterator[str]:
    """Yield *script* and, while it stays invalid, what mends the faults found in the wild."""
    if script[:1] in "{[":  # most are valid as they are, and the wrapper is slow to look for
        yield script
    bare = WRAPPER.sub("", script).strip().rstrip(";")
    yield bare
    spaced = CONTROLS.sub(" ", bare)
    yield spaced
    yield TRAILING_COMMA.sub(r"\1", spaced)
    yield html.unescape(spaced)


def walk_nodes(value: object) -> Iterator[Node]:
    """Yield every node under *value* that describes the page or a part of it."""
    queue = [value]
    while queue:
        head = queue.pop(0)
        if isinstance(head, list):
            queue.extend(head)
        elif isinstance(head, dict):
            yield head
            queue.extend(head[branch] for branch in BRANCHES if branch in head)


def is_article(node: Node) -> bool:
    """Whether *node* is of an article type or carries an article's body."""
    return any(ARTICLE_TYPE.search(kind) for kind in strings(node.get("@type"))) or bool(
        node.get("articleBody")
    )


def string(value: object) -> str:
    """Return the first text in *value*, entities resolved: a string, a named node, or a list."""
    return next(iter(strings(value)), "")


def strings(value: object) -> list[str]:
    """Return every text in *value*: strings, names of nodes, members of lists."""
    if isinstance(value, str):
        text = html.unescape(value).strip()
        return [text] if text else []
    if isinstance(value, Mapping):
        return strings(value.get("@value") or value.get("name"))
    if isinstance(value, Sequence):
        return [text for member in value for text in strings(member)]
    return []


def plain(value: object) -> str:
    """Return a JSON-LD text without markup, one paragraph a line."""
    text = string(value)
    if "<" in text:
        text = html.unescape(MARKUP.sub("", BREAKS.sub("\n", text)))
    return text
